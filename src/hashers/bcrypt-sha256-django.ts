/**
 * Django's BCryptSHA256PasswordHasher: bcrypt of the SHA-256 of the password, so that long passwords count whole.
 * https://docs.djangoproject.com/en/stable/topics/auth/passwords/#using-bcrypt-with-django
 *
 *     bcrypt_sha256$$2b$10$N9qo8uLOickgx2ZMRZoMyewJeZyOwf.RfZ8NZsJGXrx/452O9GiNC
 *     (1)           (2)
 * (1) Django's name of the algorithm
 * (2) a bcrypt digest of the lowercase hexadecimal SHA-256 of the password
 *
 * Grammar:
 *     ^(?<name>bcrypt_sha256)\$(?<bcrypt>\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53})$
 *
 * Algorithm: bcrypt of the 64 lowercase hexadecimal digits of SHA-256(password).
 *
 * Written by: Django with BCryptSHA256PasswordHasher first in PASSWORD_HASHERS.
 *
 * Typical: cost=12 (Django)
 *
 * Traps:
 * - There are two "$" in a row; scripts that collapse or split at them lose one.
 * - passlib's `$bcrypt-sha256$` is another algorithm (Base64, later versions an HMAC) and has no hasher.
 * - Django's `bcrypt$$2b$…` is bcrypt of the password itself: cut its name off (`digestry convert`).
 */
import { utf8 } from '../encoding/bytes.js';
import { expectPrefix } from '../encoding/fields.js';
import { encodeHex } from '../encoding/hex.js';
import { bcryptCost } from '../kdf/cost.js';
import type { Hasher } from '../types.js';
import { type BcryptParams, locateBcrypt, parseBcrypt, serializeBcrypt } from './bcrypt.js';
import { defineHasher } from './define.js';

const PREFIX = 'bcrypt_sha256$';

export const bcryptSha256Django: Hasher<BcryptParams, undefined> = defineHasher<BcryptParams>({
  name: 'bcrypt_sha256_django',
  prefixes: [PREFIX],
  example: {
    password: 'correct horse battery staple',
    digest: 'bcrypt_sha256$$2b$10$N9qo8uLOickgx2ZMRZoMyewJeZyOwf.RfZ8NZsJGXrx/452O9GiNC',
  },
  parse: (digest) => parseBcrypt(digest, expectPrefix(digest, PREFIX)),
  serialize: (parsed) => PREFIX + serializeBcrypt(parsed),
  cost: bcryptCost,
  locate: (digest, field) => locateBcrypt(digest, field, PREFIX.length),
  derive(password, { params, salt }, kdfs) {
    const prehashed = utf8(encodeHex(kdfs.hash('sha256', password)));
    return kdfs.bcrypt({ password: prehashed, salt, ...params });
  },
});
