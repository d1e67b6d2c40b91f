/** Analyses a text that may be a digest. */
import {
  type Candidate,
  type Cost,
  type Credential,
  clerkHashers,
  DigestError,
  type Finding,
  identify,
  type Params,
  repair,
  targets,
  validate,
} from 'digestry/portable';
import { explainUnread } from '../../src/recognize/diagnose.js';

interface HasherText {
  readonly title: string;
  readonly grammar: string;
  readonly callouts: readonly string[];
}

/** From the hashers' files; inserted by the build. */
declare const HASHER_DOCS: Readonly<Record<string, HasherText>>;

export interface Field {
  readonly number: number;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly callout: string;
}

export interface TargetAnswer {
  readonly title: string;
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly why: string;
}

/** The text read as a digest of one hasher. */
export interface Reading {
  readonly hasher: string;
  readonly title: string;
  readonly certainty: Candidate['certainty'] | undefined;
  readonly reason: string;
  /** The text, or the digest that it converts to. */
  readonly digest: string;
  readonly isConverted: boolean;
  readonly error: DigestError | undefined;
  readonly mended: Credential | undefined;
  readonly fields: readonly Field[];
  readonly params: Params;
  readonly cost: Cost | undefined;
  readonly findings: readonly Finding[];
  readonly targets: readonly TargetAnswer[];
}

export interface Analysis {
  readonly text: string;
  /** From best to worst; empty if no hasher has this shape. */
  readonly readings: readonly Reading[];
  /** The error of a text without a candidate. */
  readonly error: DigestError | undefined;
  readonly mended: Credential | undefined;
}

/** @param expected the hasher that the user chose, or ''. */
export function analysed(text: string, expected: string): Analysis {
  if (expected !== '') {
    const credential = { passwordHasher: expected, passwordDigest: text };
    const found = identify(text).find(({ hasher, convertible }) => hasher === expected && convertible === undefined);
    return { text, readings: [read(credential, found, false)], error: undefined, mended: undefined };
  }
  const candidates = identify(text);
  const readings = candidates.map((candidate) => {
    const { hasher, convertible } = candidate;
    const credential = convertible ?? { passwordHasher: hasher, passwordDigest: text };
    return read(credential, candidate, convertible !== undefined);
  });
  const error = explainUnread(clerkHashers, text) ?? (readings.length > 0 ? undefined : unlike(text));
  if (error === undefined) return { text, readings, error, mended: undefined };
  return { text, readings, error, mended: mendedOf(error, text) };
}

/** The hasher of the error. If it has none, any will do: a repair is recognised by its shape. */
function mendedOf(error: DigestError, text: string): Credential | undefined {
  return repair({ passwordHasher: error.hasher ?? '', passwordDigest: text });
}

function unlike(text: string): DigestError {
  // Long texts are refused first.
  const result = validate({ passwordHasher: 'bcrypt', passwordDigest: text });
  if (!result.ok && result.error.code === 'ERR_LIMIT') return result.error;
  return new DigestError('ERR_UNKNOWN_HASHER', 'no hasher has this shape', {
    hint: 'choose the hasher above to see what is wrong',
  });
}

function read(credential: Credential, candidate: Candidate | undefined, isConverted: boolean): Reading {
  const { passwordHasher: name, passwordDigest: digest } = credential;
  const result = validate(credential);
  const hasher = clerkHashers.find((one) => one.name === name);
  const { title = '', grammar = '', callouts = [] } = HASHER_DOCS[name] ?? {};
  const params = result.ok ? result.parsed.params : {};
  return {
    hasher: name,
    title,
    certainty: candidate?.certainty,
    reason: candidate?.reason ?? '',
    digest,
    isConverted,
    error: result.ok ? undefined : result.error,
    mended: repair(credential),
    fields: result.ok ? fieldsOf(digest, grammar, callouts) : [],
    params,
    cost: result.ok ? hasher?.cost(params) : undefined,
    findings: [...(candidate?.findings ?? []), ...(result.ok ? result.warnings : [])],
    targets: result.ok ? targets.map((target) => answerOf(target.name, target.title, credential)) : [],
  };
}

function fieldsOf(digest: string, grammar: string, callouts: readonly string[]): Field[] {
  const names = [...grammar.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
  const { indices } = new RegExp(grammar, 'd').exec(digest) ?? {};
  return names.flatMap((name, i) => {
    const range = indices?.[i + 1];
    if (range === undefined) return [];
    const callout = (callouts[i] ?? '').replaceAll('`', '').replace(new RegExp(`^${name}[:,] `), '');
    return [{ number: i + 1, name, start: range[0], end: range[1], callout }];
  });
}

function answerOf(name: string, title: string, credential: Credential): TargetAnswer {
  const result = validate(credential, { target: name as 'clerk' });
  if (!result.ok) {
    const { field, message, fix } = result.error;
    const why = field === 'passwordHasher' ? (noteOf(name, credential) ?? 'not this hasher') : sentence(message, fix);
    return { title, answer: 'no', why };
  }
  const doubt = result.warnings.find(({ code }) => code === 'WARN_TARGET_UNKNOWN');
  if (doubt !== undefined) return { title, answer: 'unknown', why: sentence(doubt.message, doubt.fix) };
  const rule = targets.find((target) => target.name === name)?.rules[credential.passwordHasher];
  return { title, answer: 'yes', why: [rule?.as && `as ${rule.as}`, rule?.note].filter(Boolean).join('; ') };
}

function noteOf(name: string, { passwordHasher }: Credential): string | undefined {
  return targets.find((target) => target.name === name)?.rules[passwordHasher]?.note;
}

function sentence(message: string, fix: string | undefined): string {
  return fix === undefined ? message : `${message}: ${fix}`;
}
