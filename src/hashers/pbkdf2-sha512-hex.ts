/**
 * PBKDF2-HMAC-SHA512 with salt and hash in hexadecimal. RFC 8018 §5.2.
 *
 *     pbkdf2_sha512_hex$100000$101112131415161718191a1b1c1d1e1f$7b858d0abfa6153e49f39535c445b62a…
 *     (1)               (2)    (3)                              (4)
 * (1) name
 * (2) iterations
 * (3) salt, hexadecimal
 * (4) hash, hexadecimal, 64 bytes as a rule
 */
import type { Hasher } from '../types.js';
import { hexCodec } from './forms/codec.js';
import { type Pbkdf2Params, pbkdf2 } from './forms/pbkdf2.js';

export const pbkdf2Sha512Hex: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha512_hex',
  prefix: 'pbkdf2_sha512_hex$',
  prf: 'sha512',
  salt: hexCodec,
  hash: hexCodec,
  usualHashBytes: 64,
  example: {
    password: 'correct horse battery staple',
    digest:
      'pbkdf2_sha512_hex$100000$101112131415161718191a1b1c1d1e1f$7b858d0abfa6153e49f39535c445b62a70d61c55cdcdc33e4bdc9dedecf47d6d75d595fc4775e2cc42b3f39e969c33fb1b79e6dd1a5a098ffe32063f567b552d',
  },
});
