/**
 * PBKDF2-HMAC-SHA256 with salt and hash in Base64. RFC 8018 §5.2.
 *
 *     pbkdf2_sha256$100000$EBESExQVFhcYGRobHB0eHw==$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=
 *     (1)           (2)    (3)                      (4)
 * (1) the same word as Django's: `pbkdf2_sha256_django` reads the salt as text instead
 * (2) iterations
 * (3) salt, Base64
 * (4) hash, Base64, 32 bytes by default (Keycloak writes 64)
 *
 * Grammar:
 *     ^(?<name>pbkdf2_sha256)\$(?<iterations>[1-9]\d*)\$(?<salt>(?:[A-Za-z0-9+/]+={0,2})?)\$(?<hash>[A-Za-z0-9+/]+={0,2})$
 *
 * Algorithm: PBKDF2-HMAC-SHA256(password, salt, iterations), as long as the hash (RFC 8018 §5.2).
 *
 * Written by: the import API's own form. Brought to it are Keycloak's `pbkdf2-sha256`, ASP.NET Identity 3, passlib's
 * `$pbkdf2-sha256$`, PHC strings of Kratos and Auth0, Spring's `{pbkdf2@SpringSecurity_v5_8}`.
 *
 * Typical: iterations=27500,keylen=64 (Keycloak before 24); iterations=600000,keylen=32 (OWASP);
 * iterations=10000,keylen=32 (ASP.NET Core Identity before .NET 7); iterations=310000,keylen=32 (Spring Security 5.8)
 *
 * Traps:
 * - `pbkdf2_sha256_django` has the same first word and reads the salt as text: as the wrong one of the two a digest
 *   parses, and no password matches.
 * - Keycloak writes 64 bytes of hash: two blocks, so twice the work.
 * - Base64 without its padding is refused: some exports cut the "=" off.
 */
import { adviseHasher, DigestError, digestError } from '../errors.js';
import { b64 } from '../layout/index.js';
import type { Hasher } from '../types.js';
import { pbkdf2Sha256Django } from './pbkdf2-sha256-django.js';
import { type Pbkdf2Params, pbkdf2 } from './templates/pbkdf2.js';

/** What Django makes its salts of: 22 characters since 3.2, and 12 before, which are Base64 too. */
const DJANGO_SALT = /^pbkdf2_sha256\$\d+\$[A-Za-z0-9]+\$/;

const DJANGO_SALT_CHARS = /^pbkdf2_sha256\$\d+\$[A-Za-z0-9]{22}\$/;
/** Sixteen bytes in Base64 without padding: the last of 22 characters carries two bits. Django's salts are as long. */
const UNPADDED_SALT = /^pbkdf2_sha256\$\d+\$[A-Za-z0-9]{21}[AQgw]\$/;

/** Suggests Django's hasher for a salt that is not Base64, if that hasher reads the digest. */
function orDjango(error: DigestError, digest: string): DigestError {
  if (error.field !== 'salt' || !DJANGO_SALT.test(digest)) return error;
  try {
    pbkdf2Sha256Django.parse(digest);
  } catch (other) {
    if (other instanceof DigestError) return error;
    throw other;
  }
  if (UNPADDED_SALT.test(digest)) {
    return digestError('ERR_MALFORMED', 'salt is Base64 without its "=", or the text salt of pbkdf2_sha256_django', {
      field: 'salt',
      offset: error.offset,
      hint: 'check which product wrote it, or try a known password',
    });
  }
  // Of another length it may as well be Base64 that lost or won a character.
  if (!DJANGO_SALT_CHARS.test(digest)) {
    return digestError('ERR_MALFORMED', 'salt is damaged Base64, or the text salt of pbkdf2_sha256_django', {
      field: 'salt',
      offset: error.offset,
      hint: 'check which product wrote it, or try a known password',
    });
  }
  return digestError('ERR_WRONG_HASHER', 'salt is text, not Base64: this is a pbkdf2_sha256_django digest', {
    field: 'salt',
    offset: error.offset,
    ...adviseHasher('pbkdf2_sha256_django'),
  });
}

export const pbkdf2Sha256: Hasher<Pbkdf2Params, undefined> = pbkdf2({
  name: 'pbkdf2_sha256',
  prefix: 'pbkdf2_sha256$',
  prf: 'sha256',
  salt: b64('salt'),
  // 24: CrackStation's PBKDF2 in PHP, https://github.com/defuse/password-hashing. 16: Jackrabbit Oak,
  // https://github.com/apache/jackrabbit-oak/blob/trunk/oak-security-spi/src/main/java/org/apache/jackrabbit/oak/spi/security/user/util/PasswordUtil.java
  hash: b64('hash', { usual: 32, known: [16, 24], partVerifies: true }),
  refuse: orDjango,
  example: {
    password: 'correct horse battery staple',
    digest: 'pbkdf2_sha256$100000$EBESExQVFhcYGRobHB0eHw==$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=',
  },
});
