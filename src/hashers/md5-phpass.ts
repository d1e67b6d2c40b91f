/**
 * phpass over the MD5 of the password: what an upgrade of bare MD5 digests to phpass produces (Drupal 6 to 7,
 * phpBB 2 to 3). The import API names it and publishes no form: a plain phpass digest is assumed.
 *
 *     $P$Bx7Qm2Kd9e0VfGXlM55xKbqrob98qM1
 *     (1)
 * (1) a phpass digest of the lowercase hexadecimal MD5 of the password; nothing in it shows the MD5
 *
 * Grammar:
 *     ^(?<digest>\$[PH]\$[./0-9A-Za-z]{31})$
 *
 * Algorithm: phpass, whose password is the 32 lowercase hexadecimal digits of MD5(password).
 *
 * Written by: Drupal's upgrade from 6 to 7 and phpBB's from 2 to 3, forum and shop software that wrapped its bare MD5.
 *
 * Typical: cost=13 (WordPress's setting); cost=11 (phpBB 3)
 *
 * Traps:
 * - It has the same form as `phpass`; only a known password decides. `check --canaries` tries both.
 * - The form is assumed: try one user with a known password first.
 * - Drupal marks these digests by a leading "U" (`U$P$…`), which is not a part of them; `$S$` of Drupal 7 is SHA-512
 *   and has no hasher.
 */
import { utf8 } from '../encoding/bytes.js';
import { encodeHex } from '../encoding/hex.js';
import type { Hasher } from '../types.js';
import { defineHasher } from './define.js';
import { derivePhpass, PHPASS_PREFIXES, type PhpassParams, phpassCost, phpassGrammar } from './phpass.js';

export const md5Phpass: Hasher<PhpassParams, undefined> = defineHasher<PhpassParams>({
  name: 'md5_phpass',
  prefixes: PHPASS_PREFIXES,
  assumed: true,
  example: { password: 'correct horse battery staple', digest: '$P$Bx7Qm2Kd9e0VfGXlM55xKbqrob98qM1' },
  ...phpassGrammar,
  cost: phpassCost,
  derive: (password, parsed, kdfs) => derivePhpass(utf8(encodeHex(kdfs.hash('md5', password))), parsed, kdfs),
});
