/**
 * Firebase Authentication: `firebase auth:export users.json` or `users.csv`, and the Admin SDK's listUsers as JSON.
 * https://firebase.google.com/docs/cli/auth and src/accountExporter.ts of firebase-tools
 *
 * How to get it: `firebase auth:export users.json --project ID`, and the project's hash parameters from the console:
 * Authentication, Users, the three dots above the list. A digest needs both: `--firebase-config FILE`.
 *
 * The CSV has no header: 28 columns and a comma at the end (26 or 27 in old versions). auth:export writes standard
 * Base64, listUsers the URL-safe one, and calls the salt passwordSalt.
 *
 * What is missing: the hash of users that were imported with another algorithm and have not signed in since (the export
 * leaves it out, so they count as missing); every hash, as REDACTED, where the exporting account lacks the permission
 * firebaseauth.configs.getHashConfig (https://firebase.google.com/docs/auth/admin/manage-users#list_all_users).
 */
import { digestError } from '../../errors.js';
import type { Clue, ExportSource, FieldReader, Sample, SourceOptions } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, isTrue } from './sample-fields.js';
import { convertedFrom, disabledAccount, refusedAlike, type Stored, stored } from './stored.js';

/** In the order of auth:export; the rest is read by no one. */
const COLUMNS = new Map([
  [0, 'localId'],
  [1, 'email'],
  [2, 'emailVerified'],
  [3, 'passwordHash'],
  [4, 'salt'],
  [26, 'disabled'],
]);
const MIN_COLUMNS = 26;
const MAX_COLUMNS = 40;
const CREATED_AT = 23;
/** "REDACTED" in Base64, of the Admin SDK, and "REDACTED===" of the command. */
const REDACTED = ['UkVEQUNURUQ=', 'UkVEQUNURUQ9PT0='];

export const firebase: ExportSource = createFieldSource({
  name: 'firebase',
  title: "auth:export's CSV and JSON, the Admin SDK's listUsers",
  fields: { id: ['localId', 'uid', 'email'], hasher: [], digest: [['passwordHash']] },
  digestParts: ['salt', 'passwordSalt'],
  advice: 'export with: firebase auth:export users.json',
  recognize,
  readColumns: (fields) =>
    fields.includes('passwordHash') || !isExportRow(fields) ? undefined : namesFor(fields.length),
  readDisabled: (field) =>
    isTrue(field('disabled')) ? disabledAccount('the account is disabled at Firebase') : undefined,
  joins: ({ firebase: config }) =>
    config === undefined ? undefined : { hasher: 'scrypt_firebase', salt: ['salt', 'passwordSalt'] },
  read,
});

function recognize(sample: Sample): Clue | undefined {
  if (sample.header !== undefined && isExportRow(sample.header)) {
    return { certainty: 'certain', reason: `no header, and the ${sample.header.length} columns of auth:export` };
  }
  if (hasField(sample, 'localId')) return { certainty: 'certain', reason: 'it has localId' };
  return hasField(sample, 'uid') && (hasField(sample, 'passwordSalt') || hasField(sample, 'tokensValidAfterTime'))
    ? { certainty: 'certain', reason: 'it has uid and passwordSalt or tokensValidAfterTime, as listUsers does' }
    : undefined;
}

/** A user where a header would be. */
function isExportRow(row: readonly string[]): boolean {
  return (
    row.length >= MIN_COLUMNS &&
    row.length <= MAX_COLUMNS &&
    row[0] !== '' &&
    (row[2] === 'true' || row[2] === 'false') &&
    /^\d*$/.test(row[CREATED_AT] ?? '')
  );
}

function namesFor(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => COLUMNS.get(i) ?? `column ${i + 1}`);
}

function read(text: string, field: FieldReader, { firebase: config }: SourceOptions): Stored {
  if (REDACTED.includes(text)) return refusedAlike('firebase redacted', redacted);
  if (config === undefined) return refusedAlike('firebase parameters', parametersNeeded);
  const { signerKey, saltSeparator, rounds, memCost } = config;
  const salt = field('salt') ?? field('passwordSalt') ?? '';
  const digest = `${standard(text)}$${standard(salt)}$${signerKey}$${saltSeparator}$${rounds}$${memCost}`;
  return stored('scrypt_firebase', digest, CONVERTED);
}

const CONVERTED = convertedFrom("Firebase's passwordHash, salt and hash parameters", undefined, 'firebase');

const URL_SAFE = /[-_]/;

/** Not decoded: the hasher reports invalid Base64. */
function standard(base64: string): string {
  return URL_SAFE.test(base64) ? base64.replaceAll('-', '+').replaceAll('_', '/') : base64;
}

/** Not a user without a password: a check of an export that hides every hash must not end well. */
function redacted() {
  return digestError(
    'ERR_MALFORMED',
    'Firebase left the hash out (REDACTED): the exporting account may not see hashes',
    {
      field: 'passwordHash',
      fix: 'export again with an account that has the role Firebase Authentication Admin',
    },
  );
}

function parametersNeeded() {
  return digestError('ERR_UNSUPPORTED', 'the hash parameters of the Firebase project are missing', {
    hasher: 'scrypt_firebase',
    field: 'signerKey',
    fix: 'give them: --firebase-config FILE (console, Authentication, Users, the three dots, Password hash parameters)',
  });
}
