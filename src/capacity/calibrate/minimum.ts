/**
 * The least that new digests should have, and how they grow from there.
 *
 * OWASP: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, as read on 2026-11-23.
 */
import type { UpgradeTarget } from '../../login/target.js';
import { DEFAULT_LIMITS } from '../../policy.js';
import type { Params } from '../../types.js';
import { type ParameterSet, parameterSet } from '../measure/parameter-set.js';

/** In OWASP's order of preference. */
export const ALGORITHMS = ['argon2id', 'scrypt', 'bcrypt', 'pbkdf2'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface Candidate {
  readonly upgradeTo: UpgradeTarget;
  readonly set: ParameterSet;
}

/** One minimum, and what is stronger. */
export interface Ladder {
  readonly minimum: Candidate;
  /** About so many times the work of the minimum, and no less than it. No more than the limits of a verifier. */
  at(scale: number): Candidate;
}

const KIB = 1024;
const R = 8;
const BCRYPT_COST = 10;
const PBKDF2_ITERATIONS = 600_000;
/** Finer steps would be of no use to anybody. */
const ITERATIONS_STEP = 10_000;
/** Equal sets: the more passes, the less memory is enough. m in KiB. */
export const ARGON2_SETS: readonly { readonly m: number; readonly t: number }[] = [
  { m: 19_456, t: 2 },
  { m: 12_288, t: 3 },
  { m: 9_216, t: 4 },
  { m: 7_168, t: 5 },
];
export const SCRYPT_SETS: readonly { readonly N: number; readonly p: number }[] = [
  { N: 2 ** 17, p: 1 },
  { N: 2 ** 16, p: 2 },
  { N: 2 ** 15, p: 3 },
  { N: 2 ** 14, p: 5 },
  { N: 2 ** 13, p: 10 },
];

/** Bytes that the smallest of the equal sets needs. */
export const LEAST_MEMORY_BYTES: number = 128 * R * 2 ** 13;

/**
 * One for each of the equal sets that such memory is enough for, the one that needs most first. Empty where none is.
 * @param maxMemoryBytes of one verification.
 */
export function laddersOf(algorithm: Algorithm, maxMemoryBytes: number): Ladder[] {
  switch (algorithm) {
    case 'bcrypt':
      return [ladder((scale) => bcrypt(BCRYPT_COST + Math.floor(Math.log2(scale) + 1e-9)))];
    case 'pbkdf2':
      return [ladder((scale) => pbkdf2(PBKDF2_ITERATIONS * scale))];
    case 'argon2id': {
      const most = Math.floor(maxMemoryBytes / KIB);
      return ARGON2_SETS.filter(({ m }) => m <= most).map((set) => ladder((scale) => argon2id(set, scale, most)));
    }
    case 'scrypt':
      return SCRYPT_SETS.filter(({ N }) => 128 * R * N <= maxMemoryBytes).map((set) =>
        ladder((scale) => scrypt(set.N, set.p * scale)),
      );
  }
}

function ladder(at: (scale: number) => Candidate): Ladder {
  return { minimum: at(1), at: (scale) => at(Math.max(1, scale)) };
}

function candidate(upgradeTo: UpgradeTarget): Candidate {
  const { hasher, ...params } = upgradeTo;
  return { upgradeTo, set: parameterSet(hasher, params as Params) };
}

function bcrypt(cost: number): Candidate {
  return candidate({ hasher: 'bcrypt', cost: Math.min(DEFAULT_LIMITS.bcryptCost, cost) });
}

function pbkdf2(wanted: number): Candidate {
  const iterations = Math.floor(Math.min(DEFAULT_LIMITS.pbkdf2Iterations, wanted) / ITERATIONS_STEP) * ITERATIONS_STEP;
  return candidate({ hasher: 'pbkdf2_sha256_django', iterations });
}

/** More memory is what makes it hard for an attacker, so that comes first. RFC 9106 §4. */
function argon2id(
  { m: least, t: passes }: { readonly m: number; readonly t: number },
  scale: number,
  most: number,
): Candidate {
  const work = least * passes * scale;
  const wanted = Math.min(most, work / passes);
  // Whole MiB, but for the minimum itself.
  const m = Math.max(least, Math.floor(wanted / KIB) * KIB);
  const t = Math.max(passes, Math.min(DEFAULT_LIMITS.argon2Passes, Math.floor(work / m)));
  return candidate({ hasher: 'argon2id', m, t, p: 1 });
}

function scrypt(N: number, wanted: number): Candidate {
  const p = Math.floor(Math.min(DEFAULT_LIMITS.scryptWork / (N * R), wanted));
  return candidate({ hasher: 'scrypt_werkzeug', N, r: R, p });
}
