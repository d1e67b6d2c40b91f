/**
 * LDIF of any directory: OpenLDAP, 389, ApacheDS, Active Directory Lightweight. RFC 2849; userPassword is RFC 4519
 * §2.41 with the schemes of RFC 2307 §5.3.
 *
 * How to get it: `slapcat`, `dsctl INSTANCE db2ldif`, or `ldapsearch -LLL` as an account that may read userPassword.
 *
 * What is missing: every hash of Active Directory, which exports none.
 *
 * A user may have several values; the first that a hasher can hold is taken. Entries that are not accounts are skipped.
 *
 *     {SSHA}…                       as it is          {CRYPT}$2b$…, {ARGON2}…, {MD5}…, {PBKDF2-SHA256}…    converted
 *     {SHA}, {SMD5}, {SSHA512}, {CRYPT}$6$…           not supported
 *     {SASL}…                       the password is somewhere else            no scheme: it is the password itself
 */
import { isDisabledMarker } from '../../recognize/disabled.js';
import type { Finding } from '../../types.js';
import { readFilled } from './choose-fields.js';
import type { Bound, DigestForm, ExportSource, FieldReader, Usual } from './contract.js';
import { isTrue } from './sample-fields.js';
import { disabledAccount, NO_PASSWORD, type Stored, stored, storedDigest, unsupported } from './stored.js';

/** In small letters, as the reader gives them. */
const DIGEST = 'userpassword';
const ID = ['uid', 'uid.0', 'samaccountname', 'mail', 'mail.0', 'cn', 'cn.0', 'dn'];
const ACCOUNTS = [
  'person',
  'organizationalperson',
  'inetorgperson',
  'account',
  'posixaccount',
  'shadowaccount',
  'user',
];
/** Read with their scheme, these are what is after it. */
const FORMS: readonly DigestForm[] = [
  { prefix: '{CRYPT}$2', skip: '{CRYPT}'.length, hasher: 'bcrypt' },
  { prefix: '{ARGON2}$argon2id$', skip: '{ARGON2}'.length, hasher: 'argon2id' },
  { prefix: '{ARGON2}$argon2i$', skip: '{ARGON2}'.length, hasher: 'argon2i' },
];
const SCHEME = /^\{([A-Za-z0-9./_-]+)\}/;
/** With a hash of 20 bytes. */
const MIN_SSHA_CHARS = 33;
const SEVERAL: Finding = {
  code: 'NOTE_SEVERAL',
  severity: 'note',
  field: 'userPassword',
  message: 'the entry has several passwords: the first that a hasher can hold was taken',
};

export const ldif: ExportSource = {
  name: 'ldif',
  title: 'LDIF of any directory',
  format: 'ldif',
  recognize: ({ format }) =>
    format === 'ldif'
      ? { certainty: 'certain', reason: 'it begins with the dn of an entry, or a version, of LDIF' }
      : undefined,
  bind(_fields, _all, options): Bound {
    const digest = options.digestField?.toLowerCase() ?? DIGEST;
    const ids = options.idField === undefined ? ID : [options.idField.toLowerCase()];
    const isLocked = (field: FieldReader) => isTrue(field('nsaccountlock'));
    const usual: Usual = (field, has) => !has('nsaccountlock') || !isLocked(field);
    return {
      source: 'ldif',
      digestFields: ['userPassword'],
      advice: 'export with slapcat, or bind with an account that may read userPassword',
      plain: { id: ids, hasher: [], digest: [digest], forms: FORMS, usual },
      extract(field) {
        const values = readValues(field, digest);
        if (values === undefined && !isAccount(field)) return undefined;
        const id = readFilled(field, ids) ?? '';
        const found = isLocked(field) ? LOCKED : values === undefined ? ABSENT : best(values);
        const { passwordHasher, passwordDigest, findings, error } = found;
        return { id, passwordHasher, passwordDigest, findings, error };
      },
    };
  },
};

const LOCKED = disabledAccount('the account is locked (nsAccountLock)');
const ABSENT: Stored = { passwordHasher: undefined, passwordDigest: undefined };

/** Of an attribute that may have several; undefined where the entry has none of it. */
function readValues(field: FieldReader, name: string): readonly string[] | undefined {
  const value = field(name);
  if (value !== '') return value === undefined ? undefined : [value];
  const values: string[] = [];
  for (let one = field(`${name}.0`); one !== undefined; one = field(`${name}.${values.length}`)) values.push(one);
  return values.length === 0 ? [''] : values;
}

function isAccount(field: FieldReader): boolean {
  return readValues(field, 'objectclass')?.some((name) => ACCOUNTS.includes(name.toLowerCase())) ?? false;
}

function best(values: readonly string[]): Stored {
  if (values.length === 1) return ofValue(values[0] as string);
  const found = values.map(ofValue);
  const taken = found.find(({ error, passwordDigest }) => error === undefined && passwordDigest !== '') ?? found[0];
  return taken === undefined ? NO_PASSWORD : { ...taken, findings: addSeveral(taken.findings) };
}

const ONLY_SEVERAL: readonly Finding[] = Object.freeze([SEVERAL]);
const withSeveral = new WeakMap<readonly Finding[], readonly Finding[]>();

/** The same array for the same findings, so that rows are counted by it. */
function addSeveral(findings: readonly Finding[] | undefined): readonly Finding[] {
  if (findings === undefined) return ONLY_SEVERAL;
  const known = withSeveral.get(findings);
  if (known !== undefined) return known;
  const all = [...findings, SEVERAL];
  if (Object.isFrozen(findings)) withSeveral.set(findings, Object.freeze(all));
  return all;
}

/** The commonest, recognised without a search. Of a locked account a mark follows the scheme. */
function isSsha(text: string): boolean {
  return text.startsWith('{SSHA}') && text.length > MIN_SSHA_CHARS && text[6] !== '!' && text[6] !== '*';
}

function ofValue(text: string): Stored {
  if (isSsha(text)) return stored('ldap_ssha', text);
  if (text === '' || isDisabledMarker(text)) return stored(undefined, text);
  const scheme = SCHEME.exec(text);
  if (scheme === null) {
    return text.startsWith('$')
      ? storedDigest(text)
      : unsupported('a userPassword without a scheme', 'it is the password itself, without any hash');
  }
  const value = text.slice(scheme[0].length);
  switch (scheme[1]?.toUpperCase()) {
    case 'SSHA':
      return stored('ldap_ssha', text);
    case 'CRYPT':
      return isDisabledMarker(value) ? stored(undefined, value) : storedDigest(text);
    case 'CLEARTEXT':
    case 'CLEAR':
    case 'PLAIN':
      return unsupported('LDAP {CLEARTEXT}', 'it is the password itself, without any hash');
    case 'SASL':
      return unsupported('LDAP {SASL}', 'another system checks the password, and this one has no hash of it');
    default: {
      const found = storedDigest(text);
      return found.error === undefined && found.passwordHasher === undefined
        ? unsupported('a userPassword with a scheme that is not known here', 'this scheme is not supported')
        : found;
    }
  }
}
