/** Clerk's createUser and user import. */
import type { HasherRule, Target } from './contract.js';

const YES: HasherRule = { accepts: 'yes' };
const BCRYPT: HasherRule = {
  accepts: 'yes',
  params: {
    cost: { min: 4, max: 15, fix: 'let these users set a new password, or rehash them at login before the migration' },
    variant: { oneOf: ['2a', '2b', '2y'], otherwise: 'unknown' },
  },
};
const ARGON2: HasherRule = { accepts: 'yes', params: { version: { oneOf: [19], otherwise: 'unknown' } } };

export const clerk: Target = {
  name: 'clerk',
  title: 'Clerk',
  sources: [
    {
      what: 'names and forms',
      url: 'https://clerk.com/docs/reference/backend/user/create-user',
      seen: '2026-11-23, clerk/clerk-docs@000e8b70',
    },
    {
      what: 'the 22 names together; bcrypt cost 4 to 15 and its prefixes',
      url: 'https://github.com/clerk/cli/blob/main/packages/cli-core/src/commands/migrate/lib/checks.ts',
      seen: '2026-11-23, clerk/cli@618d1f21',
    },
  ],
  rules: {
    argon2i: ARGON2,
    argon2id: ARGON2,
    awscognito: { accepts: 'yes', note: 'the app client must allow ALLOW_USER_PASSWORD_AUTH' },
    bcrypt: BCRYPT,
    bcrypt_peppered: BCRYPT,
    bcrypt_sha256_django: BCRYPT,
    hmac_sha256_utf16_b64: YES,
    ldap_ssha: YES,
    md5: YES,
    md5_phpass: YES,
    md5_salted: YES,
    pbkdf2_sha1: YES,
    pbkdf2_sha256: YES,
    pbkdf2_sha256_django: YES,
    pbkdf2_sha512: YES,
    pbkdf2_sha512_hex: YES,
    phpass: { accepts: 'yes', canonical: ['prefix'], note: 'only $P$ is documented' },
    scrypt_firebase: YES,
    scrypt_werkzeug: YES,
    sha256: YES,
    sha256_salted: YES,
    sha512_symfony: YES,
  },
};
