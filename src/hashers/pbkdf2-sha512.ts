/**
 * PBKDF2-HMAC-SHA512 with a text salt and a hexadecimal hash. RFC 8018 §5.2.
 *
 *     pbkdf2_sha512$100000$sT7Zr0Y1qVbN4kPwLx3mGd$15eba2a4ec2e36e0472a31cba2131b63…
 *     (1)           (2)    (3)                    (4)
 * (1) name
 * (2) iterations
 * (3) salt: the text itself, also where it looks like hexadecimal (`pbkdf2_sha512_hex` decodes it)
 * (4) hash, hexadecimal, 64 bytes by default
 *
 * Grammar:
 *     ^(?<name>pbkdf2_sha512)\$(?<iterations>[1-9]\d*)\$(?<salt>[^$]*)\$(?<hash>[0-9A-Fa-f]+)$
 *
 * Algorithm: PBKDF2-HMAC-SHA512(password, UTF-8 of the salt's text, iterations), as long as the hash (RFC 8018 §5.2).
 *
 * Written by: the import API's own form. Brought to it are Werkzeug's `pbkdf2:sha512`, and code of Node's own
 * `crypto.pbkdf2(password, salt, …, 64, 'sha512')` with a text for salt.
 *
 * Typical: iterations=1000,keylen=64 (code copied from tutorials); iterations=210000,keylen=64 (OWASP)
 *
 * Traps:
 * - The salt is a text, also where it looks hexadecimal: `crypto.randomBytes(16).toString('hex')` handed to PBKDF2 as
 *   it is belongs here, decoded first it is `pbkdf2_sha512_hex`. A known password decides.
 * - 64 bytes of hash are usual; another length verifies and warns, for a cut-off digest looks the same.
 */

import { hex, text } from '../layout/index.js';
import type { Hasher } from '../types.js';
import { type Pbkdf2Params, pbkdf2, SHA512_HASH_BYTES } from './templates/pbkdf2.js';

export const pbkdf2Sha512: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha512',
  prefix: 'pbkdf2_sha512$',
  prf: 'sha512',
  salt: text('salt'),
  hash: hex('hash', { usual: 64, known: SHA512_HASH_BYTES, partVerifies: true }),
  example: {
    password: 'correct horse battery staple',
    digest:
      'pbkdf2_sha512$100000$sT7Zr0Y1qVbN4kPwLx3mGd$15eba2a4ec2e36e0472a31cba2131b631e0c592f1a2052488428e81e05617403e16565009b9bdf83fbab97ef0b7b421a86c213254ce3d28695940ffeb71fa406',
  },
});
