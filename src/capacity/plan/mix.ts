/** What the digests of the users who sign in are: parameter sets and their shares. */
import { InputProblem } from '../../files/input-problem.js';
import { defaultRegistry } from '../../library.js';
import type { UpgradeHasher } from '../../login/recipes.js';
import { createUpgradeScheme } from '../../login/upgrade-scheme.js';
import { DEFAULT_LIMITS } from '../../policy.js';
import type { Params } from '../../types.js';
import { costParams, type ParameterSet, parameterSet } from '../measure/parameter-set.js';

export interface Portion {
  readonly set: ParameterSet;
  /** Of all sign-ins: the shares of a mix add up to 1. */
  readonly share: number;
}

/** Rows of a report that no plan can be made for. */
export interface LeftOut {
  readonly hasher: string;
  readonly rows: number;
  readonly reason: string;
}

export interface Mix {
  /** The largest share first. */
  readonly portions: readonly Portion[];
  /** Where they were counted. */
  readonly users?: number;
  readonly leftOut: readonly LeftOut[];
}

const FORM = 'HASHER[:PARAMETERS][=SHARE], such as bcrypt:10=0.7,argon2id:m=65536,t=3,p=4=0.3';
const MAX_ENTRIES = 100;
/** More users than any system has. */
const MOST_WEIGHT = 1e15;

/**
 * A mix as it is typed: `bcrypt:10=0.7,phpass=0.3`. Parameters that are not there are those of the hasher's example.
 * Shares are weights: 7 and 3 are 0.7 and 0.3.
 * @throws {InputProblem} where it does not follow the form.
 * @throws {DigestError} as `parameterSet` does.
 */
export function mixFromText(text: string): Mix {
  const entries = splitEntries(text).map((entry) => entryFrom(entry));
  const without = entries.filter(({ share }) => share === undefined).length;
  if (without > 0 && without < entries.length) {
    throw new InputProblem('invalid-mix', 'some have a share and some have none', {
      fix: 'give each a share, or none',
    });
  }
  return parseMix(
    entries.map(({ set, share }) => ({ set, weight: share === undefined ? 1 : weightFrom(share, set.hasher.name) })),
  );
}

/**
 * What new digests are, as it is typed: `bcrypt:12`. Parameters that are not there are those of `createVerifier`.
 * @throws as `mixFromText` does; InputProblem on hashers that no new digests are of.
 */
export function targetFromText(text: string): ParameterSet {
  const entries = splitEntries(text);
  const { set, share } = entryFrom(entries[0] ?? '', targetParams);
  if (entries.length > 1 || share !== undefined) {
    throw new InputProblem('invalid-upgrade', 'must be one hasher without a share', { fix: 'write it as bcrypt:12' });
  }
  return set;
}

const TARGETS: readonly UpgradeHasher[] = ['argon2id', 'scrypt_werkzeug', 'bcrypt', 'pbkdf2_sha256_django'];

function targetParams(name: string): Params {
  const hasher = TARGETS.find((one) => one === name);
  if (hasher === undefined) {
    throw new InputProblem('invalid-upgrade', `${name} is not a hasher of new digests`, {
      fix: `use one of ${TARGETS.join(', ')}`,
    });
  }
  return createUpgradeScheme(defaultRegistry, DEFAULT_LIMITS, hasher, undefined).fresh().params;
}

export interface Weighted {
  readonly set: ParameterSet;
  readonly weight: number;
}

/** Sets of one label are taken together. */
export function parseMix(entries: readonly Weighted[], rest: Partial<Omit<Mix, 'portions'>> = {}): Mix {
  const together = new Map<string, Weighted>();
  for (const { set, weight } of entries) {
    const before = together.get(set.label)?.weight ?? 0;
    together.set(set.label, { set, weight: before + weight });
  }
  const whole = entries.reduce((sum, { weight }) => sum + weight, 0);
  const portions = [...together.values()]
    .map(({ set, weight }) => ({ set, share: weight / whole }))
    .sort((a, b) => b.share - a.share);
  return { leftOut: [], ...rest, portions };
}

/** Cut before each name: commas are between parameters too. */
function splitEntries(text: string): string[] {
  const entries: string[] = [];
  for (const piece of text.split(',').map((one) => one.trim())) {
    const before = entries.at(-1);
    if (before === undefined || isEntry(piece, before)) entries.push(piece);
    else entries[entries.length - 1] += `,${piece}`;
  }
  if (entries.length > MAX_ENTRIES) {
    throw new InputProblem('invalid-mix', `more than ${MAX_ENTRIES} entries`, { fix: 'leave out the smallest shares' });
  }
  return entries;
}

/** A hasher, or a word that is meant for one; no parameter of the one before it, and nothing that looks like `t=3`. */
function isEntry(piece: string, before: string): boolean {
  const name = readName(piece);
  const hasher = defaultRegistry.get(readName(before));
  if (hasher !== undefined && Object.hasOwn(costParams(hasher), name)) return false;
  return defaultRegistry.get(name) !== undefined || (/^[A-Za-z]/.test(name) && !/^[A-Za-z]{1,4}=\d/.test(piece));
}

function readName(piece: string): string {
  return /^[^:=]*/.exec(piece)?.[0] ?? '';
}

/** @param usual parameters of the hasher, where they are not those of its example. */
function entryFrom(
  entry: string,
  usual: (hasher: string) => Params = () => ({}),
): { readonly set: ParameterSet; readonly share: string | undefined } {
  const [, name = '', rest, alone] = /^([^:=]+)(?::(.*)|=(.*))?$/s.exec(entry) ?? [];
  const hasher = defaultRegistry.get(name);
  // An unknown name is reported by the same code as elsewhere.
  if (hasher === undefined) return { set: parameterSet(name, {}), share: undefined };
  const names = Object.keys(costParams(hasher));
  const params: Record<string, number | string> = { ...usual(name) };
  let share = alone;
  if (rest !== undefined) {
    const pieces = rest.split(/[,:]/);
    for (const [index, piece] of pieces.entries()) {
      const [, param = names[index], value = '', weight] = /^(?:([A-Za-z]\w*)=)?(\w+)(?:=([^=]*))?$/.exec(piece) ?? [];
      if (value === '' || param === undefined || (weight !== undefined && index < pieces.length - 1))
        throw unreadable(name);
      params[param] = /^\d+$/.test(value) ? Number(value) : value;
      share = weight;
    }
  }
  return { set: parameterSet(name, params satisfies Params), share };
}

function weightFrom(text: string, name: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d*)?|\.\d+)(%?)$/.exec(text) ?? [];
  const weight = Number(digits) / (percent === '%' ? 100 : 1);
  if (weight > 0 && weight <= MOST_WEIGHT) return weight;
  throw new InputProblem('invalid-mix', `the share of ${name} must be a number over 0`, {
    fix: `write ${FORM}`,
  });
}

function unreadable(name: string): InputProblem {
  return new InputProblem('invalid-mix', `the parameters of ${name} cannot be read`, { fix: `write ${FORM}` });
}
