/**
 * Django's PBKDF2PasswordHasher. https://docs.djangoproject.com/en/stable/topics/auth/passwords/
 *
 *     pbkdf2_sha256$260000$sT7Zr0Y1qVbN4kPwLx3mGd$9T4zFPK3/cO2xbgNXkBUSVgu20RfqJ02u3iWhBA9jjc=
 *     (1)           (2)    (3)                    (4)
 * (1) the same word as `pbkdf2_sha256`, which reads the salt as Base64 instead
 * (2) iterations: six digits up to Django 5.1, seven since 5.2
 * (3) salt: the text itself, without "$"
 * (4) hash, Base64, 32 bytes
 *
 * Grammar:
 *     ^(?<name>pbkdf2_sha256)\$(?<iterations>[1-9]\d*)\$(?<salt>[^$]*)\$(?<hash>[A-Za-z0-9+/]{43}=)$
 *
 * Algorithm: PBKDF2-HMAC-SHA256(password, UTF-8 of the salt's text, iterations, 32 bytes) (RFC 8018 §5.2).
 *
 * Written by: Django, by default, since 1.4; Werkzeug's `pbkdf2:sha256` converts to it.
 *
 * Typical: iterations=260000 (Django 3.2); iterations=600000 (Django 4.2); iterations=870000 (Django 5.1);
 * iterations=1000000 (Django 5.2); iterations=1200000 (Django 6.0); iterations=1500000 (Django 6.1)
 *
 * Traps:
 * - `pbkdf2_sha256` has the same first word and reads the salt as Base64: the name in the export decides, and Django's
 *   own is this one.
 * - Old users keep their old iterations until they sign in: one table has them from 10 000 to 1 500 000.
 * - Passwords are not normalised by Django, user names are.
 * - `!` and 40 random characters are a user without a password, no digest.
 */

import { b64, text } from '../layout/index.js';
import type { Hasher } from '../types.js';
import { type Pbkdf2Params, pbkdf2 } from './templates/pbkdf2.js';

export const pbkdf2Sha256Django: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha256_django',
  prefix: 'pbkdf2_sha256$',
  prf: 'sha256',
  salt: text('salt'),
  hash: b64('hash', 32),
  example: {
    password: 'correct horse battery staple',
    digest: 'pbkdf2_sha256$260000$sT7Zr0Y1qVbN4kPwLx3mGd$9T4zFPK3/cO2xbgNXkBUSVgu20RfqJ02u3iWhBA9jjc=',
  },
});
