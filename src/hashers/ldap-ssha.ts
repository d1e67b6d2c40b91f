/**
 * Salted SHA-1 of LDAP directories: OpenLDAP, 389, ApacheDS. https://www.openldap.org/faq/data/cache/347.html
 *
 *     {SSHA}waFaKyejenKGNSZn+2hFdSqWD3cQERITFBUWFw==
 *     (1)   (2)
 * (1) scheme, in any case; RFC 2307 writes capitals
 * (2) Base64 of 20 bytes of hash followed by the salt, to the end
 *
 * Grammar:
 *     ^(?<scheme>\{[Ss][Ss][Hh][Aa]\})(?<hash>[A-Za-z0-9+/]+={0,2})$
 *
 * Algorithm: SHA-1(password ‖ salt), one call; Base64 of the 20 bytes and the salt.
 *
 * Written by: OpenLDAP (`slappasswd`, its default), older 389 Directory Servers, ApacheDS, Dovecot.
 *
 * Traps:
 * - LDIF writes `userPassword::` with all of the value in Base64 once more: decode that first.
 * - The salt runs to the end: where Base64 was cut at a multiple of four, the digest does not show it, and no password matches.
 * - `{SHA}`, `{SMD5}`, `{SSHA256}` and `{SSHA512}` look alike and have no hasher.
 * - SHA-1 once is fast: a stolen directory is soon read. Have these users upgraded at the first sign-in.
 */
import { concat } from '../encoding/bytes.js';
import { hashCost } from '../kdf/cost.js';
import { HASH_BYTES } from '../layout/hex-hash.js';
import { anyCase, b64, bytes, layout } from '../layout/index.js';
import type { Cost, Hasher } from '../types.js';
import { defineHasher } from './define.js';
import type { NoParams } from './parsed.js';
import { createGrammar } from './templates/grammar.js';

const COST: Cost = hashCost('sha1');
/** Dovecot and old OpenLDAP write 4, 389 and OpenLDAP 8, others 16. A longer one is not cut off. */
const SALT = bytes('salt', { usual: 16, known: [4, 8] });

export const ldapSsha: Hasher<NoParams, undefined> = defineHasher<NoParams>({
  name: 'ldap_ssha',
  prefixes: ['{SSHA}'],
  freeTail: true,
  example: { password: 'correct horse battery staple', digest: '{SSHA}waFaKyejenKGNSZn+2hFdSqWD3cQERITFBUWFw==' },
  ...createGrammar<NoParams>(layout`${anyCase('{SSHA}')}${b64(bytes('hash', HASH_BYTES.sha1), SALT)}`),
  cost: () => COST,
  derive: (password, { salt }, kdfs) => kdfs.hash('sha1', concat(password, salt)),
});
