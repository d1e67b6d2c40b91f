/**
 * Symfony: the user table as CSV or JSON, also of FOSUserBundle.
 * https://symfony.com/doc/current/security/passwords.html and MessageDigestPasswordHasher.php
 *
 * How to get it: `\copy "user" to 'users.csv' csv header`, with the columns password and salt.
 *
 * Today's `auto` writes bcrypt or Argon2. FOSUserBundle and Symfony 2 have SHA-512 with the salt in a column of its
 * own: 5000 iterations and Base64 unless security.yaml says otherwise (`iterations`, `encode_as_base64: false`:
 * hexadecimal, which is read too).
 *
 * What is missing: an export does not record iterations other than 5000: first try one user whose password you know.
 */
import { encodeBase64 } from '../../encoding/base64.js';
import { decodeHex } from '../../encoding/hex.js';
import type { ExportSource, FieldReader } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, hasValue, isFalse, listFields } from './sample-fields.js';
import { convertedFrom, disabledAccount, type Stored, stored, storedDigest } from './stored.js';

const DEFAULT_ITERATIONS = 5000;
/** SHA-512 in Base64 or hexadecimal. */
const HASH = /^(?:[A-Za-z0-9+/]{86}==|[0-9a-f]{128})$/;

export const symfony: ExportSource = createFieldSource({
  name: 'symfony',
  title: "user table as CSV and JSON, also FOSUserBundle's",
  fields: { id: ['id', 'uuid', 'username', 'email'], hasher: [], digest: [['password']] },
  digestParts: ['salt'],
  recognize(sample) {
    const [canonical] = listFields(sample, [
      'username_canonical',
      'email_canonical',
      'usernameCanonical',
      'emailCanonical',
    ]);
    if (canonical !== undefined && hasField(sample, 'password')) {
      return { certainty: 'certain', reason: `it has password and FOSUserBundle's ${canonical}` };
    }
    const { records } = sample;
    const fits = records.length === 0 || hasValue(sample, ['password'], (value) => HASH.test(value));
    return hasField(sample, 'password', 'salt') && fits
      ? { certainty: 'possible', reason: 'it has password and salt, as Symfony 2 does' }
      : undefined;
  },
  readDisabled: (field) =>
    isFalse(field('enabled')) ? disabledAccount('the account is not enabled (enabled)') : undefined,
  read,
});

function read(text: string, field: FieldReader): Stored {
  const hash = /^[A-Za-z0-9+/]{86}==$/.test(text) ? text : /^[0-9a-f]{128}$/.test(text) ? fromHex(text) : undefined;
  if (hash === undefined) return storedDigest(text);
  const digest = `sha512_symfony$${DEFAULT_ITERATIONS}$${field('salt') ?? ''}$${hash}`;
  return stored('sha512_symfony', digest, ASSUMED);
}

const ASSUMED = convertedFrom(
  `Symfony's password and salt, with its default of ${DEFAULT_ITERATIONS} iterations`,
  undefined,
  'symfony',
);

function fromHex(text: string): string {
  return encodeBase64(decodeHex(text, 0, text.length, 'password'));
}
