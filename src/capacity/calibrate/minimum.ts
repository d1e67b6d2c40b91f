/** Parameters of new digests: OWASP's minimum and stronger ones, step by step. */
import { scryptMemoryBytes } from '../../kdf/scrypt/memory.js';
import type { UpgradeTarget } from '../../login/recipes.js';
import { OWASP_ARGON2, OWASP_BCRYPT_COST, OWASP_PBKDF2, OWASP_SCRYPT } from '../../owasp.js';
import { DEFAULT_LIMITS } from '../../policy.js';
import type { Params } from '../../types.js';
import { type ParameterSet, parameterSet } from '../measure/parameter-set.js';

/** In OWASP's order of preference. */
export const ALGORITHMS = ['argon2id', 'scrypt', 'bcrypt', 'pbkdf2'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface ParameterCandidate {
  readonly upgradeTo: UpgradeTarget;
  readonly set: ParameterSet;
}

/** One minimum, and what is stronger. */
export interface ParameterSteps {
  readonly minimum: ParameterCandidate;
  /** About `times` the work of the minimum, at least the minimum and at most the limits of a verifier. */
  at(scale: number): ParameterCandidate;
}

const KIB = 1024;
/** Finer steps are of no use. */
const ITERATIONS_STEP = 10_000;

/** Bytes that the smallest sets need. */
export const LEAST_MEMORY_BYTES: number = Math.max(
  Math.min(...OWASP_ARGON2.map(({ m }) => KIB * m)),
  Math.min(...OWASP_SCRYPT.map(({ N, r }) => scryptMemoryBytes(N, r))),
);

/**
 * One for each of the equal sets that fit into this memory, the one that needs most first. Empty where none is.
 * @param maxMemoryBytes of one verification.
 */
export function listSteps(algorithm: Algorithm, maxMemoryBytes: number): ParameterSteps[] {
  switch (algorithm) {
    case 'bcrypt':
      return [growFrom((scale) => bcrypt(OWASP_BCRYPT_COST + Math.floor(Math.log2(scale) + 1e-9)))];
    case 'pbkdf2':
      return [growFrom((scale) => pbkdf2(OWASP_PBKDF2.sha256 * scale))];
    case 'argon2id': {
      const most = Math.floor(maxMemoryBytes / KIB);
      return OWASP_ARGON2.filter(({ m }) => m <= most).map((set) => growFrom((scale) => argon2id(set, scale, most)));
    }
    case 'scrypt':
      return OWASP_SCRYPT.filter(({ N, r }) => scryptMemoryBytes(N, r) <= maxMemoryBytes).map(({ N, r, p }) =>
        growFrom((scale) => scrypt(N, r, p * scale)),
      );
  }
}

function growFrom(at: (scale: number) => ParameterCandidate): ParameterSteps {
  return { minimum: at(1), at: (scale) => at(Math.max(1, scale)) };
}

function candidate(upgradeTo: UpgradeTarget): ParameterCandidate {
  const { hasher, ...params } = upgradeTo;
  return { upgradeTo, set: parameterSet(hasher, params as Params) };
}

function bcrypt(cost: number): ParameterCandidate {
  return candidate({ hasher: 'bcrypt', cost: Math.min(DEFAULT_LIMITS.bcryptCost, cost) });
}

function pbkdf2(wanted: number): ParameterCandidate {
  const iterations = Math.floor(Math.min(DEFAULT_LIMITS.pbkdf2Iterations, wanted) / ITERATIONS_STEP) * ITERATIONS_STEP;
  return candidate({ hasher: 'pbkdf2_sha256_django', iterations });
}

/** More memory is what makes it hard for an attacker, so that comes first. RFC 9106 §4. */
function argon2id(
  { m: least, t: passes }: { readonly m: number; readonly t: number },
  scale: number,
  most: number,
): ParameterCandidate {
  const work = least * passes * scale;
  const t = Math.min(DEFAULT_LIMITS.argon2Passes, Math.max(passes, Math.ceil(work / most)));
  // Whole MiB, but for the minimum itself.
  const m = Math.max(least, Math.floor(Math.min(most, work / t) / KIB) * KIB);
  return candidate({ hasher: 'argon2id', m, t, p: 1 });
}

function scrypt(N: number, r: number, wanted: number): ParameterCandidate {
  const p = Math.floor(Math.min(DEFAULT_LIMITS.scryptWork / (N * r), wanted));
  return candidate({ hasher: 'scrypt_werkzeug', N, r, p });
}
