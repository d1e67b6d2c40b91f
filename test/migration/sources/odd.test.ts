/** Exports that are cut off, of another shape, or without what a source needs: each has a clear answer, and no data in it. */
import { describe, expect, test } from 'vitest';
import { InputProblem } from '../../../src/files/input-problem.js';
import { parseFirebaseConfig } from '../../../src/migration/index.js';
import { BCRYPT } from '../../support/exports.js';
import { firebaseOptions, reportOf, rowsOf, textOf, told } from '../../support/fixtures.js';

const problemOf = async (text: string, options = {}, source?: string): Promise<InputProblem> =>
  await rowsOf(text, options, source).then(
    () => {
      throw new Error('it was read');
    },
    (error) => error,
  );

describe("Firebase's CSV", () => {
  test('that is cut off in a row has that row counted as unreadable', async () => {
    const text = (await textOf('firebase.csv')).split('\n').slice(0, 2).join('\n').slice(0, -100);
    const rows = await rowsOf(text, await firebaseOptions());
    expect(rows.map(({ line, problem }) => [line, problem === undefined])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test('that is cut off in the salt has no digest made of a half of it', async () => {
    const text = `${(await textOf('firebase.csv')).split('\n')[1]?.split(',Joe')[0]?.slice(0, -6)}`;
    const rows = await rowsOf(`${await textOf('firebase.csv')}${text}`, await firebaseOptions());
    expect(rows.at(-1)?.problem).toMatchObject({ code: 'too-few-fields', format: 'csv' });
  });

  test('never shows a value of its first row', async () => {
    const row = (await textOf('firebase.csv')).split('\n')[0] ?? '';
    const cut = row.split(',').slice(0, 10).join(',');
    for (const [text, source] of [
      [cut, undefined],
      [cut, 'firebase'],
      [row, 'generic'],
      [row, 'clerk'],
    ] as const) {
      const { message, fix, code } = await problemOf(`${text}\n`, {}, source);
      for (const value of row.split(',').filter((one) => one.length > 4))
        expect(`${message} ${fix}`).not.toContain(value);
      expect(code).toBe('no-digest-field');
    }
  });

  test('with a header of its own names is read by them', async () => {
    const text = 'localId,passwordHash,salt\nx,UkVEQUNURUQ9PT0=,abcd\ny,,\n';
    expect(await Promise.all((await rowsOf(text)).map(told))).toEqual([
      [2, 'x', undefined, 'ERR_MALFORMED'],
      [3, 'y', undefined, 'no password'],
    ]);
  });

  test('without the hash parameters says where they are', async () => {
    const { findings, totals } = await reportOf('firebase.csv');
    expect(totals).toMatchObject({ rejected: 3, disabled: 1, missing: 2 });
    expect(findings[0]).toMatchObject({
      code: 'ERR_UNSUPPORTED',
      field: 'signerKey',
    });
  });
});

describe("Firebase's hash parameters", () => {
  const KEY = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';
  const WANTED = { signerKey: KEY, saltSeparator: 'Bw==', rounds: 8, memCost: 14 };

  test.each([
    [
      'the text of the console',
      `hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: ${KEY},\n  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}`,
    ],
    [
      'that text with comments',
      `algorithm: SCRYPT, // a\nbase64_signer_key: ${KEY}, // b\nbase64_salt_separator: Bw==,\nrounds: 8,\nmem_cost: 14`,
    ],
    ['flat JSON', JSON.stringify({ base64_signer_key: KEY, base64_salt_separator: 'Bw==', rounds: 8, mem_cost: 14 })],
    [
      'JSON under hash_config',
      JSON.stringify({
        hash_config: {
          algorithm: 'SCRYPT',
          base64_signer_key: KEY,
          base64_salt_separator: 'Bw==',
          rounds: 8,
          mem_cost: 14,
        },
      }),
    ],
    [
      "the API's JSON",
      JSON.stringify({
        name: 'x',
        signIn: {
          hashConfig: { algorithm: 'SCRYPT', signerKey: KEY, saltSeparator: 'Bw==', rounds: 8, memoryCost: 14 },
        },
      }),
    ],
    [
      'URL-safe Base64',
      JSON.stringify({
        base64_signer_key: KEY.replaceAll('+', '-').replaceAll('/', '_'),
        base64_salt_separator: 'Bw==',
        rounds: '8',
        mem_cost: '14',
      }),
    ],
  ])('are read from %s', (_, text) => expect(parseFirebaseConfig(text)).toEqual(WANTED));

  test.each([
    ['', 'base64_signer_key'],
    ['{"users":[]}', 'base64_signer_key'],
    [`base64_signer_key: ${KEY}\nrounds: 8\nmem_cost: 14`, 'base64_salt_separator'],
    [
      `base64_signer_key: ${KEY.slice(0, -5)}\nbase64_salt_separator: Bw==\nrounds: 8\nmem_cost: 14`,
      'base64_signer_key',
    ],
    ['base64_signer_key: <...sensitive...>\n', 'base64_signer_key'],
    [`base64_signer_key: ${KEY}\nbase64_salt_separator: Bw==\nrounds: eight\nmem_cost: 14`, 'rounds'],
    [`base64_signer_key: ${KEY}\nbase64_salt_separator: Bw==\nrounds: 8\nmem_cost: 0`, 'mem_cost'],
    [`algorithm: BCRYPT\nbase64_signer_key: ${KEY}`, 'SCRYPT'],
  ])('are refused by name: %j, %s', (text, name) => {
    let problem: unknown;
    try {
      parseFirebaseConfig(text);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(InputProblem);
    expect(problem).toMatchObject({ code: 'invalid-firebase-config' });
    const { message, fix } = problem as InputProblem;
    expect(message).toContain(name);
    expect(`${message}${fix}`).not.toContain(KEY.slice(0, 12));
  });
});

test.each([null, undefined, 5, Buffer.from('base64_signer_key: x'), ['x'], {}])(
  "%j as Firebase's hash parameters is wrong use",
  (text) => {
    expect(() => parseFirebaseConfig(text as never)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(/^parseFirebaseConfig: text\b/) }),
    );
  },
);

describe('an export that has no digests', () => {
  const WITHOUT: Readonly<Record<string, string>> = {
    wordpress: 'ID,user_login,user_email\n1,jane,jane@example.com\n',
    supabase: 'id,email,raw_app_meta_data,is_sso_user\n1,a@example.com,{},f\n',
    'better-auth': 'id,accountId,providerId\n1,2,google\n',
    devise: 'id,email\n1,a@example.com\n',
    django: 'id,username\n1,jane\n',
    clerk: 'id,primary_email_address\n1,a@example.com\n',
    ldif: 'dn: uid=jane\nobjectClass: person\nuid: jane\n',
    keycloak: 'id,username\n1,jane\n',
    generic: 'id,username\n1,jane\n',
  };

  test.each([
    ['auth0-export.json', 2],
    ['authjs.json', 3],
    ['keycloak-realm-without-users.json', 0],
  ])('%s says how to get them', async (name, missing) => {
    const { input, totals } = await reportOf(name);
    expect(input.problem).toMatchObject({ code: 'no-digest-field', fix: expect.any(String) });
    expect(totals).toMatchObject({ missing, rows: missing });
  });

  test('says how to get them from its own source', async () => {
    const names = Object.keys(WITHOUT);
    const problems = await Promise.all(names.map((source) => problemOf(WITHOUT[source] ?? '', {}, source)));
    expect(problems.map(({ code }) => code)).toEqual(names.map(() => 'no-digest-field'));
    expect(new Set(problems.map(({ fix }) => fix)).size).toBe(names.length);
  });
});

describe('a file that is cut off', () => {
  test.each([
    'clerk.json',
    'firebase.json',
    'auth0-import.json',
    'supabase.json',
    'better-auth.json',
    'django.json',
    'keycloak.json',
  ])('%s says so', async (name) => {
    const text = (await textOf(name)).trimEnd().slice(0, -20);
    const options = name === 'firebase.json' ? await firebaseOptions() : {};
    expect((await problemOf(text, options)).code).toBe('cut-off');
  });

  test('LDIF in the middle of a value has that entry counted', async () => {
    const text = (await textOf('ldif.ldif')).split('\nuid: crypt')[0] ?? '';
    const rows = await rowsOf(`${text}\nuserPassword:: e0NSWVB\n`);
    expect(rows.at(-1)?.problem).toEqual({ code: 'not-base64', attribute: 'userpassword' });
  });

  test('a line of a password file that is cut off is counted', async () => {
    const rows = await rowsOf((await textOf('shadow')).trimEnd().slice(0, -8), {}, 'shadow');
    expect(rows.at(-1)?.problem).toMatchObject({ format: 'colons', expected: 9 });
  });
});

describe('LDIF', () => {
  const entry = (lines: string) => `dn: uid=jane,dc=example\nuid: jane\n${lines}\n\n`;

  test.each([
    ['additions are users', `changetype: add\nuserPassword: {CRYPT}${BCRYPT}`, ['jane']],
    ['additions are users in any letters', `ChangeType: Add\nuserPassword: {CRYPT}${BCRYPT}`, ['jane']],
    ['names may be in any letters, with options', `USERPASSWORD;x-a: {CRYPT}${BCRYPT}`, ['jane']],
    [
      'a value in another file is not opened',
      `jpegPhoto:< file:///etc/passwd\nuserPassword: {CRYPT}${BCRYPT}`,
      ['jane'],
    ],
    ['a photograph need not be text', `jpegPhoto:: /9j/4AAQSkZJRg==\nuserPassword: {CRYPT}${BCRYPT}`, ['jane']],
    [
      'CRLF and folds',
      `userPassword: {CRYPT}${BCRYPT.slice(0, 9)}\n ${BCRYPT.slice(9)}`.replaceAll('\n', '\r\n'),
      ['jane'],
    ],
  ])('%s', async (_, lines, ids) => {
    // Another entry, so that there is a password in any case.
    const text = `${entry(lines)}dn: uid=joe,dc=example\nuid: joe\nuserPassword: {CRYPT}${BCRYPT}\n`;
    const rows = await rowsOf(text.replaceAll(/\r?\n/g, lines.includes('\r') ? '\r\n' : '\n'));
    expect(rows.map(({ id, passwordHasher }) => [id, passwordHasher])).toEqual(
      [...ids, 'joe'].map((id) => [id, 'bcrypt']),
    );
  });

  test.each([
    'modify\nreplace: userPassword\nuserPassword: {CRYPT}x\n-',
    'delete',
    'modrdn\nnewrdn: uid=joan\ndeleteoldrdn: 1',
  ])('a change other than an addition is reported: %s', async (change) => {
    const other = `dn: uid=joe,dc=example\nuid: joe\nuserPassword: {CRYPT}${BCRYPT}\n`;
    const rows = await rowsOf(`${entry(`changetype: ${change}`)}${other}`);
    expect(rows.map(({ line, id, problem }) => [line, id, problem?.code])).toEqual([
      [1, '', 'change-record'],
      [rows[1]?.line, 'joe', undefined],
    ]);
  });

  test('an entry without end is refused', async () => {
    const line = `description: ${'x'.repeat(1024 * 1024)}\n`;
    expect((await problemOf(`dn: uid=jane\n${line.repeat(5)}`)).code).toBe('record-too-long');
  });
});

test('a pepper for an export that is not of Devise is a problem, not ignored', async () => {
  const problem = await problemOf(`id,password_hash\n1,${BCRYPT}\n`, { pepper: 'secret pepper' });
  expect(problem.fix).toContain('--source devise');
  expect(`${problem.message}${problem.fix}`).not.toContain('secret pepper');
});

test('a row that is short after its digest is read with a warning; one cut off in the digest is not', async () => {
  const rows = await rowsOf(`id,password_hash,a,b\n1,${BCRYPT},x\n2,${BCRYPT.slice(0, -3)}\n3\n4,${BCRYPT},x,y\n`);
  expect(rows.map(({ id, problem, findings }) => [id, problem !== undefined, findings?.[0]?.code])).toEqual([
    ['1', false, 'WARN_ROW'],
    ['', true, undefined],
    ['', true, undefined],
    ['4', false, undefined],
  ]);
});
