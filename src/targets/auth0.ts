/** Auth0's bulk user import: `password_hash` for bcrypt, `custom_password_hash` for the rest. */
import type { HasherRule, ImportTarget } from './contract.js';
import { AT_LOGIN, defineTarget } from './define.js';

const PBKDF2: HasherRule = {
  accepts: 'yes',
  form: 'phc-pbkdf2',
  as: 'custom_password_hash, algorithm pbkdf2: $pbkdf2-<digest>$i=…,l=…$salt$hash, Base64 without padding',
};

/** libsodium refuses another order of the parameters, and another version. */
const ARGON2: HasherRule = {
  accepts: 'yes',
  as: 'custom_password_hash, algorithm argon2',
  params: { version: { oneOf: [19], fix: AT_LOGIN } },
  canonical: ['params', 'v'],
};

export const auth0: ImportTarget = defineTarget({
  name: 'auth0',
  title: 'Auth0',
  sources: [
    {
      what: 'the import schema',
      url: 'https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples',
      seen: '2026-11-23, auth0/docs-v2@090cedad',
    },
    {
      what: 'argon2 is verified by libsodium',
      url: 'https://github.com/auth0/magic/blob/master/magic.js',
      seen: '2026-11-23, auth0/magic@a1e8cd9c; libsodium 1.0.22 was run',
    },
  ],
  rules: {
    argon2i: { ...ARGON2, accepts: 'unknown' },
    argon2id: ARGON2,
    bcrypt: {
      accepts: 'yes',
      as: 'password_hash',
      params: {
        cost: { min: 10, max: 10, fix: 'import it as custom_password_hash, algorithm bcrypt: no cost is stated there' },
        variant: {
          oneOf: ['2a', '2b'],
          fix: `import $2y$ as custom_password_hash, algorithm bcrypt, which takes it; for $2x$ and $2$ ${AT_LOGIN}`,
        },
      },
    },
    bcrypt_peppered: {
      accepts: 'yes',
      form: 'other',
      as: "custom_password_hash, algorithm bcrypt, with salt { value: the pepper, encoding: 'utf8', position: 'suffix' }",
      params: { variant: { oneOf: ['2a', '2b', '2y'], fix: AT_LOGIN } },
    },
    ldap_ssha: { accepts: 'yes', as: 'custom_password_hash, algorithm ldap' },
    md5: { accepts: 'yes', as: 'custom_password_hash, algorithm md5, encoding hex' },
    md5_salted: {
      accepts: 'yes',
      form: 'other',
      as: 'custom_password_hash, algorithm md5, salt with position prefix or suffix',
    },
    pbkdf2_sha1: PBKDF2,
    pbkdf2_sha256: PBKDF2,
    pbkdf2_sha256_django: PBKDF2,
    pbkdf2_sha512: PBKDF2,
    pbkdf2_sha512_hex: PBKDF2,
    scrypt_werkzeug: {
      accepts: 'yes',
      form: 'other',
      as: 'custom_password_hash, algorithm scrypt, keylen 64, cost N, blockSize r, parallelization p, salt encoding utf8',
    },
    sha256: { accepts: 'yes', as: 'custom_password_hash, algorithm sha256, encoding hex' },
    sha256_salted: {
      accepts: 'yes',
      form: 'other',
      as: 'custom_password_hash, algorithm sha256, salt with position prefix or suffix',
    },
    sha512_symfony: {
      accepts: 'yes',
      form: 'other',
      as: 'custom_password_hash, algorithm sha512, salt "{…}" with position suffix',
      params: { iterations: { max: 1, fix: AT_LOGIN } },
    },
  },
});
