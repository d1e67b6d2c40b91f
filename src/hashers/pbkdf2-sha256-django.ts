/**
 * Django's PBKDF2PasswordHasher. https://docs.djangoproject.com/en/stable/topics/auth/passwords/
 *
 *     pbkdf2_sha256$260000$sT7Zr0Y1qVbN4kPwLx3mGd$9T4zFPK3/cO2xbgNXkBUSVgu20RfqJ02u3iWhBA9jjc=
 *     (1)           (2)    (3)                    (4)
 * (1) the same word as `pbkdf2_sha256`, which reads the salt as Base64 instead
 * (2) iterations: six digits up to Django 5.1, seven since 5.2
 * (3) salt: the text itself, without "$"
 * (4) hash, Base64, 32 bytes
 */
import type { Hasher } from '../types.js';
import { base64Codec, textCodec } from './forms/codec.js';
import { type Pbkdf2Params, pbkdf2 } from './forms/pbkdf2.js';

export const pbkdf2Sha256Django: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha256_django',
  prefix: 'pbkdf2_sha256$',
  prf: 'sha256',
  salt: textCodec,
  hash: base64Codec,
  usualHashBytes: 32,
  fixed: true,
  example: {
    password: 'correct horse battery staple',
    digest: 'pbkdf2_sha256$260000$sT7Zr0Y1qVbN4kPwLx3mGd$9T4zFPK3/cO2xbgNXkBUSVgu20RfqJ02u3iWhBA9jjc=',
  },
});
