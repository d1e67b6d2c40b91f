/** Which source an export is of, told from its content with a reason; and when it is not told but asked for. */
import { describe, expect, test } from 'vitest';
import type { CheckOptions, CheckReport } from '../../../src/migration/index.js';
import { findOrigin } from '../../../src/migration/input/origin.js';
import { detectFormat } from '../../../src/migration/input/sniff.js';
import { sources } from '../../../src/migration/sources/index.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, ndjsonOf } from '../../support/exports.js';
import { firebaseOptions, PASSWORD, reportOf, rowsOf } from '../../support/fixtures.js';

describe('the samples', () => {
  const SAMPLES = [
    ['clerk.csv', 'clerk', 'csv'],
    ['clerk.json', 'clerk', 'json'],
    ['firebase.csv', 'firebase', 'csv'],
    ['firebase.json', 'firebase', 'json'],
    ['firebase-list-users.json', 'firebase', 'json'],
    ['auth0-import.json', 'auth0', 'json'],
    ['auth0.ndjson', 'auth0', 'ndjson'],
    ['auth0-export.json', 'auth0', 'json'],
    ['supabase.csv', 'supabase', 'csv'],
    ['supabase.json', 'supabase', 'json'],
    ['authjs.json', 'authjs', 'json'],
    ['better-auth.csv', 'better-auth', 'csv'],
    ['better-auth.json', 'better-auth', 'json'],
    ['django.csv', 'django', 'csv'],
    ['django.json', 'django', 'json'],
    ['wordpress.csv', 'wordpress', 'csv'],
    ['keycloak.json', 'keycloak', 'json'],
    ['keycloak-users-0.json', 'keycloak', 'json'],
    ['keycloak-realm-without-users.json', 'keycloak', 'json'],
    ['keycloak-credential.csv', 'keycloak', 'csv'],
    ['meteor.json', 'meteor', 'ndjson'],
    ['devise.csv', 'devise', 'csv'],
    ['werkzeug.csv', 'werkzeug', 'csv'],
    ['symfony.csv', 'symfony', 'csv'],
    ['ldif.ldif', 'ldif', 'ldif'],
    ['shadow', 'shadow', 'colons'],
    ['htpasswd', 'htpasswd', 'colons'],
  ] as const;

  test.each(SAMPLES)('%s is of %s', async (name, source, format) => {
    const { input } = await reportOf(name);
    expect(input).toMatchObject({ source, format });
  });

  test('are of their source for the reasons that the golden file has', async () => {
    const lines: string[] = [];
    for (const [name] of SAMPLES) lines.push(`${name}: ${(await reportOf(name)).input.sourceReason}\n`);
    await expect(lines.join('')).toMatchFileSnapshot('auto.golden');
  });

  test('have every source but the generic one', () => expect(sources.length).toBe(17));

  test.each([
    ['firebase.csv', { rows: 6, ok: 2, warned: 0, rejected: 1, disabled: 1, missing: 2 }],
    ['auth0-import.json', { rows: 26, ok: 14, warned: 0, rejected: 10, disabled: 1, missing: 1 }],
    ['supabase.csv', { rows: 6, ok: 3, warned: 0, rejected: 0, disabled: 1, missing: 2 }],
    ['better-auth.csv', { rows: 4, ok: 1, warned: 1, rejected: 0, disabled: 0, missing: 2 }],
    ['django.csv', { rows: 14, ok: 8, warned: 0, rejected: 3, disabled: 2, missing: 1 }],
    ['django.json', { rows: 14, ok: 8, warned: 0, rejected: 3, disabled: 2, missing: 1 }],
    ['wordpress.csv', { rows: 6, ok: 3, warned: 1, rejected: 1, disabled: 0, missing: 1 }],
    ['keycloak.json', { rows: 9, ok: 4, warned: 0, rejected: 2, disabled: 1, missing: 2 }],
    ['werkzeug.csv', { rows: 7, ok: 4, warned: 0, rejected: 3, disabled: 0, missing: 0 }],
    ['symfony.csv', { rows: 4, ok: 3, warned: 0, rejected: 0, disabled: 1, missing: 0 }],
    ['ldif.ldif', { rows: 13, ok: 6, warned: 0, rejected: 4, disabled: 2, missing: 1 }],
    ['shadow', { rows: 8, ok: 1, warned: 0, rejected: 3, disabled: 3, missing: 1 }],
    ['htpasswd', { rows: 4, ok: 1, warned: 0, rejected: 3, disabled: 0, missing: 0 }],
  ])('%s has these totals', async (name, totals) => {
    const report = await reportOf(name, name.startsWith('firebase') ? ((await firebaseOptions()) as CheckOptions) : {});
    expect(report.totals).toEqual(totals);
    expect(report.input.problem).toBeUndefined();
  });
});

describe('a format that no hasher can hold', () => {
  const unsupported = ({ findings }: CheckReport) =>
    findings.filter(({ code }) => code === 'ERR_UNSUPPORTED').map(({ kind, count }) => [kind.split('/').at(-1), count]);

  test.each([
    ['wordpress.csv', 'wordpress-6-8-wp-2y'],
    ['shadow', 'yescrypt-y'],
    ['shadow', 'sha-512-crypt-6'],
    ['shadow', 'the-des-method-of-crypt-3'],
    ['htpasswd', 'apache-md5-apr1'],
    ['werkzeug.csv', 'werkzeug-plain'],
    ['django.csv', 'django-crypt'],
    ['keycloak.json', 'keycloak'],
    ['auth0-import.json', 'auth0-hmac'],
    ['ldif.ldif', 'ldap-sha'],
  ])('in %s is counted under its writer: %s', async (name, writer) => {
    expect(unsupported(await reportOf(name))).toContainEqual([writer, 1]);
  });

  test('shows no password that stood there bare', async () => {
    for (const name of ['ldif.ldif', 'keycloak.json', 'werkzeug.csv']) {
      expect(JSON.stringify(await reportOf(name))).not.toContain(PASSWORD);
    }
  });
});

describe('where the content could be of several', () => {
  const problemOf = async (text: string, options = {}) =>
    await findOrigin(text, undefined, options).catch((error) => error);
  const flagsIn = (fix: string): readonly string[] => fix.match(/--[a-z]+ [A-Za-z]+/g) ?? [];

  test('the candidates are named, and a flag is asked for', async () => {
    const pbkdf2 = 'pbkdf2_sha256$1000$c2FsdHNhbHQ=$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=';
    const problem = await problemOf(csvOf([{ id: '1', password: pbkdf2 }]));
    expect(problem).toMatchObject({ name: 'InputProblem', code: 'ambiguous-source' });
    expect(flagsIn(problem.fix)).toEqual(['--source django', '--source generic', '--hasher NAME']);
    expect(`${problem.message}${problem.fix}`).not.toContain('c2FsdHNh');
  });

  test('a SHA-512 with a salt in a column of its own may be Symfony or anything', async () => {
    const text = csvOf([{ id: '1', password: 'ab'.repeat(64), salt: 'abc' }]);
    expect(flagsIn((await problemOf(text)).fix)).toContain('--source symfony');
  });

  test('a flag that says what the digests are is enough', async () => {
    const text = csvOf([{ id: '1', password: MD5_OF_PASSWORD, salt: 'abc' }]);
    expect(await rowsOf(text, { hasher: 'md5' })).toMatchObject([{ passwordHasher: 'md5' }]);
  });

  test("Django's salts of 22 characters tell it", async () => {
    const digest = 'pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=';
    expect(await rowsOf(csvOf([{ id: '1', password: digest }]))).toMatchObject([
      { passwordHasher: 'pbkdf2_sha256_django' },
    ]);
  });
});

describe('where it stands further on', () => {
  test('the fields of the first records tell, also past the beginning', async () => {
    const user = { username: 'jane', credentials: [], requiredActions: [] };
    const text = JSON.stringify({ realm: 'x', filler: 'x'.repeat(300_000), users: [user] });
    expect(await rowsOf(text)).toMatchObject([{ id: 'jane', passwordDigest: '' }]);
  });
});

describe('files of lines', () => {
  test.each([
    ['colons', `jane:${BCRYPT}\n`],
    ['colons', `# comment\n\njane:${BCRYPT}\r\njoe:$apr1$71850310$gh9m4xcAn3MGxogwX/ztb.\r\n`],
    ['colons', 'root:x:0:0:root:/root:/bin/sh\njane:x:1000:1000:Jane,,,:/home/jane:/bin/sh\n'],
    ['colons', 'jane:!:::::::\n'],
    ['csv', 'id:password\n1:x\n'],
    ['csv', 'a:b,c\n'],
    ['csv', `jane:${BCRYPT}\nno colon\n`],
    ['ldif', 'dn: uid=jane,dc=example\n'],
    ['ldif', '# slapcat\nversion: 1\n\ndn:: dWlkPWphbmU=\n'],
    ['csv', 'version,dn\n'],
  ])('%s: %j', (format, text) => expect(detectFormat(text)).toBe(format));

  test('LDIF is not read as anything else', async () => {
    const problem = await rowsOf('dn: uid=jane\nuserPassword: x\n', {}, 'generic').catch((error) => error);
    expect(problem).toMatchObject({ name: 'InputProblem', code: 'other-source' });
  });

  test('a mixture of platforms is read line by line of NDJSON as its first says', async () => {
    const rows = await rowsOf(ndjsonOf([{ id: '1', encrypted_password: BCRYPT, instance_id: '0' }, { id: '2' }]));
    expect(rows).toMatchObject([
      { id: '1', passwordHasher: 'bcrypt' },
      { id: '2', passwordDigest: undefined },
    ]);
  });
});
