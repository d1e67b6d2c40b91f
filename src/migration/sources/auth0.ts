/**
 * Auth0: the password export of its support (NDJSON), and the JSON of its bulk import.
 * https://auth0.com/docs/manage-users/user-migration/export-password-hashes-and-mfa-secrets
 * https://auth0.com/docs/manage-users/user-migration/bulk-user-import-database-schema-and-examples
 *
 * How to get it: a support case; the file comes encrypted with PGP, one user per line, with `passwordHash` in bcrypt. Its
 * `_id.$oid` is the part after `auth0|` in user_id.
 *
 * What is missing: every hash in the API's user export; users of social and enterprise connections in the password
 * export.
 *
 * `custom_password_hash` is a hash of another system with its parameters, by its algorithm:
 *
 *     bcrypt           bcrypt; with a salt after the password bcrypt_peppered, with one before it not supported
 *     argon2           argon2i, argon2id
 *     pbkdf2           the hasher of its sha1, sha256 or sha512; i=100000 and l=64 where they are left out
 *     scrypt           scrypt_werkzeug, if keylen is 64 and the salt is text without "$"
 *     ldap             ldap_ssha, md5
 *     md5, sha256      the hasher itself; with a salt before the password md5_salted, sha256_salted
 *     sha512           sha512_symfony with one iteration, without a salt or with one in braces after the password
 *     md4, sha1, hmac  not supported
 */
import { customPasswordHash } from './auth0-custom-hash.js';
import type { Clue, ExportSource, Sample } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, hasValue, isTrue } from './sample-fields.js';
import { disabledAccount, storedDigest } from './stored.js';

const CUSTOM = 'custom_password_hash';
const CONNECTION_ID = /^(?:auth0|google-oauth2|facebook|apple|windowslive|github|sms|email|samlp|waad|oidc)\|/;

export const auth0: ExportSource = createFieldSource({
  name: 'auth0',
  title: 'NDJSON of its support, JSON of bulk imports',
  fields: {
    id: ['user_id', '_id.$oid', '_ID.$oid', 'Id', 'email', 'Email'],
    hasher: [],
    // The object first: where a user has one, password_hash is absent or null.
    digest: [[`${CUSTOM}.hash.value`, 'password_hash', 'passwordHash']],
  },
  holders: [CUSTOM],
  isDigestAlone: (field) => field(CUSTOM) === undefined,
  advice: "Auth0's user export leaves the hashes out: ask its support for the export of password hashes",
  recognize,
  readDisabled: (field) => (isTrue(field('blocked')) ? disabledAccount('the account is blocked at Auth0') : undefined),
  read: (text, field) => (field(CUSTOM) === undefined ? storedDigest(text) : customPasswordHash(text, field)),
});

function recognize(sample: Sample): Clue | undefined {
  if (hasField(sample, CUSTOM)) return { certainty: 'certain', reason: `it has ${CUSTOM}` };
  if (hasField(sample, 'passwordHash', 'tenant', 'connection')) {
    return { certainty: 'certain', reason: 'it has passwordHash, tenant and connection' };
  }
  if (hasField(sample, 'user_id', 'identities'))
    return { certainty: 'certain', reason: 'it has user_id and identities' };
  return hasValue(sample, ['user_id', 'Id'], (value) => CONNECTION_ID.test(value))
    ? { certainty: 'certain', reason: 'its user ids begin with the name of a connection' }
    : undefined;
}
