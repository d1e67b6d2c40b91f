/** What one row of an export is: pure, but for a memory of what all digests with the same parameters have in common. */
import { DigestError, digestError } from '../../errors.js';
import { explainUnread } from '../../recognize/diagnose.js';
import { isDisabledMarker } from '../../recognize/disabled.js';
import { readSystem } from '../../recognize/systems/index.js';
import type { Registry } from '../../registry.js';
import type { ReportFinding } from '../../reports/check-report.js';
import { findingKind, textCause } from '../../reports/finding-kind.js';
import type { HasherRule, ImportTarget } from '../../targets/index.js';
import { checkSpelling, findOtherForm, writeFor } from '../../targets/index.js';
import type { AnyHasher, Finding, Params, Parsed } from '../../types.js';
import { assess, type Rules } from '../../validate.js';
import type { Doubt, Row } from '../row.js';
import { isBareHash } from '../sources/salts.js';
import { convertedNote } from '../sources/stored.js';
import { type Repair, repair } from './repair.js';

/** A finding without its count. */
export type Kind = Omit<ReportFinding, 'count' | 'examples'>;

export interface Outcome {
  readonly verdict: 'ok' | 'warned' | 'rejected' | 'disabled' | 'missing';
  /** To whose rows it counts; null where no hasher had a part in it. */
  readonly hasher: string | null;
  /** Undefined where nothing was parsed. */
  readonly params?: Params;
  /** Undefined where nothing was parsed. */
  readonly read?: ReadDigest;
  readonly kinds: readonly Kind[];
  /** The digest to import, where it is not the row's own. */
  readonly repaired?: string;
  /** Of rejected rows. */
  readonly rejection?: Rejection;
}

/** A digest that was parsed. Secret. */
export interface ReadDigest {
  readonly text: string;
  readonly hasher: AnyHasher;
  readonly parsed: Parsed;
}

/** Why a row is rejected, with its place in the row's digest. */
export interface Rejection {
  readonly code: ReportFinding['code'];
  readonly field: string | null;
  readonly offset: number | null;
  readonly fix: string | null;
}

/** What is said of a digest. Plain data, which may cross threads. */
export interface AssessmentRules extends Rules {
  /** Digests are assessed as they can be imported, `repaired`; by default as they are in the row. */
  readonly repairs?: boolean;
}

/** Sets of parameters whose assessment is remembered. */
const MAX_ASSESSMENTS = 10_000;
const UNKNOWN = 'unknown';
const NO_KINDS: readonly Kind[] = [];
const NO_ID: Kind = kind({
  code: 'WARN_ID_MISSING',
  hasher: null,
  field: 'id',
  severity: 'warning',
  message: 'the row has no id: nothing says whose digest it is',
  fix: '--id-field names the column of the ids',
});
/** No digest at all. */
export const MISSING: Outcome = { verdict: 'missing', hasher: null, kinds: NO_KINDS };
const DISABLED: Outcome = { verdict: 'disabled', hasher: null, kinds: NO_KINDS };

interface Assessment {
  /** Digests with these parameters are refused. */
  readonly error: Kind | undefined;
  readonly kinds: readonly Kind[];
  readonly warns: boolean;
}

/** Assessments by the values of the parameters, one level each. */
interface Branch {
  assessment: Assessment | undefined;
  readonly values: Map<number | string, Branch>;
}

export function createClassifier(registry: Registry, rules: AssessmentRules): (row: Row) => Outcome {
  const { repairs = false } = rules;
  const roots = new Map<AnyHasher, Branch>();
  let remembered = 0;

  /** Rows without a hasher, and no --hasher: the digest's own shape, where that is certain. */
  function hasherOf(digest: string): string {
    const [best] = registry.identify(digest);
    return best?.certainty === 'certain' && best.convertible === undefined ? best.hasher : '';
  }

  function assessed(hasher: AnyHasher, params: Params): Assessment {
    let branch = roots.get(hasher);
    if (branch === undefined) {
      branch = { assessment: undefined, values: new Map() };
      roots.set(hasher, branch);
    }
    for (const name in params) {
      const value = params[name] as number | string;
      let next: Branch | undefined = branch.values.get(value);
      if (next === undefined) {
        if (remembered >= MAX_ASSESSMENTS) return assessmentOf(hasher, params);
        remembered++;
        next = { assessment: undefined, values: new Map() };
        branch.values.set(value, next);
      }
      branch = next;
    }
    branch.assessment ??= assessmentOf(hasher, params);
    return branch.assessment;
  }

  function assessmentOf(hasher: AnyHasher, params: Params): Assessment {
    const found = assess(hasher, params, rules);
    if (found instanceof DigestError) return { error: errorKind(hasher.name, found), kinds: NO_KINDS, warns: false };
    const kinds = found.map((finding) => kindOfFinding(hasher.name, finding));
    if (!hasher.verifiable) kinds.push(unverifiable(hasher.name));
    return { error: undefined, kinds, warns: found.some(isWarning) };
  }

  function classify(row: Row): Outcome {
    if (row.problem !== undefined) return unreadableRow(row.problem);
    const outcome = ofRecord(row);
    return row.id === '' ? { ...outcome, kinds: [...outcome.kinds, NO_ID] } : outcome;
  }

  function ofRecord({ passwordHasher, passwordDigest, findings, error, doubts, salt, notText }: Row): Outcome {
    if (error !== undefined) return ofSourceError(passwordDigest, error);
    if (notText !== undefined) return withoutText(notText);
    if (passwordDigest === undefined || passwordDigest === '') return MISSING;
    if (isMark(passwordHasher, passwordDigest)) return DISABLED;
    const outcome = repairs
      ? assessRepaired(passwordHasher, passwordDigest)
      : assessAsIs(passwordHasher, passwordDigest);
    const doubt = doubts?.find((one) => raises(one, outcome, passwordDigest, salt));
    if (doubt !== undefined) return doubted(outcome, doubt);
    return findings === undefined ? outcome : withFindings(outcome, findings);
  }

  /** A hasher knows the marks; under no hasher's name they are still marks. */
  function isMark(named: string | undefined, digest: string): boolean {
    return (named === undefined || registry.get(named) === undefined) && isDisabledMarker(digest);
  }

  function ofSourceError(text: string | undefined, error: DigestError): Outcome {
    const done = repairs && text !== undefined ? repairDigest(undefined, text, error) : undefined;
    return done ?? withoutDigest(error);
  }

  function assessAsIs(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? hasherOf(passwordDigest);
    const parsed = parse(passwordHasher, passwordDigest);
    if (parsed instanceof DigestError) return refused(passwordHasher, parsed);
    return accepted(registry.get(passwordHasher) as AnyHasher, parsed, passwordDigest);
  }

  /** What needs nothing costs nothing more than without repairs. */
  function assessRepaired(named: string | undefined, passwordDigest: string): Outcome {
    const passwordHasher = named ?? hasherOf(passwordDigest);
    const parsed = parse(passwordHasher, passwordDigest);
    if (parsed instanceof DigestError) {
      const done = parsed.code === 'ERR_DISABLED' ? undefined : repairDigest(named, passwordDigest, parsed);
      return done ?? refused(passwordHasher, parsed);
    }
    const done = parsed.warnings.some(isSpelling) ? repairDigest(named, passwordDigest, undefined) : undefined;
    return done ?? accepted(registry.get(passwordHasher) as AnyHasher, parsed, passwordDigest);
  }

  /** @param error of the unchanged digest. */
  function repairDigest(
    named: string | undefined,
    passwordDigest: string,
    error: DigestError | undefined,
  ): Outcome | undefined {
    const done = repair(registry, named, passwordDigest);
    if (done === undefined) return undefined;
    const { credential } = done;
    const name = credential.passwordHasher;
    const parsed = registry.parse(credential, rules.limits.digestChars);
    const outcome = accepted(registry.get(name) as AnyHasher, parsed, credential.passwordDigest);
    // Its offset is that of the repaired digest, which no report shows.
    if (outcome.rejection !== undefined) return { ...outcome, rejection: { ...outcome.rejection, offset: null } };
    const kinds = done.findings.map((finding) => kindOfFinding(name, finding));
    const warns = outcome.verdict === 'warned' || done.findings.some(isWarning);
    return {
      ...outcome,
      verdict: warns ? 'warned' : 'ok',
      kinds: [repairKind(done, error), ...kinds, ...outcome.kinds],
      repaired: outcome.repaired ?? credential.passwordDigest,
    };
  }

  /** @param passwordHasher empty if none is named and the digest does not identify it. */
  function parse(passwordHasher: string, passwordDigest: string): Parsed | DigestError {
    try {
      return registry.parse({ passwordHasher, passwordDigest }, rules.limits.digestChars);
    } catch (error) {
      if (!(error instanceof DigestError)) throw error;
      if (passwordHasher !== '' || error.code !== 'ERR_UNKNOWN_HASHER') return error;
      return explainUnread(registry.hashers, passwordDigest) ?? ofNoName(passwordDigest, error);
    }
  }

  function refused(passwordHasher: string, error: DigestError): Outcome {
    if (error.code === 'ERR_DISABLED') return DISABLED;
    const name = registry.get(passwordHasher)?.name ?? error.hasher ?? UNKNOWN;
    const one = errorKind(name, error);
    // Its message names whose digest it is; that of a limit has a number for each row.
    const varies = passwordHasher === '' && name === UNKNOWN && error.code !== 'ERR_LIMIT';
    return rejected(name, varies ? byMessage(one) : one, error.offset);
  }

  /** Where rows are written for a target, what is judged is what is written. */
  function accepted(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { target } = rules;
    const rule = repairs && target !== undefined ? findOtherForm(target, hasher.name) : undefined;
    if (target === undefined || rule === undefined) return judged(hasher, parsed, digest);
    const text = writeFor(rule, hasher.name, hasher.serialize(parsed), parsed);
    const isOwn = rule.form === 'bcrypt-2b' && text !== undefined;
    const outcome = isOwn ? judged(hasher, hasher.parse(text), text) : judged(hasher, parsed, digest);
    if (outcome.rejection !== undefined || text === digest) return outcome;
    if (text === undefined)
      return { ...ofOtherForm(target, hasher.name, rule), read: { text: digest, hasher, parsed } };
    return { ...outcome, repaired: text, kinds: [writtenKind(target, hasher.name), ...outcome.kinds] };
  }

  function judged(hasher: AnyHasher, parsed: Parsed, digest: string): Outcome {
    const { name } = hasher;
    const { params, warnings } = parsed;
    const read = { text: digest, hasher, parsed };
    const { error, kinds, warns } = assessed(hasher, params);
    if (error !== undefined) {
      const offset = error.field === null ? undefined : hasher.locate?.(digest, error.field);
      return { ...rejected(name, error, offset), read };
    }
    if (warnings.length === 0) {
      return { verdict: warns ? 'warned' : 'ok', hasher: name, params, read, kinds };
    }
    const spelling = rules.target && checkSpelling(rules.target, name, warnings);
    if (spelling) return { ...rejected(name, errorKind(name, spelling), spelling.offset), read };
    return {
      verdict: warns || warnings.some(isWarning) ? 'warned' : 'ok',
      hasher: name,
      params,
      read,
      kinds: [...warnings.map((finding) => kindOfFinding(name, finding)), ...kinds],
    };
  }

  return classify;
}

/** The registry was asked for no hasher at all: that its name is unknown would be no help. */
function ofNoName(passwordDigest: string, { code, fix, hint }: DigestError): DigestError {
  const field = 'passwordHasher';
  const reading = readSystem(passwordDigest);
  if (reading?.credential !== undefined && fix !== undefined) {
    return digestError(code, `no hasher is named, and this is a digest of ${reading.title}`, { field, fix, hint });
  }
  return digestError(code, 'no hasher is named, and the digest does not identify one for certain', {
    field,
    fix: fix ?? 'if all rows have one hasher, name it: --hasher NAME',
    hint,
  });
}

/** What a source could not make a digest of. */
function withoutDigest(error: DigestError): Outcome {
  const name = error.hasher ?? UNKNOWN;
  const one = byMessage(errorKind(name, error));
  if (error.code === 'ERR_DISABLED') return { ...DISABLED, kinds: [{ ...one, hasher: null, severity: 'note' }] };
  return rejected(name, one, error.offset);
}

function withoutText({ message, fix }: NonNullable<Row['notText']>): Outcome {
  const field = 'passwordDigest';
  const one = kind({ code: 'ERR_NOT_TEXT', hasher: UNKNOWN, field, severity: 'error', message, fix });
  return rejected(UNKNOWN, byMessage(one), undefined);
}

/** Whether the doubt is of this digest: a salt in another field raises none about a digest with its own. */
function raises({ of }: Doubt, { verdict, hasher, read }: Outcome, text: string, salt: string | undefined): boolean {
  if (verdict === 'disabled' || verdict === 'missing') return false;
  if (of === 'all') return read !== undefined && hasher !== null && !hasher.endsWith('_django');
  if (of === 'salted') return read !== undefined && salt !== undefined && isOtherSalt(salt, read.parsed.salt, text);
  if (of !== 'unsalted') return hasher !== null && of.includes(hasher);
  if (read === undefined) return isBareHash(text);
  return read.parsed.salt.length === 0 && read.hasher.verifiable;
}

/** A shorter text may be a part of a digest by chance. */
const MIN_OWN_SALT = 8;

/** Whether it is not the digest's own, as it is written there or in another spelling. bcrypt's begins with its cost. */
function isOtherSalt(salt: string, own: Uint8Array, digest: string): boolean {
  if (own.length === 0) return false;
  const spelled = salt.replace(/=+$/, '');
  if (spelled.length >= MIN_OWN_SALT ? digest.includes(spelled) : digest.split(/[$:]/).includes(spelled)) return false;
  const bytes = Buffer.from(own);
  return !(['hex', 'base64', 'base64url'] as const).some((name) => bytes.toString(name).replace(/=+$/, '') === spelled);
}

const doubtKinds = new WeakMap<Doubt, Map<string, Kind>>();

function doubted({ hasher, read }: Outcome, doubt: Doubt): Outcome {
  const name = hasher ?? UNKNOWN;
  const outcome = rejected(name, doubtKind(name, doubt), undefined);
  return read === undefined ? outcome : { ...outcome, read };
}

function doubtKind(hasher: string, doubt: Doubt): Kind {
  let kinds = doubtKinds.get(doubt);
  if (kinds === undefined) {
    kinds = new Map();
    doubtKinds.set(doubt, kinds);
  }
  let one = kinds.get(hasher);
  if (one === undefined) {
    const { code, field, message, fix } = doubt;
    one = byMessage(kind({ code, hasher, field, severity: 'error', message, fix }));
    kinds.set(hasher, one);
  }
  return one;
}

/** A digest that is refused has enough said of it. */
function withFindings(outcome: Outcome, findings: readonly Finding[]): Outcome {
  const { verdict, hasher, kinds } = outcome;
  if (hasher === null || verdict === 'rejected') return outcome;
  return {
    ...outcome,
    verdict: findings.some(isWarning) ? 'warned' : verdict,
    kinds: [...kinds, ...findings.map((finding) => byMessage(kindOfFinding(hasher, finding)))],
  };
}

/** What a source says names the system whose digest it is, and each of those is a kind of its own. */
function byMessage(one: Kind): Kind {
  return { ...one, kind: findingKind(one, textCause(`${one.fix ?? ''} ${one.message}`)) };
}

function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}

function kind(one: Omit<Kind, 'kind'>, cause = textCause(one.fix)): Kind {
  return { kind: findingKind(one, cause), ...one };
}

/** Those that go away when the digest is written canonically. */
export function isSpelling({ code }: Finding): boolean {
  return code === 'WARN_NONCANONICAL';
}

function rejected(hasher: string | null, error: Kind, offset: number | undefined): Outcome {
  const { code, field, fix } = error;
  return { verdict: 'rejected', hasher, kinds: [error], rejection: { code, field, offset: offset ?? null, fix } };
}

function unreadableRow(message: string): Outcome {
  return rejected(
    null,
    kind({ code: 'ERR_ROW', hasher: null, field: 'row', severity: 'error', message, fix: null }),
    undefined,
  );
}

/** @param error of the unchanged digest. */
function repairKind({ credential, converted }: Repair, error: DigestError | undefined): Kind {
  const hasher = credential.passwordHasher;
  if (converted !== undefined) return byMessage(kindOfFinding(hasher, convertedNote(converted)));
  const note = (code: Kind['code'], message: string): Kind =>
    byMessage(kind({ code, hasher, field: null, severity: 'note', message, fix: null }));
  if (error === undefined) return note('NOTE_CANONICAL', 'written in canonical form');
  return note('NOTE_REPAIRED', `repaired; in the export the fix is: ${error.fix ?? 'write it in canonical form'}`);
}

function writtenKind({ title }: ImportTarget, hasher: string): Kind {
  const message = `written in the form that ${title} takes`;
  return byMessage(kind({ code: 'NOTE_CONVERTED', hasher, field: null, severity: 'note', message, fix: null }));
}

function ofOtherForm({ title }: ImportTarget, hasher: string, { as = 'another form' }: HasherRule): Outcome {
  const message = `${title} takes ${hasher} in another form than the one that is written: ${as}`;
  const fix = 'write these rows in that form, or leave --target out and convert what --out writes';
  return rejected(
    hasher,
    kind({ code: 'ERR_TARGET_FORM', hasher, field: null, severity: 'error', message, fix }),
    undefined,
  );
}

function errorKind(hasher: string, { code, field, message, fix, hint }: DigestError): Kind {
  const told = hint === undefined ? message : `${message} (${hint})`;
  return kind({ code, hasher, field: field ?? null, severity: 'error', message: told, fix: fix ?? null });
}

function kindOfFinding(hasher: string, { code, severity, message, field, fix }: Finding): Kind {
  return kind({ code, hasher, field: field ?? null, severity, message, fix: fix ?? null });
}

function unverifiable(hasher: string): Kind {
  return kind({
    code: 'NOTE_UNVERIFIABLE',
    hasher,
    field: null,
    severity: 'note',
    message: 'another system checks the password: only the shape of the digest is checked here',
    fix: null,
  });
}
