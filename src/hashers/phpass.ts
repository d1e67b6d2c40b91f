/**
 * phpass's portable hashes: WordPress before 6.8, phpBB 3.0, Drupal 6 modules, bbPress. https://www.openwall.com/phpass/
 *
 *     $P$Bx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/
 *     (1)(2)      (4)
 *         (3)
 * (1) `$P$`; phpBB writes `$H$` for the same
 * (2) log2 of the rounds as one character of ./0-9A-Za-z: `B` is 13
 * (3) salt: 8 characters, their bytes
 * (4) hash: 22 characters of crypt64, 16 bytes
 *
 * Grammar:
 *     ^\$(?<prefix>[PH])\$(?<count>[5-9A-S])(?<salt>[./0-9A-Za-z]{8})(?<hash>[./0-9A-Za-z]{22})$
 *
 * Algorithm: h = MD5(salt ‖ password), then 2^cost times h = MD5(h ‖ password).
 *
 * Written by: WordPress 2.5 to 6.7 and plugins that still do, phpBB 3.0, bbPress, Drupal 6 modules.
 *
 * Typical: cost=13 (WordPress, `B`); cost=11 (phpBB 3, `9`)
 *
 * Traps:
 * - WordPress 6.8 writes `$wp$2y$…`, bcrypt of an HMAC: digestry does not verify it yet, WordPress does.
 * - WordPress trims white space around a password before hashing; a login that does not, fails for a few users.
 * - The salt is its 8 characters as they are, not decoded.
 * - Old WordPress tables also have 32 hexadecimal digits, which is `md5`.
 * - Drupal 7's `$S$` has the same shape and is SHA-512: not supported.
 */
import { concat, latin1 } from '../encoding/bytes.js';
import { crypt64Character, crypt64Value, decodeCrypt64, encodeCrypt64 } from '../encoding/crypt64.js';
import { malformed } from '../errors.js';
import type { Kdfs } from '../jobs.js';
import { iteratedHashCost } from '../kdf/cost.js';
import { NO_WARNINGS, nonCanonical } from '../layout/findings.js';
import type { Cost, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed } from './parsed.js';

export interface PhpassParams {
  /** log2 of the rounds. */
  readonly cost: number;
}

export const PHPASS_PREFIXES: readonly string[] = ['$P$', '$H$'];
const COST_AT = 3;
const SALT_AT = 4;
const HASH_AT = 12;
const LENGTH = 34;
const MIN_COST = 7;
const MAX_COST = 30;

export function parsePhpass(digest: string): Parsed<PhpassParams, undefined> {
  const phpbb = digest.startsWith('$H$');
  if (!phpbb && !digest.startsWith('$P$')) throw malformed('prefix', 0, 'digest must begin with "$P$" or "$H$"');
  if (digest.length <= COST_AT) throw malformed('cost', COST_AT, 'digest ends before the cost character');
  const cost = crypt64Value(digest.charCodeAt(COST_AT));
  if (cost < MIN_COST || cost > MAX_COST) {
    throw malformed('cost', COST_AT, `cost must be ${MIN_COST} to ${MAX_COST} (characters 5 to S)`);
  }
  for (let i = SALT_AT; i < Math.min(HASH_AT, digest.length); i++) {
    if (crypt64Value(digest.charCodeAt(i)) === -1) {
      throw malformed('salt', i, `salt: character at offset ${i} is not in the alphabet ./0-9A-Za-z`);
    }
  }
  if (digest.length < LENGTH) {
    if (digest.length > HASH_AT) checkAlphabet(digest, digest.length);
    const field = digest.length <= HASH_AT ? 'salt' : 'hash';
    const problem = `digest is cut off (${digest.length} of ${LENGTH} characters) and can never verify`;
    throw malformed(field, digest.length, problem, 'export it again from a column that holds all of it', 'cut-off');
  }
  if (digest.length > LENGTH)
    throw malformed('hash', LENGTH, `unexpected text after the hash (${digest.length - LENGTH} characters)`);
  const salt = latin1(digest.slice(SALT_AT, HASH_AT));
  const hash = decodeCrypt64(digest, HASH_AT, LENGTH, 'hash');
  if (!phpbb) return createParsed({ cost }, salt, hash, NO_WARNINGS);
  return createParsed({ cost }, salt, hash, [
    nonCanonical('prefix', 1, '$H$ is the phpBB spelling of $P$', 'write "$P$" for "$H$"'),
  ]);
}

/** A stray character before a cut is the better clue. */
function checkAlphabet(digest: string, end: number): void {
  for (let i = HASH_AT; i < end; i++) {
    if (crypt64Value(digest.charCodeAt(i)) === -1) {
      throw malformed('hash', i, `hash: character at offset ${i} is not in the alphabet ./0-9A-Za-z`);
    }
  }
}

export function serializePhpass({ params, salt, hash }: Parsed<PhpassParams, unknown>): string {
  return `$P$${crypt64Character(params.cost)}${String.fromCharCode(...salt)}${encodeCrypt64(hash)}`;
}

export function locatePhpass(_digest: string, field: string): number | undefined {
  return field === 'cost' ? COST_AT : undefined;
}

export function phpassCost({ cost }: PhpassParams): Cost {
  return iteratedHashCost('md5', 2 ** cost, {
    limit: 'phpassIterations',
    field: 'cost',
    param: 'iterations',
    value: 2 ** cost,
  });
}

export function derivePhpass(
  password: Uint8Array,
  { params, salt }: Parsed<PhpassParams, unknown>,
  kdfs: Kdfs,
): Promise<Uint8Array> {
  return kdfs.iteratedHash({
    algorithm: 'md5',
    first: concat(salt, password),
    suffix: password,
    rounds: 2 ** params.cost,
  });
}

export const phpass: Hasher<PhpassParams, undefined> = defineHasher<PhpassParams>({
  name: 'phpass',
  prefixes: PHPASS_PREFIXES,
  example: { password: 'correct horse battery staple', digest: '$P$Bx7Qm2Kd9je591C6aIsMf3ZmTkWb6E/' },
  parse: parsePhpass,
  serialize: serializePhpass,
  cost: phpassCost,
  locate: locatePhpass,
  derive: derivePhpass,
});
