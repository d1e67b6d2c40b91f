/** Sources: which fields they take, whichever format the rows are in. */
import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../../src/migration/index.js';
import { sourceNamed, sources } from '../../../src/migration/sources/index.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, ndjsonOf, temporaryFolder, USERS, type User } from '../../support/exports.js';

const folder = temporaryFolder();

async function reports(users: readonly User[], options: CheckOptions = {}) {
  const texts = {
    'lf.csv': csvOf(users),
    'crlf.csv': csvOf(users, '\r\n'),
    'cr.csv': csvOf(users, '\r'),
    'quoted.csv': csvOf(users).replace(/^(u\d+)/gm, '"$1"'),
    'bom.csv': `\ufeff${csvOf(users)}`,
    'all.ndjson': ndjsonOf(users),
    'array.json': JSON.stringify(users),
    'object.json': JSON.stringify({ total: users.length, users }, null, 2),
  };
  return Promise.all(
    Object.entries(texts).map(async ([name, text]) => check([await folder.write(name, text)], options)),
  );
}

describe('every format of the same rows gives the same report', () => {
  test('but for lines, bytes and timing', async () => {
    const [first, ...others] = (await reports(USERS)).map(
      ({ totals, hashers, findings, duplicates, canaries, input }) => ({
        source: input.source,
        totals,
        hashers,
        findings: findings.map((finding) => ({ ...finding, examples: finding.examples.map(({ id }) => id) })),
        duplicates,
        canaries,
      }),
    );
    expect(first?.totals).toEqual({ rows: 12, ok: 5, warned: 1, rejected: 4, disabled: 1, missing: 1 });
    for (const other of others) expect(other).toEqual(first);
  });

  test('also where nobody has a digest', async () => {
    for (const report of await reports(USERS.map((user) => ({ ...user, passwordDigest: '' })))) {
      expect(report.totals).toEqual({ rows: 12, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 12 });
      expect(report.input.problem).toBeUndefined();
    }
  });

  test('also where no field could hold one', async () => {
    for (const { input } of await reports(USERS.map(({ id = '' }) => ({ id, secret: 'x' })))) {
      expect(input.problem?.code).toBe('no-digest-field');
      expect(input.problem?.fix).not.toContain('secret');
    }
  });

  test('also with the fields named by flags', async () => {
    const users = USERS.map((user) => ({
      who: user['id'] ?? '',
      how: user['passwordHasher'] ?? '',
      pw: user['passwordDigest'] ?? '',
    }));
    for (const report of await reports(users, { idField: 'who', hasherField: 'how', digestField: 'pw' })) {
      expect(report.totals).toMatchObject({ ok: 5, warned: 1, rejected: 4 });
      expect(report.findings.every(({ examples }) => examples.every(({ id }) => /^u|^$/.test(id)))).toBe(true);
    }
  });
});

describe('the source is detected from the fields', () => {
  test.each([
    ['clerk', { id: '1', password_digest: BCRYPT, password_hasher: 'bcrypt' }],
    ['generic', { id: '1', password_hash: BCRYPT }],
    ['generic', { uid: '1', encrypted_password: BCRYPT, hasher: 'bcrypt' }],
    ['generic', { email: '1', digest: BCRYPT }],
  ])('%s: %j', async (source, user) => {
    for (const { input, totals } of await reports([user])) {
      expect(input.source).toBe(source);
      expect(totals).toMatchObject({ ok: 1, rows: 1 });
    }
  });

  test('several of them are mixed', async () => {
    const files = [
      await folder.write('1.csv', csvOf([{ id: '1', password_digest: BCRYPT, password_hasher: 'bcrypt' }])),
      await folder.write('2.ndjson', ndjsonOf([{ id: '1', passwordDigest: BCRYPT }])),
    ];
    const { input, totals } = await check(files);
    expect(input).toMatchObject({ source: 'mixed', format: 'mixed', rows: 2 });
    expect(totals.ok).toBe(2);
  });

  test('a source that is asked for is taken', async () => {
    const file = await folder.write('generic.csv', csvOf([{ id: '1', password_hash: BCRYPT }]));
    const { input } = await check([file], { source: 'clerk' });
    expect(input).toMatchObject({ source: 'clerk', problem: { code: 'no-digest-field' } });
  });
});

test('the hasher of rows without one is the given one, else the certain shape', async () => {
  const file = await folder.write('bare.csv', csvOf([{ password_hash: BCRYPT }, { password_hash: MD5_OF_PASSWORD }]));
  expect((await check([file])).hashers).toMatchObject({ bcrypt: { ok: 1 }, unknown: { rejected: 1 } });
  expect((await check([file], { hasher: 'md5' })).hashers).toMatchObject({ md5: { ok: 1, rejected: 1 } });
});

test('names that there are not are wrong use', async () => {
  expect(() => sourceNamed('constructor')).toThrow(TypeError);
  for (const options of [
    { hasher: '__proto__' },
    { source: 'nope' },
    { target: 'nope' },
    ...[0, 1.5, 1025].map((threads) => ({ threads })),
  ] as unknown as CheckOptions[]) {
    await expect(check(['none'], options)).rejects.toThrow(TypeError);
  }
  await expect(check(['none'], { hasher: 'bcript' })).rejects.toThrow(/\bbcrypt\b/);
  expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length);
});
