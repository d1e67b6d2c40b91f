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
import { decodeBase64, encodeBase64 } from '../encoding/base64.js';
import { concat } from '../encoding/bytes.js';
import { malformed } from '../errors.js';
import { hashCost } from '../kdf/cost.js';
import {
  type Lengths,
  NO_WARNINGS,
  nonCanonical,
  refuseEncodedTwice,
  refuseHexadecimal,
  unusualLength,
} from '../layout/findings.js';
import { HASH_BYTES } from '../layout/hex-hash.js';
import type { Cost, Finding, Hasher } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed, NO_PARAMS, type NoParams } from './parsed.js';

const SCHEME = '{SSHA}';
/** Dovecot and old OpenLDAP write 4, 389 and OpenLDAP 8, others 16. A longer one is not cut off. */
const SALT_LENGTHS: Lengths = { usual: 16, known: [4, 8], partVerifies: false };

const COST: Cost = hashCost('sha1');

export const ldapSsha: Hasher<NoParams, undefined> = defineHasher<NoParams>({
  name: 'ldap_ssha',
  prefixes: [SCHEME],
  freeTail: true,
  example: { password: 'correct horse battery staple', digest: '{SSHA}waFaKyejenKGNSZn+2hFdSqWD3cQERITFBUWFw==' },
  parse(digest) {
    const scheme = digest.slice(0, SCHEME.length);
    if (scheme.toUpperCase() !== SCHEME) throw malformed('scheme', 0, 'digest must begin with "{SSHA}"');
    const bytes = decodeBase64(digest, SCHEME.length, digest.length, 'hash');
    refuseHexadecimal(digest, SCHEME.length, digest.length);
    if (bytes.length <= HASH_BYTES.sha1) {
      const problem = `digest must hold ${HASH_BYTES.sha1} bytes of hash and at least 1 of salt (holds ${bytes.length})`;
      throw malformed(bytes.length < HASH_BYTES.sha1 ? 'hash' : 'salt', digest.length, problem);
    }
    const hash = bytes.subarray(0, HASH_BYTES.sha1);
    const salt = bytes.subarray(HASH_BYTES.sha1);
    refuseEncodedTwice(hash, SCHEME.length);
    let warnings: readonly Finding[] = NO_WARNINGS;
    if (scheme !== SCHEME) warnings = [nonCanonical('scheme', 1, 'scheme is not upper case', 'write "{SSHA}"')];
    warnings = [...warnings, ...unusualLength('salt', SCHEME.length, salt.length, SALT_LENGTHS)];
    return createParsed(NO_PARAMS, salt, hash, warnings);
  },
  serialize: ({ salt, hash }) => SCHEME + encodeBase64(concat(hash, salt)),
  cost: () => COST,
  derive: (password, { salt }, kdfs) => kdfs.hash('sha1', concat(password, salt)),
});
