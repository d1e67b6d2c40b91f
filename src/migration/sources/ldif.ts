/**
 * LDIF of any directory: OpenLDAP, 389, ApacheDS, Active Directory Lightweight. RFC 2849; userPassword is RFC 4519
 * §2.41 with the schemes of RFC 2307 §5.3.
 *
 * How to get it: `slapcat`, `dsctl INSTANCE db2ldif`, or `ldapsearch -LLL` as an account that may read userPassword.
 *
 * What is missing: every hash of Active Directory, which gives none out.
 *
 * A user may have several values; the first that a hasher can hold is taken. Entries that are not accounts are skipped.
 *
 *     {SSHA}…                       as it is          {CRYPT}$2b$…, {ARGON2}…, {MD5}…, {PBKDF2-SHA256}…    converted
 *     {SHA}, {SMD5}, {SSHA512}, {CRYPT}$6$…           no hasher is these
 *     {SASL}…                       the password is somewhere else            no scheme: it is the password itself
 */
import type { JsonRecord } from '../../encoding/json.js';
import { isDisabledMarker } from '../../recognize/disabled.js';
import type { Finding } from '../../types.js';
import { readFilled } from './choose-fields.js';
import type { Bound, ExportSource, SourceOptions } from './contract.js';
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
const SCHEME = /^\{([A-Za-z0-9./_-]+)\}/;
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
  bind: (_fields, _all, options): Bound => ({
    source: 'ldif',
    digestFields: ['userPassword'],
    advice: 'export with slapcat, or bind with an account that may read userPassword',
    extract(field, source) {
      const record = source?.whole() ?? {};
      const values = readValues(record, options);
      if (values === undefined && !isAccount(record)) return undefined;
      const id = readFilled(field, options.idField === undefined ? ID : [options.idField.toLowerCase()]) ?? '';
      if (isTrue(field('nsaccountlock'))) return { id, ...disabledAccount('the account is locked (nsAccountLock)') };
      return { id, ...(values === undefined ? ABSENT : best(values)) };
    },
  }),
};

const ABSENT: Stored = { passwordHasher: undefined, passwordDigest: undefined };

function readValues(record: JsonRecord, { digestField }: SourceOptions): readonly string[] | undefined {
  const value = record[digestField?.toLowerCase() ?? DIGEST];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : undefined;
}

function isAccount({ objectclass }: JsonRecord): boolean {
  const classes = Array.isArray(objectclass) ? objectclass : [objectclass];
  return classes.some((name) => typeof name === 'string' && ACCOUNTS.includes(name.toLowerCase()));
}

function best(values: readonly string[]): Stored {
  const found = values.map(ofValue);
  const taken = found.find(({ error, passwordDigest }) => error === undefined && passwordDigest !== '') ?? found[0];
  if (taken === undefined) return NO_PASSWORD;
  return values.length === 1 ? taken : { ...taken, findings: [...(taken.findings ?? []), SEVERAL] };
}

function ofValue(text: string): Stored {
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
        ? unsupported('a userPassword with a scheme that is not known here', 'no hasher is known to hold it')
        : found;
    }
  }
}
