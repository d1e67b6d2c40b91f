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
import { concat } from '../encoding/bytes.js';
import type { Kdfs } from '../jobs.js';
import { iteratedHashCost } from '../kdf/cost.js';
import { h64, h64Number, layout, oneOf, text } from '../layout/index.js';
import type { Cost, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createGrammar, type Grammar } from './templates/grammar.js';

export interface PhpassParams {
  /** log2 of the rounds. */
  readonly cost: number;
}

const BODY = layout`${h64Number('cost', { digits: 1, min: 7, max: 30 })}${text('salt', { chars: 8, of: './0-9A-Za-z' })}${h64('hash', 16)}`;

export const PHPASS_PREFIXES: readonly string[] = ['$P$', '$H$'];
/** phpBB writes `$H$`. */
export const phpassGrammar: Grammar<PhpassParams> = createGrammar<PhpassParams>(
  oneOf(layout`$P$${BODY}`, layout`$H$${BODY}`),
);

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
  ...phpassGrammar,
  cost: phpassCost,
  derive: derivePhpass,
});
