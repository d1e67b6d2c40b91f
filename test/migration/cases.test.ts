/** Exports that people had: what a check answers, and that it promises nothing that does not hold. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chooseExitCode } from '../../src/cli/report-exit.js';
import { type CheckOptions, check, parseFirebaseConfig } from '../../src/migration/index.js';

const path = (name: string): string => fileURLToPath(new URL(`../fixtures/cases/${name}`, import.meta.url));

/** rows, ok, warned, rejected, disabled, missing */
type Totals = readonly [number, number, number, number, number, number];
const NONE: Totals = [0, 0, 0, 0, 0, 0];

interface Case {
  readonly file: string;
  readonly exit: number;
  readonly totals: Totals;
  /** Codes of the errors. */
  readonly errors?: readonly string[];
  readonly options?: Pick<CheckOptions, 'target'>;
  /** matched, mismatched, missing */
  readonly known?: readonly [number, number, number];
}

/** Where the whole answer needs columns that are joined, the honest refusal. */
const CASES: readonly Case[] = [
  { file: '01-meteor/array.json', exit: 0, totals: [5, 4, 0, 0, 0, 1], known: [2, 0, 0] },
  { file: '01-meteor/users.json', exit: 0, totals: [5, 4, 0, 0, 0, 1], known: [2, 0, 0] },
  {
    ...{ file: '02-firebase-urlsafe/users.json', exit: 0, totals: [4, 4, 0, 0, 0, 0], known: [4, 0, 0] },
    options: { target: 'supabase' },
  },
  {
    ...{ file: '03-firebase-import-bcrypt/accounts-base64.json', exit: 1, totals: [2, 0, 0, 2, 0, 0] },
    errors: ['ERR_UNSUPPORTED'],
  },
  {
    ...{ file: '03-firebase-import-bcrypt/userAccounts.json', exit: 1, totals: [1, 0, 0, 1, 0, 0] },
    errors: ['ERR_UNSUPPORTED'],
  },
  {
    ...{ file: '05-fusionauth/import.json', exit: 1, totals: [5, 1, 0, 4, 0, 0] },
    errors: ['ERR_SALT_SEPARATE', 'ERR_UNKNOWN_HASHER'],
  },
  { file: '06-okta-bcrypt/auth0.ndjson', exit: 0, totals: [1, 1, 0, 0, 0, 0] },
  { file: '06-okta-bcrypt/users.ndjson', exit: 2, totals: [2, 0, 0, 0, 0, 2] },
  { file: '07-keycloak-old/credential.csv', exit: 0, totals: [1, 1, 0, 0, 0, 0] },
  { file: '07-keycloak-old/users.json', exit: 0, totals: [2, 2, 0, 0, 0, 0] },
  { file: '08-flask-security/user.csv', exit: 1, totals: [3, 0, 0, 3, 0, 0], errors: ['ERR_PREHASH'] },
  { file: '09-salt-column/passport.ndjson', exit: 1, totals: [3, 0, 0, 3, 0, 0], errors: ['ERR_SALT_SEPARATE'] },
  { file: '09-salt-column/users.json', exit: 1, totals: [3, 0, 0, 3, 0, 0], errors: ['ERR_SALT_SEPARATE'] },
  { file: '11-cut-off/user.csv', exit: 1, totals: [3, 1, 0, 2, 0, 0] },
  { file: '11-cut-off/user_passlib.csv', exit: 1, totals: [3, 0, 0, 3, 0, 0] },
  { file: '15-gigya/gigya.json', exit: 1, totals: [2, 0, 0, 2, 0, 0], errors: ['ERR_NOT_TEXT'] },
  { file: '15-gigya/phc.csv', exit: 1, totals: [2, 0, 0, 2, 0, 0] },
  { file: '21-logto/users.csv', exit: 2, totals: NONE },
  { file: '22-excel/users.csv', exit: 1, totals: [8, 1, 1, 6, 0, 0], errors: ['ERR_MALFORMED'] },
  { file: '24-salt-csv/kinde.csv', exit: 2, totals: NONE },
  { file: '24-salt-csv/reachfive.csv', exit: 2, totals: NONE },
  {
    ...{ file: '28-forum-salt/mybb_users.csv', exit: 1, totals: [2, 0, 0, 2, 0, 0], known: [0, 2, 0] },
    errors: ['ERR_SALT_SEPARATE'],
  },
  { file: '28-forum-salt/vb_user.csv', exit: 1, totals: [3, 0, 0, 3, 0, 0], errors: ['ERR_SALT_SEPARATE'] },
  { file: '29-aspnet/AspNetUsers.csv', exit: 2, totals: NONE },
  { file: '31-mongo-binary/parse_User.ndjson', exit: 2, totals: [2, 0, 0, 0, 0, 2] },
  { file: '31-mongo-binary/users.ndjson', exit: 0, totals: [2, 2, 0, 0, 0, 0], known: [1, 0, 0] },
  { file: '32-sql-exports/copy.tsv', exit: 2, totals: NONE },
  { file: '32-sql-exports/dump.sql', exit: 0, totals: [2, 2, 0, 0, 0, 0] },
  { file: '32-sql-exports/headless.csv', exit: 2, totals: NONE },
  { file: '32-sql-exports/users.tsv', exit: 0, totals: [2, 1, 0, 0, 0, 1] },
  { file: '32-sql-exports/wp_users.json', exit: 0, totals: [2, 2, 0, 0, 0, 0] },
  {
    ...{ file: '36-fbscrypt/users.csv', exit: 0, totals: [1, 1, 0, 0, 0, 0], known: [1, 0, 0] },
    options: { target: 'supabase' },
  },
  { file: '39-no-hashes/auth0_ext.ndjson', exit: 2, totals: [2, 0, 0, 0, 0, 2] },
  { file: '39-no-hashes/auth0_users.ndjson', exit: 2, totals: [2, 0, 0, 0, 0, 2] },
  { file: '39-no-hashes/cognito.json', exit: 2, totals: NONE },
  {
    ...{ file: '45-bcrypt-php/fusionauth_identities.csv', exit: 1, totals: [2, 0, 0, 2, 0, 0] },
    errors: ['ERR_SALT_SEPARATE', 'ERR_UNKNOWN_HASHER'],
  },
  { file: '45-bcrypt-php/lower.ldif', exit: 0, totals: [1, 1, 0, 0, 0, 0] },
  { file: '45-bcrypt-php/users.ldif', exit: 0, totals: [1, 1, 0, 0, 0, 0] },
  {
    ...{ file: '45-bcrypt-php/users.csv', exit: 1, totals: [1, 0, 0, 1, 0, 0], options: { target: 'node-bcrypt' } },
    errors: ['ERR_UNSUPPORTED'],
  },
];

async function reportOf({ file, options, known }: Case) {
  const folder = file.slice(0, file.indexOf('/'));
  const config = folder.startsWith('02') ? await readFile(path(`${folder}/hash-config.txt`), 'utf8') : undefined;
  return check([path(file)], {
    ...options,
    ...(config !== undefined && { firebase: parseFirebaseConfig(config) }),
    ...(known !== undefined && { canaries: path(`${folder}/known.csv`) }),
  });
}

test('no case is left out', () => expect(CASES.length).toBeGreaterThan(35));

test.each(CASES)('$file', async (one) => {
  const report = await reportOf(one);
  const { rows, ok, warned, rejected, disabled, missing } = report.totals;
  expect([rows, ok, warned, rejected, disabled, missing]).toEqual(one.totals);
  expect(chooseExitCode(report, false)).toBe(one.exit);
  const errors = new Set(report.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code));
  if (one.errors !== undefined) expect([...errors].sort()).toEqual([...one.errors].sort());
  if (one.known !== undefined) {
    const { matched, mismatched, missing } = report.canaries;
    expect([matched, mismatched, missing]).toEqual(one.known);
  }
});

describe('a Keycloak realm with bcrypt and PBKDF2', () => {
  test.each(['realm.json', 'realm-full.json'])('%s is read whole', async (name) => {
    const report = await check([path(`07-keycloak-old/${name}`)]);
    expect(report.input.source).toBe('keycloak');
    expect(report.totals).toMatchObject({ rows: 2, rejected: 0, missing: 0 });
    expect(report.hashers).toMatchObject({ bcrypt: { rows: 1, ok: 1 }, pbkdf2_sha256: { rows: 1 } });
  });
});

test('what Meteor wrote becomes bcrypt_sha256_django, whatever the caller calls it', async () => {
  for (const options of [{}, { source: 'meteor' }, { hasher: 'bcrypt' }] as const) {
    const report = await check([path('01-meteor/users.json')], options);
    expect(Object.keys(report.hashers)).toEqual(['bcrypt_sha256_django']);
  }
  const options = { source: 'generic', digestField: 'services.password.bcrypt' } as const;
  const generic = await check([path('01-meteor/users.json')], options);
  expect(generic.totals).toMatchObject({ ok: 0, warned: 0, rejected: 4, missing: 1 });
});
