/**
 * bcrypt, as nearly everything writes it: OpenBSD, PHP, Rails, Node, Go, Spring, Supabase.
 * Provos and Mazières 1999; variants: https://www.openwall.com/crypt/ and passlib's documentation of its bcrypt.
 *
 *     $2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG
 *     (1)(2) (3)                   (4)
 * (1) variant: 2a, 2b, 2y are the same algorithm; 2x has crypt_blowfish's sign bug, 2 lacks the final NUL
 * (2) cost: log2 of the rounds, two digits, 04–31
 * (3) salt: 22 characters of bcrypt's Base64, 16 bytes; the last character carries 2 bits
 * (4) hash: 31 characters, 23 bytes; the last character carries 4 bits
 *
 * Grammar:
 *     ^\$(?<variant>2[abxy]?)\$(?<cost>\d\d)\$(?<salt>[./A-Za-z0-9]{22})(?<hash>[./A-Za-z0-9]{31})$
 *
 * Algorithm: eksblowfish, set up with 2^cost rounds from the salt and from the password's bytes followed by a NUL,
 * at most 72 bytes in all; then 64 encryptions of a constant text, of which 23 bytes are kept. `$2$` has no NUL.
 *
 * Written by: PHP's `password_hash`, Laravel, Rails (`has_secure_password`, Devise), the npm packages `bcrypt` and
 * `bcryptjs`, Go's x/crypto/bcrypt, Spring Security, Supabase, Auth0, `htpasswd -B`, OpenBSD.
 *
 * Typical: cost=10 (Go, Supabase, Auth0, bcryptjs, PHP before 8.4); cost=12 (PHP 8.4, Laravel, Devise, Django); cost=5
 * (`htpasswd -B`)
 *
 * Traps:
 * - A digest of 59 characters passes every test of its first letters, and can never verify: its column was too short.
 * - 72 bytes count, not characters: the rest of a longer password is not read, and UTF-8 has up to 4 bytes a character.
 * - The last character of the salt carries 2 bits, that of the hash 4. Others are ignored here; verifiers that compare
 *   text answer a mismatch.
 * - `$2x$` is a bug that treats bytes from 0x80 as negative. Written as `$2a$`, users with an umlaut cannot sign in.
 * - `$2a$`, `$2b$` and `$2y$` are the same algorithm; some verifiers know two of them only.
 * - The npm module `bcrypt` has the length of a `$2a$` key in one byte, also in version 6 (src/bcrypt.cc, `key_len`): of a
 *   password of 255 to 326 bytes it hashes the first 0 to 71 only, without a NUL. Such a digest is a mismatch here: to
 *   verify it would mean to accept all who know a first letter. Longer passwords have their 72 bytes again.
 * - Within double quotes a shell replaces `$2b` and `$10` by nothing.
 */
import { decodeBcrypt64, encodeBcrypt64, unusedBitsBcrypt64 } from '../encoding/bcrypt64.js';
import { adviseHasher, digestError, malformed } from '../errors.js';
import type { BcryptVariant } from '../jobs.js';
import { bcryptCost } from '../kdf/cost.js';
import { NO_WARNINGS, nonCanonical } from '../layout/findings.js';
import type { Finding, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed } from './parsed.js';

export interface BcryptParams {
  readonly variant: BcryptVariant;
  /** log2 of the rounds. */
  readonly cost: number;
}

const DOLLAR = 36;
const SALT_CHARS = 22;
const HASH_CHARS = 31;
const MIN_COST = 4;
const MAX_COST = 31;
export const BCRYPT_PREFIXES: readonly string[] = ['$2a$', '$2b$', '$2y$', '$2x$', '$2$'];

/** The bcrypt digest that begins at `start`; nothing may follow it. */
export function parseBcrypt(text: string, start = 0): Parsed<BcryptParams, undefined> {
  const end = bcryptEnd(text, start);
  if (text.length > end) {
    parseBcryptUntil(text, start);
    refuseSecond(text, end, 'hash');
    if (start === 0 && text.charCodeAt(end) === DOLLAR && text.length > end + 1) throw peppered(end);
    throw malformed('hash', end, `unexpected text after the hash (${text.length - end} characters)`);
  }
  return parseBcryptUntil(text, start);
}

/** The beginning of a digest, with or without the "$" that is put before a pepper. */
const SECOND = /\$?\$2[abxy]?\$\d\d\$/y;

/**
 * A digest that was pasted twice has a "$" and more after its hash as well.
 * @throws {DigestError} ERR_MALFORMED where another bcrypt digest begins at `at`.
 */
export function refuseSecond(text: string, at: number, field: string): void {
  SECOND.lastIndex = at;
  if (SECOND.test(text)) throw malformed(field, at, 'unexpected second bcrypt digest after the hash');
}

function peppered(offset: number) {
  return digestError('ERR_WRONG_HASHER', 'text after the hash: this is a bcrypt_peppered digest', {
    field: 'hash',
    offset,
    ...adviseHasher('bcrypt_peppered'),
  });
}

/** Where the digest at `start` ends if it is whole: 60 characters on, 59 for `$2$`. */
export function bcryptEnd(text: string, start: number): number {
  return start + (text.charCodeAt(start + 2) === DOLLAR ? 6 : 7) + SALT_CHARS + HASH_CHARS;
}

/** The bcrypt digest that begins at `start`; what follows it is left to the caller. */
export function parseBcryptUntil(text: string, start: number): Parsed<BcryptParams, undefined> {
  const variant = variantAt(text, start);
  const costAt = start + variant.length + 2;
  const cost = costAtOffset(text, costAt);
  const saltAt = costAt + 3;
  const hashAt = saltAt + SALT_CHARS;
  const end = hashAt + HASH_CHARS;
  if (text.length < end) {
    // An alphabet error before the cut is the better clue.
    decodeBcrypt64(text, saltAt, Math.min(hashAt, text.length), 'salt');
    if (text.length > hashAt) decodeBcrypt64(text, hashAt, text.length, 'hash');
    const field = text.length < hashAt ? 'salt' : 'hash';
    const problem = `digest is cut off (${text.length - start} of ${end - start} characters) and can never verify`;
    throw malformed(field, text.length, problem, 'export it again from a column that holds all of it', 'cut-off');
  }
  const salt = decodeBcrypt64(text, saltAt, hashAt, 'salt');
  const hash = decodeBcrypt64(text, hashAt, end, 'hash');
  const clean = variant !== '2' && variant !== '2x';
  const saltBits = unusedBitsBcrypt64(text, saltAt, hashAt);
  const hashBits = unusedBitsBcrypt64(text, hashAt, end);
  if (clean && !saltBits && !hashBits) return createParsed({ variant, cost }, salt, hash, NO_WARNINGS);
  return createParsed(
    { variant, cost },
    salt,
    hash,
    bcryptWarnings(variant, start, saltBits ? hashAt - 1 : -1, hashBits ? end - 1 : -1),
  );
}

function variantAt(text: string, start: number): BcryptVariant {
  if (text.charCodeAt(start) !== DOLLAR) throw malformed('prefix', start, 'digest must begin with "$2"');
  if (text.charCodeAt(start + 1) !== 50) throw malformed('prefix', start + 1, 'digest must begin with "$2"');
  const letter = text.charCodeAt(start + 2);
  if (letter === DOLLAR) return '2';
  if (text.charCodeAt(start + 3) === DOLLAR) {
    if (letter === 97) return '2a';
    if (letter === 98) return '2b';
    if (letter === 121) return '2y';
    if (letter === 120) return '2x';
  }
  throw malformed('variant', start + 2, 'variant must be $2a$, $2b$, $2y$, $2x$ or $2$');
}

function costAtOffset(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  if (!(tens >= 0 && tens <= 9)) throw malformed('cost', at, 'cost must be two decimal digits');
  if (!(ones >= 0 && ones <= 9)) throw malformed('cost', at + 1, 'cost must be two decimal digits');
  const cost = 10 * tens + ones;
  if (cost < MIN_COST || cost > MAX_COST)
    throw malformed('cost', at, `cost must be ${MIN_COST} to ${MAX_COST} (is ${cost})`);
  if (text.charCodeAt(at + 2) !== DOLLAR) throw malformed('cost', at + 2, 'cost must be followed by "$"');
  return cost;
}

function bcryptWarnings(variant: BcryptVariant, start: number, saltBitsAt: number, hashBitsAt: number): Finding[] {
  const warnings: Finding[] = [];
  if (variant === '2' || variant === '2x') {
    const why =
      variant === '2x'
        ? 'has the sign bug of crypt_blowfish 1.0 for bytes from 0x80'
        : 'is the first version, without a final NUL';
    warnings.push({
      code: 'WARN_VARIANT',
      severity: 'warning',
      field: 'variant',
      offset: start + 1,
      message: `$${variant}$ ${why}; few verifiers support it, and with another variant some passwords fail`,
    });
  }
  const fix = 'encode it again with the unused bits zero';
  if (saltBitsAt >= 0)
    warnings.push(nonCanonical('salt', saltBitsAt, 'salt: unused bits of the last character are set', fix));
  if (hashBitsAt >= 0)
    warnings.push(nonCanonical('hash', hashBitsAt, 'hash: unused bits of the last character are set', fix));
  return warnings;
}

export function serializeBcrypt({ params, salt, hash }: Parsed<BcryptParams, unknown>): string {
  const { variant, cost } = params;
  return `$${variant}$${cost < 10 ? '0' : ''}${cost}$${encodeBcrypt64(salt)}${encodeBcrypt64(hash)}`;
}

/** Where a field begins in a whole digest at `start`. */
export function locateBcrypt(text: string, field: string, start: number): number | undefined {
  const costAt = bcryptEnd(text, start) - HASH_CHARS - SALT_CHARS - 3;
  const places: Readonly<Record<string, number>> = { variant: start + 1, cost: costAt, salt: costAt + 3 };
  return Object.hasOwn(places, field) ? places[field] : undefined;
}

export const bcrypt: Hasher<BcryptParams, undefined> = defineHasher<BcryptParams>({
  name: 'bcrypt',
  prefixes: BCRYPT_PREFIXES,
  example: {
    password: 'correct horse battery staple',
    digest: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG',
  },
  parse: (digest) => parseBcrypt(digest),
  serialize: serializeBcrypt,
  cost: bcryptCost,
  locate: (digest, field) => locateBcrypt(digest, field, 0),
  derive: (password, { params, salt }, kdfs) => kdfs.bcrypt({ password, salt, ...params }),
});
