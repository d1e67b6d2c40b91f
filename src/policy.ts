/** What is accepted at most, and what a new digest should have at least. Nothing here is grammar. */
import { type DigestError, digestError } from './errors.js';
import type { AnyHasher, Cost, Finding, Limits, Params, Parsed, RehashReason } from './types.js';

const MIB = 1024 * 1024;

/**
 * Bounds on what a digest may make a server do. They sit well over what real systems write, so that a refusal means an
 * attack or a mistake.
 */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  // The longest real ones are Firebase's and peppered bcrypt with some 300; this is room for plug-ins.
  digestChars: 4096,
  // Hashing megabytes of password was a denial of service in Django (CVE-2013-1443), which settled on this number.
  passwordBytes: 4096,
  // 16 takes 4 s on a fast core; import APIs stop at 15, products write 10 to 13.
  bcryptCost: 16,
  // 1 to 3 s natively; Django 6.1 writes 1 500 000.
  pbkdf2Iterations: 10_000_000,
  // OWASP's largest set is 128 MiB (N=2^17, r=8).
  scryptMemoryBytes: 256 * MIB,
  // 2^17·8·16: sixteen times OWASP's set, about 6 s; memory alone does not bound p.
  scryptWork: 2 ** 24,
  // RFC 9106 §4's first choice is 2 GiB for a server of its own; the largest defaults in products are 100 MiB.
  argon2MemoryBytes: 1024 * MIB,
  // OWASP's sets need 1 to 5.
  argon2Passes: 64,
  // One thread each in native code.
  argon2Lanes: 64,
  // 16 million MD5: 5 to 10 s; WordPress writes 13, phpass's own maximum of 30 takes ten minutes.
  phpassLog2: 24,
  // Symfony writes 5000.
  symfonyIterations: 10_000_000,
});

/**
 * Given limits over the default ones.
 * @throws {TypeError} on an unknown name or a value that is not a number from 0.
 */
export function limitsFrom(given: Partial<Limits> | undefined): Limits {
  if (given === undefined) return DEFAULT_LIMITS;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) {
      throw new TypeError(`limits: there is no limit ${name}; known: ${Object.keys(DEFAULT_LIMITS).join(', ')}`);
    }
    if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`limits: ${name} must be a number from 0`);
  }
  return { ...DEFAULT_LIMITS, ...given };
}

/** The first bound that a digest's cost passes, as an error; computed from its parameters alone. */
export function overLimit(hasher: string, { demands }: Cost, limits: Limits): DigestError | undefined {
  for (const { limit, param, value } of demands) {
    const max = limits[limit];
    if (value > max) {
      const unit = limit.endsWith('Bytes') ? ' bytes' : '';
      return digestError(
        'ERR_LIMIT',
        `${hasher}: ${param} asks for ${value}${unit}, more than the limit of ${max}${unit}`,
        {
          hasher,
          field: param,
          limit: { param, max, actual: value },
          fix: `raise limits.${limit} if this digest is to be trusted`,
        },
      );
    }
  }
  return undefined;
}

/** A minimum, and where it is published. */
interface Minimum {
  readonly param: string;
  readonly wanted: number;
  readonly actual: number;
}

// OWASP: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, as read on 2026-11-23.
const BCRYPT_COST = 10;
const PBKDF2_ITERATIONS = { sha1: 1_300_000, sha256: 600_000, sha512: 210_000 } as const;
/** Any one of these is enough: m in KiB and t, each with p = 1. */
const ARGON2_SETS = [
  { m: 47_104, t: 1 },
  { m: 19_456, t: 2 },
  { m: 12_288, t: 3 },
  { m: 9_216, t: 4 },
  { m: 7_168, t: 5 },
];
/** N·r·p and 128·N·r of the least of OWASP's sets, N=2^13, r=8, p=10; the others have more of both. */
const SCRYPT_WORK = 2 ** 13 * 8 * 10;
const SCRYPT_MEMORY_BYTES = 128 * 2 ** 13 * 8;

/** The published minimum that a digest stays under. A digest over it is never "outdated". */
function underMinimum(cost: Cost, params: Params): Minimum | undefined {
  switch (cost.kdf) {
    case 'bcrypt': {
      const actual = Math.log2(cost.work);
      return actual < BCRYPT_COST ? { param: 'cost', wanted: BCRYPT_COST, actual } : undefined;
    }
    case 'pbkdf2': {
      const wanted = PBKDF2_ITERATIONS[(cost.algorithm ?? 'sha256') as keyof typeof PBKDF2_ITERATIONS];
      const actual = cost.demands[0]?.value ?? cost.work;
      return actual < wanted ? { param: 'iterations', wanted, actual } : undefined;
    }
    case 'argon2': {
      const [m, t] = [Number(params['m']), Number(params['t'])];
      if (ARGON2_SETS.some((set) => m >= set.m && t >= set.t)) return undefined;
      const next = ARGON2_SETS.find((set) => t >= set.t) ?? { m: 47_104 };
      return { param: 'm', wanted: next.m, actual: m };
    }
    case 'scrypt':
      if (cost.work >= SCRYPT_WORK && cost.memoryBytes >= SCRYPT_MEMORY_BYTES) return undefined;
      return { param: 'N·r·p', wanted: SCRYPT_WORK, actual: cost.work };
    default:
      return undefined;
  }
}

/** Salted or iterated plain hashes: OWASP recommends Argon2id, scrypt, bcrypt and PBKDF2 only. */
function isUnrecommended({ kdf, work }: Cost): boolean {
  return kdf === 'chain' || (kdf === 'digest' && work > 0);
}

/** What to say about the strength of sound digests with these parameters. */
export function strengthNotes(hasher: AnyHasher, params: Params, cost: Cost): Finding[] {
  const notes: Finding[] = [];
  if (hasher.insecure) {
    const message = `${hasher.name} is fast or broken: a stolen table is soon read; replace it at the first sign-in`;
    notes.push({ code: 'NOTE_INSECURE', severity: 'note', message });
  }
  if (hasher.assumed) {
    const message = `no import API publishes the form of ${hasher.name}; this one is assumed`;
    notes.push({ code: 'NOTE_ASSUMED', severity: 'note', message, fix: 'try one user with a known password first' });
  }
  if (!hasher.insecure && isUnrecommended(cost)) {
    const message = `${hasher.name} is on no list of recommended password hashes`;
    notes.push({ code: 'NOTE_LOW_COST', severity: 'note', message });
  }
  const low = underMinimum(cost, params);
  if (low !== undefined) {
    const message = `${low.param} under today's minimum of ${low.wanted}`;
    notes.push({ code: 'NOTE_LOW_COST', severity: 'note', field: low.param, message });
  }
  return notes;
}

/** Why a digest that matched should be replaced; empty where it should stay. */
export function rehashReasons(hasher: AnyHasher, parsed: Parsed, cost: Cost): RehashReason[] {
  const reasons: RehashReason[] = [];
  if (hasher.insecure) reasons.push({ reason: 'insecure', message: `${hasher.name} is fast or broken` });
  const low = underMinimum(cost, parsed.params);
  if (low !== undefined) reasons.push({ reason: 'cost', message: `${low.param} under today's minimum`, ...low });
  if (!hasher.insecure && isUnrecommended(cost)) {
    reasons.push({ reason: 'hasher', message: `${hasher.name} is on no list of recommended password hashes` });
  }
  for (const { code, message } of parsed.warnings) {
    if (code === 'WARN_VARIANT' || code === 'WARN_VERSION') reasons.push({ reason: 'variant', message });
    if (code === 'WARN_NONCANONICAL') reasons.push({ reason: 'non-canonical', message });
  }
  return reasons;
}
