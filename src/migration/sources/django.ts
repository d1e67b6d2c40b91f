/**
 * Django: the table auth_user (or the app's own user model) as CSV, and `manage.py dumpdata auth.user` as JSON.
 * https://docs.djangoproject.com/en/stable/topics/auth/passwords/ and django/contrib/auth/hashers.py
 *
 * How to get it: `manage.py dumpdata auth.user > users.json`, or `\copy auth_user to 'users.csv' csv header`.
 *
 * What is missing: nothing that a digest needs. Records of dumpdata are `{model, pk, fields}`; those whose fields have
 * no password are of other models, and no users. Users created without a password have `!` and 40 random characters.
 * Users with is_active false cannot sign in.
 *
 *     pbkdf2_sha256$…                    pbkdf2_sha256_django        bcrypt_sha256$$2b$…     as it is
 *     bcrypt$$2b$…, argon2$argon2id$…    cut to bcrypt, argon2id     scrypt$N$salt$r$p$…     scrypt_werkzeug
 *     pbkdf2_sha1$…                      pbkdf2_sha1 in hexadecimal  md5$salt$…, bare MD5    md5_salted, md5
 *     sha1$salt$…, sha1$$…, crypt$$…     not supported
 */
import type { Clue, ExportSource, FieldReader, Sample } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, hasValue, isFalse, listFields } from './sample-fields.js';
import { disabledAccount, isMd5, type Stored, stored, storedDigest } from './stored.js';

const DIGEST = ['password', 'fields.password'];
const COLUMNS = ['last_login', 'is_superuser', 'is_staff', 'date_joined', 'is_active'];
/** Written by Django alone. */
const OWN = /^(?:argon2\$argon2|bcrypt\$\$2|scrypt\$\d+\$|md5\$[^$]*\$[0-9a-f]{32}$|sha1\$[^$]*\$[0-9a-f]{40}$)/;
/** The salt of Django 3.2 on has 22 characters, which as Base64 would have padding. */
const PBKDF2 = /^pbkdf2_sha256\$\d+\$[A-Za-z0-9]{22}\$/;

export const django: ExportSource = createFieldSource({
  name: 'django',
  title: "auth_user as CSV, dumpdata's JSON",
  fields: {
    id: ['id', 'pk', 'uuid', 'username', 'email', 'fields.username', 'fields.email'],
    hasher: [],
    digest: [DIGEST],
  },
  advice: 'dump the user model: manage.py dumpdata auth.user',
  digestAlone: true,
  forms: [
    { prefix: 'pbkdf2_sha256$', skip: 0, hasher: 'pbkdf2_sha256_django' },
    { prefix: 'bcrypt$$2', skip: 'bcrypt$'.length, hasher: 'bcrypt' },
    { prefix: 'argon2$argon2id$', skip: 'argon2'.length, hasher: 'argon2id' },
    { prefix: 'argon2$argon2i$', skip: 'argon2'.length, hasher: 'argon2i' },
    { prefix: 'md5$', skip: 'md5$'.length, hasher: 'md5_salted' },
  ],
  recognize,
  isUser: (_field, has) => !has('model') || !has('pk') || has('fields.password'),
  readDisabled: (field) =>
    isFalse(field('is_active') ?? field('fields.is_active'))
      ? disabledAccount('the account is disabled in Django (is_active)')
      : undefined,
  read,
});

function recognize(sample: Sample): Clue | undefined {
  if (hasField(sample, 'model', 'pk', 'fields')) {
    return { certainty: 'certain', reason: 'its records have model, pk and fields, as dumpdata writes them' };
  }
  const [first, second] = listFields(sample, COLUMNS);
  if (second !== undefined && hasField(sample, 'password')) {
    return { certainty: 'certain', reason: `it has password, ${first} and ${second}` };
  }
  const fits = (pattern: RegExp) => hasValue(sample, ['password'], (value) => pattern.test(value));
  if (fits(OWN)) return { certainty: 'certain', reason: 'its passwords have forms that only Django writes' };
  if (fits(PBKDF2)) return { certainty: 'certain', reason: "its passwords are pbkdf2_sha256 with Django's salts" };
  return fits(/^pbkdf2_sha256\$/)
    ? { certainty: 'possible', reason: 'its passwords are pbkdf2_sha256, which Django writes, and others do' }
    : undefined;
}

function read(text: string, _field: FieldReader): Stored {
  if (text.startsWith('pbkdf2_sha256$')) return stored('pbkdf2_sha256_django', text);
  if (isMd5(text)) return stored('md5', text);
  return storedDigest(text, 'Django');
}
