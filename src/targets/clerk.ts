/** Clerk's createUser and user import. */
import type { HasherRule, ImportTarget } from './contract.js';
import { AT_LOGIN, defineTarget } from './define.js';

const YES: HasherRule = { accepts: 'yes' };
const COST = { min: 4, max: 15 };
const VARIANT = { oneOf: ['2a', '2b', '2y'] };
const REHASH = `${AT_LOGIN} before the migration`;
const BCRYPT: HasherRule = {
  accepts: 'yes',
  params: {
    cost: { ...COST, fix: REHASH },
    variant: { ...VARIANT, fix: `${REHASH}; another variant in its place fails some passwords` },
  },
};
/** Both rules are published for bcrypt alone. */
const AROUND_BCRYPT: HasherRule = {
  accepts: 'yes',
  params: { cost: { ...COST, otherwise: 'unknown' }, variant: { ...VARIANT, otherwise: 'unknown' } },
};
const ARGON2: HasherRule = { accepts: 'yes', params: { version: { oneOf: [19], otherwise: 'unknown' } } };

export const clerk: ImportTarget = defineTarget({
  name: 'clerk',
  title: 'Clerk',
  sources: [
    {
      what: 'names and forms',
      url: 'https://clerk.com/docs/reference/backend/user/create-user',
      seen: '2026-11-23, clerk/clerk-docs@000e8b70',
    },
    {
      what: 'bcrypt cost 4 to 15 and its prefixes; no empty field in the two scrypts',
      url: 'https://github.com/clerk/cli/blob/main/packages/cli-core/src/commands/migrate/lib/checks.ts',
      seen: '2026-11-23, clerk/cli@618d1f21',
    },
    {
      what: 'the 22 names together',
      url: 'https://github.com/clerk/cli/blob/main/packages/cli-core/src/commands/migrate/README.md',
      seen: '2026-11-23',
    },
  ],
  rules: {
    argon2i: ARGON2,
    argon2id: ARGON2,
    awscognito: { accepts: 'yes', note: 'the app client must allow ALLOW_USER_PASSWORD_AUTH' },
    bcrypt: BCRYPT,
    bcrypt_peppered: AROUND_BCRYPT,
    bcrypt_sha256_django: AROUND_BCRYPT,
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
    scrypt_firebase: { accepts: 'yes', nonEmpty: ['hash', 'salt', 'signerKey', 'saltSeparator'] },
    scrypt_werkzeug: { accepts: 'yes', nonEmpty: ['salt'] },
    sha256: YES,
    sha256_salted: YES,
    sha512_symfony: YES,
  },
});
