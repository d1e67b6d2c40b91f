/**
 * PBKDF2-HMAC-SHA512 with salt and hash in hexadecimal. RFC 8018 §5.2.
 *
 *     pbkdf2_sha512_hex$100000$101112131415161718191a1b1c1d1e1f$7b858d0abfa6153e49f39535c445b62a…
 *     (1)               (2)    (3)                              (4)
 * (1) name
 * (2) iterations
 * (3) salt, hexadecimal
 * (4) hash, hexadecimal, 64 bytes by default
 *
 * Grammar:
 *     ^(?<name>pbkdf2_sha512_hex)\$(?<iterations>[1-9]\d*)\$(?<salt>(?:[0-9A-Fa-f]{2})*)\$(?<hash>[0-9A-Fa-f]+)$
 *
 * Algorithm: PBKDF2-HMAC-SHA512(password, decoded salt, iterations), as long as the hash (RFC 8018 §5.2).
 *
 * Written by: the import API's own form. Brought to it are Keycloak's `pbkdf2-sha512`, ASP.NET Core Identity since .NET
 * 7, passlib's `$pbkdf2-sha512$` and PHC strings.
 *
 * Typical: iterations=210000,keylen=64 (OWASP, Keycloak 24); iterations=100000,keylen=32 (ASP.NET Core Identity since
 * .NET 7); iterations=25000,keylen=64 (passlib 1.7)
 *
 * Traps:
 * - The salt is decoded from hexadecimal; `pbkdf2_sha512` takes the same characters as a text. As the wrong one of the
 *   two a digest parses, and no password matches.
 * - ASP.NET writes 32 bytes of hash, Keycloak 64: both are right.
 */

import { hex } from '../layout/index.js';
import type { Hasher } from '../types.js';
import { type Pbkdf2Params, pbkdf2, SHA512_HASH_BYTES } from './templates/pbkdf2.js';

export const pbkdf2Sha512Hex: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha512_hex',
  prefix: 'pbkdf2_sha512_hex$',
  prf: 'sha512',
  salt: hex('salt'),
  hash: hex('hash', { usual: 64, known: SHA512_HASH_BYTES, partVerifies: true }),
  example: {
    password: 'correct horse battery staple',
    digest:
      'pbkdf2_sha512_hex$100000$101112131415161718191a1b1c1d1e1f$7b858d0abfa6153e49f39535c445b62a70d61c55cdcdc33e4bdc9dedecf47d6d75d595fc4775e2cc42b3f39e969c33fb1b79e6dd1a5a098ffe32063f567b552d',
  },
});
