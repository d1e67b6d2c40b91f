/** What is accepted at most, and what a new digest should have at least. Nothing here is grammar. */
import { checkedOptions, describeReceived } from './encoding/received.js';
import { type DigestError, digestError, withDetail } from './errors.js';

import { estimateMs } from './kdf/duration.js';
import { OWASP_ARGON2, OWASP_BCRYPT_COST, OWASP_PBKDF2, OWASP_SCRYPT } from './owasp.js';
import { MAX_DIGEST_CHARS } from './recognize/bounds.js';
import type { AnyHasher, Cost, Demand, Finding, KdfName, LimitOptions, Limits, Parsed, RehashReason } from './types.js';

const MIB = 1024 * 1024;

/**
 * Bounds on what a digest may make a server do. They sit well over what real systems write, so that a refusal means an
 * attack or a mistake.
 */
export const DEFAULT_LIMITS: Limits = Object.freeze({
  // The longest real ones are Firebase's and peppered bcrypt with some 300; this is room for plug-ins.
  digestChars: MAX_DIGEST_CHARS,
  // Hashing megabytes of password was a denial of service in Django (CVE-2013-1443), which settled on this number.
  passwordBytes: 4096,
  // 16 takes 4 s on a fast core; import APIs stop at 15, products write 10 to 13.
  bcryptCost: 16,
  // 1 to 3 s natively for a hash of one block; Django 6.1 writes 1 500 000.
  pbkdf2Iterations: 10_000_000,
  // Each block of output costs all iterations: 64 bytes under SHA-1 are four. pbkdf2_sha1 writes two blocks.
  pbkdf2Work: 20_000_000,
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
  // 16 million MD5: 5 to 10 s; WordPress writes 2^13, phpass's own maximum of 2^30 takes ten minutes.
  phpassIterations: 2 ** 24,
  // Symfony writes 5000.
  symfonyIterations: 10_000_000,
  // As Symfony's, which is one of them: 5 to 10 s. The most that a product writes is Jasypt's 100 000.
  hashIterations: 10_000_000,
  // 5 s of SHA-512. shadow writes 5000, passlib 656 000; the grammar allows 999 999 999.
  cryptRounds: 10_000_000,
});

/**
 * Given limits over the default ones.
 * @throws {TypeError} on an unknown name or a value that is not a number from 0.
 */
export function limitsFrom(given: LimitOptions | undefined): Limits {
  if (given === undefined) return DEFAULT_LIMITS;
  const limits = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(checkedOptions('limits', given, Object.keys(DEFAULT_LIMITS)))) {
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new TypeError(`limits: ${name} must be a non-negative number (received ${describeReceived(value)})`);
    }
    limits[name as keyof Limits] = value;
  }
  return limits;
}

/**
 * The first bound that a cost passes, as an error; computed from parameters alone.
 * @param hasher of a digest; undefined for a job that a hasher asks for.
 */
export function overLimit(hasher: string | undefined, { demands }: Cost, limits: Limits): DigestError | undefined {
  for (const demand of demands) {
    const max = limits[demand.limit] / (demand.unit ?? 1);
    if (demand.value > max) return overDemand(hasher, demand, max);
  }
  return undefined;
}

function overDemand(hasher: string | undefined, demand: Demand, max: number): DigestError {
  const { limit, field, param, value, unit = 1 } = demand;
  const asked = param === field ? `${field} is ${value}` : `${field} requires ${value} ${UNITS[param] ?? param}`;
  const message = `${asked}, limit is ${max}`;
  return digestError('ERR_LIMIT', message, {
    hasher,
    field,
    limit: { param, max, actual: value },
    fix: `raise limits.${limit} if you trust this digest (in a command: --limit ${limit}=${value * unit})`,
  });
}

const UNITS: Readonly<Record<string, string>> = { memoryBytes: 'bytes of memory', work: 'steps' };

/** An error about a field, with the field's place in this digest. */
export function placed(error: DigestError, hasher: AnyHasher, digest: string): DigestError {
  if (error.field === undefined || error.offset !== undefined) return error;
  return withDetail(error, { offset: hasher.locate?.(digest, error.field) });
}

/** A minimum that is not reached, and the field of the digest that decides over it. */
interface Minimum {
  readonly field: string;
  readonly param: string;
  readonly wanted: number;
  readonly actual: number;
}

/** The least of OWASP's sets have the least of both. */
const SCRYPT_WORK = Math.min(...OWASP_SCRYPT.map(({ N, r, p }) => N * r * p));
const SCRYPT_NR = Math.min(...OWASP_SCRYPT.map(({ N, r }) => N * r));

/** The published minimum that a digest stays under. A digest over it is never "outdated". */
function underMinimum({ kdf, algorithm, symbols, work, demands }: Cost): Minimum | undefined {
  switch (kdf) {
    case 'bcrypt':
      return under('cost', 'cost', symbols['cost'], OWASP_BCRYPT_COST);
    case 'pbkdf2':
      return under('iterations', 'iterations', symbols['c'], OWASP_PBKDF2[algorithm as keyof typeof OWASP_PBKDF2]);
    case 'argon2': {
      // The more passes, the less memory is enough.
      const set = OWASP_ARGON2.findLast(({ t }) => (symbols['t'] ?? 0) >= t);
      return under('m', 'm', symbols['m'], set?.m);
    }
    case 'scrypt': {
      const { N = 0, r = 0 } = symbols;
      const [memory, , steps] = demands.map(({ field }) => field);
      return under(memory, 'N·r', N * r, SCRYPT_NR) ?? under(steps, 'N·r·p', work, SCRYPT_WORK);
    }
    default:
      return undefined;
  }
}

/** A plug-in's cost may lack a symbol: then nothing is claimed of it. */
function under(
  field: string | undefined,
  param: string,
  actual: number | undefined,
  wanted: number | undefined,
): Minimum | undefined {
  if (actual === undefined || wanted === undefined || actual >= wanted) return undefined;
  return { field: field ?? param, param, wanted, actual };
}

/** Salted or iterated hashes, crypt(3)'s too: OWASP recommends Argon2id, scrypt, bcrypt and PBKDF2 only. */
function isUnrecommended({ kdf }: Cost): boolean {
  return kdf === 'iteratedHash' || kdf === 'crypt' || kdf === 'hash';
}

/** What to say about the strength of sound digests with these parameters. */
export function strengthNotes(hasher: AnyHasher, cost: Cost): Finding[] {
  const notes: Finding[] = [];
  if (hasher.insecure) {
    const message =
      'fast or broken hash: passwords of a leaked table are found quickly; replace it at the first sign-in';
    notes.push({ code: 'NOTE_INSECURE', severity: 'note', message });
  }
  if (hasher.assumed) {
    const message = 'digest format is assumed: no import API documents it';
    notes.push({ code: 'NOTE_ASSUMED', severity: 'note', message, fix: 'import one user with a known password first' });
  }
  if (hasher.verifiable && !hasher.insecure && isUnrecommended(cost)) {
    const message = 'not a recommended password hash';
    notes.push({ code: 'NOTE_LOW_COST', severity: 'note', message });
  }
  const low = underMinimum(cost);
  if (low !== undefined) {
    const message = `${low.param} is below today's minimum of ${low.wanted}`;
    notes.push({ code: 'NOTE_LOW_COST', severity: 'note', field: low.field, message });
  }
  return notes;
}

/** What new digests are to be. */
export interface Wanted {
  readonly hasher: string;
  readonly cost: Cost;
}

/**
 * Why a digest that matched should be replaced; empty where it should stay.
 * @param wanted what it would be replaced by. Absent: only published minima count.
 * @param more reasons that the verification itself found.
 */
export function rehashReasons(
  hasher: AnyHasher,
  parsed: Parsed,
  cost: Cost,
  wanted?: Wanted,
  more: readonly RehashReason[] = [],
): RehashReason[] {
  const reasons: RehashReason[] = [];
  if (hasher.insecure) reasons.push({ reason: 'insecure', message: `${hasher.name} is a fast or broken hash` });
  const low = underMinimum(cost);
  if (low !== undefined) {
    const { param, actual, wanted } = low;
    reasons.push({ reason: 'cost', message: `${param} is below today's minimum of ${wanted}`, param, actual, wanted });
  }
  if (hasher.verifiable && !hasher.insecure && isUnrecommended(cost)) {
    reasons.push({ reason: 'hasher', message: `${hasher.name} is not a recommended password hash` });
  }
  const weak = reasons.length > 0;
  for (const { code, message } of parsed.warnings) {
    if (code === 'WARN_VARIANT' || code === 'WARN_VERSION') reasons.push({ reason: 'variant', message });
    if (code === 'WARN_NONCANONICAL') reasons.push({ reason: 'non-canonical', message });
  }
  reasons.push(...more);
  return wanted === undefined ? reasons : reasonsAgainst(wanted, hasher.name, cost, reasons, weak);
}

/** OWASP's order of preference, best first. */
const PREFERENCE: readonly KdfName[] = ['argon2', 'scrypt', 'bcrypt', 'pbkdf2', 'crypt', 'iteratedHash', 'hash'];

/** The same reasons, less those that the wanted digest would not remove, and none at all where it would be the weaker one. */
function reasonsAgainst(
  wanted: Wanted,
  name: string,
  cost: Cost,
  reasons: readonly RehashReason[],
  weak: boolean,
): RehashReason[] {
  const preferred = PREFERENCE.indexOf(wanted.cost.kdf) - PREFERENCE.indexOf(cost.kdf);
  if (preferred > 0 && !weak) return [];
  const strength = preferred === 0 ? compareStrength(cost, wanted.cost) : 'under';
  if (strength === 'over') return [];
  // A target that is itself under the minimum would be replaced at every login for ever.
  const kept = strength === 'same' ? reasons.filter(({ reason }) => reason !== 'cost') : [...reasons];
  const has = (one: RehashReason['reason']) => kept.some(({ reason }) => reason === one);
  if (name !== wanted.hasher) {
    if (!has('hasher')) kept.push({ reason: 'hasher', message: `new digests use ${wanted.hasher}` });
  } else if (strength === 'under' && !has('cost')) {
    const [actual, work] = [cost.work, wanted.cost.work];
    kept.push({ reason: 'cost', message: 'less work than a new digest', param: 'work', actual, wanted: work });
  }
  return kept;
}

/** Of two costs of one KDF. `unlike`: more work in less memory, or the other way round. */
function compareStrength(one: Cost, other: Cost): 'under' | 'same' | 'over' | 'unlike' {
  const time = estimateMs(one) - estimateMs(other);
  const memory = one.memoryBytes - other.memoryBytes;
  if (time === 0 && memory === 0) return 'same';
  if (time >= 0 && memory >= 0) return 'over';
  return time <= 0 && memory <= 0 ? 'under' : 'unlike';
}
