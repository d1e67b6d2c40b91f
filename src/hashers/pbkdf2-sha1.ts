/**
 * PBKDF2-HMAC-SHA1 in hexadecimal. RFC 8018 §5.2; https://clerk.com/docs/reference/backend/user/create-user
 *
 *     pbkdf2_sha1$10000$101112131415161718191a1b1c1d1e1f$b1e853887f69e678dec3fbeef2966cb7…
 *     (1)         (2)   (3)                              (4)
 * (1) name
 * (2) iterations
 * (3) salt: decoded where it is an even number of hexadecimal digits, else the bytes of the text
 * (4) hash, hexadecimal
 * (5) after another "$", if not 32: the bytes of the hash, 10 to 1024
 *
 * Grammar:
 *     ^(?<name>pbkdf2_sha1)\$(?<iterations>[1-9]\d*)\$(?<salt>[^$]*)\$(?<hash>[0-9A-Fa-f]+)
 *     (?:\$(?<keylen>[1-9]\d*))?$
 *
 * Algorithm: PBKDF2-HMAC-SHA1(password, salt, iterations, keylen) (RFC 8018 §5.2). Every 20 bytes of hash cost all of
 * the iterations again, so 32 bytes are two blocks.
 *
 * Written by: the import API's own form. Brought to it are Atlassian's `{PKCS5S2}`, ASP.NET Identity 2, Keycloak's
 * `pbkdf2`, Django's PBKDF2SHA1PasswordHasher, passlib's `$pbkdf2$`, Spring's `{pbkdf2}`, Werkzeug's `pbkdf2:sha1`.
 *
 * Typical: iterations=10000,keylen=32 (Atlassian); iterations=1000,keylen=32 (ASP.NET Identity 2);
 * iterations=185000,keylen=32 (Spring Security before 5.8); iterations=1300000,keylen=32 (OWASP)
 *
 * Traps:
 * - A salt of an even number of hexadecimal digits is decoded; any other is the bytes of its text. A text salt that
 *   happens to look hexadecimal must be written in hexadecimal itself.
 * - Without its last field the hash has 32 bytes; 20, what SHA-1 gives, must be said: `…$20`.
 * - A key length of its own verifies from 10 bytes on, with a warning where it is neither 20 nor 32.
 * - Django's digest of the same name has a text salt and Base64: convert it.
 */
import { decodeDecimal } from '../encoding/decimal.js';
import { expectPrefix, splitFields } from '../encoding/fields.js';
import { decodeHex, encodeHex, isHex } from '../encoding/hex.js';
import { malformed } from '../errors.js';
import { pbkdf2Cost } from '../kdf/cost.js';
import { empty, type Lengths, nonCanonical, refuseEncodedTwice, unusualLength } from '../layout/findings.js';
import { upperHexWarning } from '../layout/hex-hash.js';
import { decodeShownSalt } from '../layout/text-salt.js';
import type { Finding, Hasher, Parsed } from '../types.js';
import { defineHasher } from './define.js';
import { createParsed } from './parsed.js';
import type { Pbkdf2Params } from './templates/pbkdf2.js';

const PREFIX = 'pbkdf2_sha1$';
const FIELDS = ['iterations', 'salt', 'hash', 'keylen'];
const DEFAULT_KEYLEN = 32;
/** Fewer bytes than 16 only where the digest says so itself: without that a cut-off hash looks the same. */
const MIN_KEYLEN = 10;
const MAX_KEYLEN = 1024;
/**
 * 20 is what SHA-1 gives. 16 is Java's usual 128 bits, 18 and 24 are of CrackStation's PasswordStorage.
 * https://github.com/defuse/password-hashing/blob/master/PasswordStorage.java
 */
const LENGTHS: Lengths = { usual: 20, known: [16, 18], partVerifies: true };

function parse(digest: string): Parsed<Pbkdf2Params, undefined> {
  const { starts, ends } = splitFields(digest, '$', FIELDS, expectPrefix(digest, PREFIX), 3);
  const [iterationsAt = 0, saltAt = 0, hashAt = 0, keylenAt] = starts;
  const [iterationsEnd = 0, saltEnd = 0, hashEnd = 0] = ends;
  const iterations = decodeDecimal(digest, iterationsAt, iterationsEnd, 'iterations');
  const hexSalt = isHex(digest, saltAt, saltEnd);
  const salt = hexSalt ? decodeHex(digest, saltAt, saltEnd, 'salt') : decodeShownSalt(digest, saltAt, saltEnd);
  const hash = decodeHex(digest, hashAt, hashEnd, 'hash');
  const keylen =
    keylenAt === undefined
      ? DEFAULT_KEYLEN
      : decodeDecimal(digest, keylenAt, digest.length, 'keylen', MIN_KEYLEN, MAX_KEYLEN);
  refuseEncodedTwice(hash, hashAt);
  if (hash.length !== keylen) throw wrongLength(hash.length, keylen, hashEnd, keylenAt === undefined);
  const warnings: Finding[] = [];
  if (salt.length === 0) warnings.push(empty('salt', saltAt));
  else if (!hexSalt) warnings.push(textSalt(saltAt));
  else warnings.push(...upperHexWarning(digest, saltAt, saltEnd, 'salt'));
  warnings.push(...upperHexWarning(digest, hashAt, hashEnd));
  warnings.push(...unusualLength('hash', hashAt, keylen, LENGTHS));
  if (keylenAt !== undefined && keylen === DEFAULT_KEYLEN) {
    warnings.push(nonCanonical('keylen', keylenAt - 1, 'keylen is the default, 32', 'remove the last field'));
  }
  return createParsed({ iterations, keylen }, salt, hash, warnings);
}

function wrongLength(found: number, keylen: number, offset: number, byDefault: boolean) {
  const needed = byDefault ? `${keylen} bytes, the default keylen` : `keylen = ${keylen} bytes`;
  const fix =
    byDefault && found >= MIN_KEYLEN ? `append "$${found}" if the writer used a key length of ${found}` : undefined;
  return malformed('hash', offset, `hash must be ${needed} (is ${found})`, fix);
}

function textSalt(offset: number): Finding {
  return nonCanonical('salt', offset, 'salt is text, not hexadecimal', 'write the bytes of the salt in hexadecimal');
}

export const pbkdf2Sha1: Hasher<Pbkdf2Params, undefined> = defineHasher<Pbkdf2Params>({
  name: 'pbkdf2_sha1',
  prefixes: [PREFIX],
  example: {
    password: 'correct horse battery staple',
    digest:
      'pbkdf2_sha1$10000$101112131415161718191a1b1c1d1e1f$b1e853887f69e678dec3fbeef2966cb7b67289e61c8750733b89debe2c6f87ba',
  },
  parse,
  serialize({ params, salt, hash }) {
    const digest = `${PREFIX}${params.iterations}$${encodeHex(salt)}$${encodeHex(hash)}`;
    return params.keylen === DEFAULT_KEYLEN ? digest : `${digest}$${params.keylen}`;
  },
  cost: ({ iterations, keylen }) => pbkdf2Cost('sha1', iterations, keylen),
  locate: (_, field) => (field === 'iterations' ? PREFIX.length : undefined),
  derive: (password, { params, salt }, kdfs) =>
    kdfs.pbkdf2({ prf: 'sha1', password, salt, c: params.iterations, dkLen: params.keylen }),
});
