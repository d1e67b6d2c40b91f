/** Files of ready and of rejected rows: what is in them, and that they are there whole or not at all. */
import { readdirSync } from 'node:fs';
import { link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import Papa from 'papaparse';
import { beforeEach, describe, expect, test } from 'vitest';
import { clerkHashers, parse, validate } from '../../../src/index.js';
import { type CheckOptions, type CheckReport, check, OutputProblem } from '../../../src/migration/index.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder, USERS } from '../../support/exports.js';
import { shown } from '../../support/secrets.js';
import { conversionVectors, hasherVectors } from '../../support/vectors.js';

const folder = temporaryFolder();
const SAMPLE = new URL('../../../vectors/sample/users.csv', import.meta.url).pathname;
const sound = csvOf([{ id: '1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT }]);

interface Ready {
  readonly id: string;
  readonly passwordHasher: string;
  readonly passwordDigest: string;
}

let number = 0;
beforeEach(() => mkdir(folder.path(String(++number))));
/** In a folder of the test's own, so that it can be seen what else is in it. */
const own = (name: string) => folder.path(`${number}/${name}`);

async function records<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

async function outOf(content: string, options: CheckOptions = {}): Promise<{ report: CheckReport; ready: Ready[] }> {
  await writeFile(own('in'), content);
  const report = await check([own('in')], { ...options, out: own('out') });
  return { report, ready: await records<Ready>(own('out')) };
}

describe('a record of NDJSON', () => {
  test('has no character that a terminal obeys, and the same value', async () => {
    const id = 'a\u009b31m\u007f\u202eb';
    await writeFile(
      own('in'),
      csvOf([
        { id, passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
        { id, passwordHasher: 'md5', passwordDigest: 'none' },
      ]),
    );
    await check([own('in')], { out: own('out'), rejects: own('rejects') });
    for (const name of ['out', 'rejects']) {
      expect(await readFile(own(name), 'utf8')).toMatch(/^[ -~]+\n$/);
      expect(await records(own(name))).toMatchObject([{ id }]);
    }
  });
});

describe('--out', () => {
  test('holds every row that will verify, converted and canonical, and nothing else', async () => {
    const report = await check([SAMPLE], { out: own('out') });
    const ready = await records<Ready>(own('out'));
    const { totals, output } = report;
    expect(ready.length).toBe(totals.ok + totals.warned);
    expect(output?.out).toMatchObject({ file: own('out'), format: 'ndjson', rows: ready.length });
    for (const row of ready) {
      expect(Object.keys(row)).toEqual(['id', 'passwordHasher', 'passwordDigest']);
      expect(validate(row).ok).toBe(true);
    }
    const asItStands = await check([SAMPLE]);
    const mended = asItStands.totals.rejected - totals.rejected;
    expect(mended).toBeGreaterThan(0);
    expect((output?.out?.converted ?? 0) + (output?.out?.repaired ?? 0)).toBe(mended);
    expect(totals.disabled).toBe(asItStands.totals.disabled);
    expect(totals.missing).toBe(asItStands.totals.missing);
  });

  test.each(['ndjson', 'clerk-csv'] as const)(
    'as %s goes through check again, with nothing left to do',
    async (outFormat) => {
      const before = await check([SAMPLE], { out: own('once'), outFormat });
      const after = await check([own('once')], { out: own('twice'), outFormat });
      const { totals, output, input } = after;
      expect(totals.rows).toBe(before.totals.ok + before.totals.warned);
      expect([totals.rejected, totals.disabled, totals.missing]).toEqual([0, 0, 0]);
      expect(output?.out).toMatchObject({ converted: 0, repaired: 0, canonical: 0, rows: totals.rows });
      expect(input.source).toBe(outFormat === 'ndjson' ? 'generic' : 'clerk');
      expect(await readFile(own('twice'), 'utf8')).toBe(await readFile(own('once'), 'utf8'));
      expect((await check([own('once')])).totals.rejected).toBe(0);
    },
  );

  test('counts rows, and the form of the target apart from conversions', async () => {
    const { report } = await outOf(
      csvOf([
        { id: '1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$2b$', '$2y$') },
        { id: '2', passwordHasher: 'bcrypt', passwordDigest: `{bcrypt}${BCRYPT.replace('$2b$', '$2y$')}` },
      ]),
      { target: 'node-bcrypt' },
    );
    expect(report.output?.out).toMatchObject({ rows: 2, converted: 1, targetForm: 2 });
  });

  test('converts every digest of another system that converts, and says from what', async () => {
    const tests = conversionVectors().flatMap(({ groups }) => groups.flatMap((group) => group.tests));
    const users = tests.map(({ text }, i) => ({ id: `u${i}`, digest: text }));
    users.push({ id: 'lucia', digest: `s2:${'a'.repeat(16)}:${'b'.repeat(128)}` });
    const { report, ready } = await outOf(csvOf(users));
    const byId = new Map(ready.map((row) => [row.id, row]));
    let converted = 0;
    for (const [i, { expect: expected, passwordHasher, passwordDigest, text }] of tests.entries()) {
      // Two systems write this form: it is not written before one is named.
      if (expected !== 'converts' || /^[0-9a-f]{32}:[0-9a-f]{128}$/.test(text)) continue;
      const row = byId.get(`u${i}`);
      expect({ hasher: row?.passwordHasher, digest: row?.passwordDigest }, text).toEqual({
        hasher: passwordHasher,
        digest: passwordDigest,
      });
      converted++;
    }
    expect(converted).toBeGreaterThan(100);
    expect(report.output?.out?.converted).toBeGreaterThan(converted / 2);
    const notes = report.findings.filter(({ code }) => code === 'NOTE_CONVERTED');
    expect(notes.reduce((sum, { count }) => sum + count, 0)).toBe(report.output?.out?.converted);
    expect(notes.map(({ kind }) => kind)).toContain('NOTE_CONVERTED/argon2id//django-argon2');
    // Passwords of Lucia are normalised there: that goes with them.
    expect(report.findings.some(({ code }) => code === 'WARN_PASSWORD_FORM')).toBe(true);
  });

  test('writes every digest of the vectors that is not canonical so', async () => {
    const users = hasherVectors().flatMap(({ hasher, groups }) =>
      groups.flatMap(({ tests }) =>
        tests.filter(({ expect: it }) => it === 'match').map(({ digest }) => ({ hasher, digest })),
      ),
    );
    const rows = users.map((user, i) => ({ id: `u${i}`, ...user }));
    const { ready, report } = await outOf(csvOf(rows));
    expect(ready.length).toBeGreaterThan(1000);
    for (const row of ready) {
      const warnings = parse(row).warnings.filter(({ code }) => code === 'WARN_NONCANONICAL');
      expect(warnings, row.passwordDigest).toEqual([]);
    }
    expect(report.output?.out?.canonical).toBeGreaterThan(10);
    expect(report.findings.some(({ code }) => code === 'WARN_NONCANONICAL')).toBe(false);
  });

  test('repairs what is certain, says which fix, and leaves the rest', async () => {
    const users = [
      { id: 'name', passwordHasher: 'BCrypt', passwordDigest: BCRYPT },
      { id: 'space', passwordHasher: 'bcrypt', passwordDigest: `${BCRYPT} ` },
      { id: 'shell', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(3) },
      { id: 'other', passwordHasher: 'md5', passwordDigest: BCRYPT },
      { id: 'upper', passwordHasher: 'md5', passwordDigest: MD5_OF_PASSWORD.toUpperCase() },
      { id: 'cut', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.slice(0, -1) },
      { id: 'none', passwordHasher: '', passwordDigest: MD5_OF_PASSWORD },
      { id: 'off', passwordHasher: 'bcrypt', passwordDigest: '!' },
    ];
    const { ready, report } = await outOf(csvOf(users));
    expect(ready.map(({ id }) => id)).toEqual(['name', 'space', 'shell', 'other', 'upper']);
    expect(ready.slice(0, 4).map(({ passwordHasher }) => passwordHasher)).toEqual(Array(4).fill('bcrypt'));
    expect(new Set(ready.slice(0, 4).map(({ passwordDigest }) => passwordDigest))).toEqual(new Set([BCRYPT]));
    expect(ready[4]?.passwordDigest).toBe(MD5_OF_PASSWORD);
    expect(report.output?.out).toMatchObject({ converted: 0, repaired: 4, canonical: 1 });
    expect(report.totals).toMatchObject({ ok: 5, rejected: 2, disabled: 1 });
    const repaired = report.findings.filter(({ code }) => code === 'NOTE_REPAIRED');
    expect(repaired.map(({ hasher, severity }) => [hasher, severity])).toEqual(repaired.map(() => ['bcrypt', 'note']));
    expect(new Set(repaired.map(({ message }) => message)).size).toBe(repaired.length);
    expect(repaired.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  });

  test('has no row that the limits or the target refuse, converted or not', async () => {
    const users = [
      { id: 'in', passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
      { id: 'out', passwordHasher: 'bcrypt', passwordDigest: BCRYPT.replace('$10$', '$12$') },
      { id: 'django', passwordHasher: '', passwordDigest: `bcrypt$${BCRYPT.replace('$10$', '$12$')}` },
    ];
    const { ready, report } = await outOf(csvOf(users), { limits: { bcryptCost: 11 } });
    expect(ready.map(({ id }) => id)).toEqual(['in']);
    expect(report.findings.find(({ code }) => code === 'ERR_LIMIT')?.count).toBe(2);
    await check([own('in')], { target: 'node-bcrypt', out: own('there') });
    expect(await records(own('there'))).toHaveLength(3);
  });

  test('as clerk-csv has the columns of Clerk’s own export, quoted where that is needed', async () => {
    const users = [
      { id: 'a,"b"\nc', passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
      {
        id: ' d',
        passwordHasher: 'argon2id',
        passwordDigest: USERS.find(({ id }) => id === 'u10')?.['passwordDigest'] ?? '',
      },
    ];
    await writeFile(own('in'), csvOf(users.map((user) => ({ ...user, id: user.id }))));
    await check([own('in')], { out: own('out'), outFormat: 'clerk-csv' });
    const { data } = Papa.parse<string[]>(await readFile(own('out'), 'utf8'), { skipEmptyLines: true });
    expect(data).toEqual([
      ['id', 'password_digest', 'password_hasher'],
      ...users.map(({ id, passwordDigest, passwordHasher }) => [id, passwordDigest, passwordHasher]),
    ]);
  });

  test('is the same bytes a second time', async () => {
    for (const name of ['a', 'b']) await check([SAMPLE], { out: own(name), rejects: own(`${name}-rejects`) });
    expect(await readFile(own('a'))).toEqual(await readFile(own('b')));
    expect(await readFile(own('a-rejects'))).toEqual(await readFile(own('b-rejects')));
  });
});

describe('--rejects', () => {
  test('says of each rejected row where it stands and what is wrong, and shows no digest', async () => {
    await writeFile(own('in'), csvOf(USERS));
    const report = await check([own('in')], { rejects: own('rejects') });
    const rejects = await records<Record<string, unknown>>(own('rejects'));
    expect(rejects.length).toBe(report.totals.rejected);
    expect(report.output).toEqual({ rejects: { file: own('rejects'), rows: rejects.length } });
    for (const reject of rejects) {
      expect(Object.keys(reject)).toEqual(['line', 'id', 'hasher', 'code', 'field', 'offset', 'fix']);
    }
    expect(rejects[0]).toEqual({
      ...{ line: 5, id: 'u4', hasher: 'bcrypt', code: 'ERR_MALFORMED', field: 'hash', offset: 59 },
      fix: expect.any(String),
    });
    expect(rejects.find(({ code }) => code === 'ERR_LIMIT')).toMatchObject({ id: 'u12', field: 'cost', offset: 4 });
    const text = await readFile(own('rejects'), 'utf8');
    for (const { passwordDigest = '' } of USERS) expect(shown(passwordDigest, text)).toEqual([]);
  });

  test('and --out have every row with a digest between them', async () => {
    const { totals } = await check([SAMPLE], { out: own('out'), rejects: own('rejects') });
    const both = [...(await records(own('out'))), ...(await records(own('rejects')))];
    expect(both.length).toBe(totals.rows - totals.disabled - totals.missing);
  });

  test('names the file where there are several, and rows that cannot be read by their line', async () => {
    await writeFile(own('a'), `${sound}2,bcrypt\n`);
    await writeFile(own('b'), `${sound}3,bcrypt,broken\n`);
    await check([own('a'), own('b')], { rejects: own('rejects') });
    expect(await records(own('rejects'))).toMatchObject([
      { file: own('a'), line: 3, id: '', hasher: null, code: 'ERR_ROW', field: 'row', offset: null },
      { file: own('b'), line: 3, id: '3', hasher: 'bcrypt', code: 'ERR_MALFORMED' },
    ]);
  });
});

describe('a file', () => {
  const both = () => ({ out: own('out'), rejects: own('rejects') });
  const left = () => readdir(folder.path(String(number)));

  test('is only for its owner, also where another one was there before', async () => {
    await writeFile(own('out'), 'old', { mode: 0o644 });
    await check([SAMPLE], both());
    for (const file of Object.values(both())) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await left()).sort()).toEqual(['out', 'rejects']);
  });

  test('is not there where the input breaks off, and an old one stays', async () => {
    await writeFile(own('in'), `${sound}2,bcrypt,"x\n`);
    await writeFile(own('out'), 'old');
    const { input, output } = await check([own('in')], both());
    expect(input.problem).toMatchObject({ file: own('in'), line: 3 });
    expect(output).toBeUndefined();
    expect(await readFile(own('out'), 'utf8')).toBe('old');
    expect((await left()).sort()).toEqual(['in', 'out']);
  });

  test('is not there after an abort, also one that comes while the input is waited for', async () => {
    const stdin = new PassThrough();
    const controller = new AbortController();
    stdin.write(sound + '2,bcrypt,x\n'.repeat(50_000));
    const running = check(['-'], { ...both(), stdin, signal: controller.signal });
    while ((await left()).length < 2) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(await left()).toEqual([]);
  });

  test('is not there after an abort in the moment when it is opened, and nothing waits for ever', async () => {
    for (let i = 0; i < 20; i++) {
      const controller = new AbortController();
      const running = check(['-'], { ...both(), stdin: new PassThrough(), signal: controller.signal });
      const ended = expect(running).rejects.toThrow('enough');
      while (readdirSync(own('')).length < 1 + (i % 2)) await new Promise((resolve) => setImmediate(resolve));
      controller.abort(new Error('enough'));
      await ended;
      expect(await left()).toEqual([]);
    }
  });

  test('has a temporary name in the same folder before', async () => {
    const seen: string[][] = [];
    const pieces = [sound, '2,bcrypt,x\n'.repeat(50_000)].map((text) => Buffer.from(text));
    await check(['-'], { ...both(), stdin: Readable.from(pieces), onProgress: async () => seen.push(await left()) });
    expect(seen.length).toBeGreaterThan(0);
    for (const name of seen[0] ?? []) expect(name).toMatch(/^\.(out|rejects)\.\d+-[0-9a-f]{12}\.tmp$/);
  });

  test('that is read is not written over, under any name', async () => {
    await writeFile(own('in'), sound);
    await symlink(own('in'), own('symbolic'));
    await link(own('in'), own('hard'));
    await writeFile(own('known'), 'id,password\n1,x\n');
    for (const name of ['in', 'symbolic', 'hard', 'known']) {
      const options = { canaries: own('known'), rejects: own(name) };
      await expect(check([own('in')], options)).rejects.toMatchObject({ code: 'is-input' });
    }
    const twice = check([own('in')], { out: own('out'), rejects: own('out') });
    await expect(twice).rejects.toMatchObject({ code: 'same-output' });
    expect(await readFile(own('in'), 'utf8')).toBe(sound);
    expect((await left()).sort()).toEqual(['hard', 'in', 'known', 'symbolic']);
  });

  test('that a link names is replaced, and the link stays', async () => {
    await writeFile(own('real'), 'old');
    await symlink(own('real'), own('out'));
    await check([SAMPLE], { out: own('out') });
    expect((await records(own('real'))).length).toBeGreaterThan(100);
    expect((await stat(own('out'))).ino).toBe((await stat(own('real'))).ino);
  });

  test.each([
    ['in a folder that is not there', 'none/out', 'no-folder'],
    ['that is a folder', '.', 'is-folder'],
    ['with a name that is too long', 'x'.repeat(300), 'name-too-long'],
  ])('%s is refused, with what to do', async (_, name, code) => {
    await writeFile(own('in'), sound);
    const problem = await check([own('in')], { rejects: own('rejects'), out: own(name) }).catch((error) => error);
    expect(problem).toBeInstanceOf(OutputProblem);
    expect(problem.code).toBe(code);
    expect(problem.fix).not.toBe('');
    expect(dirname(problem.file).startsWith(folder.path(''))).toBe(true);
    expect(await left()).toEqual(['in']);
  });
});

describe('an id that is a digest', () => {
  const signed = clerkHashers
    .filter(({ name }) => name !== 'awscognito')
    .map(({ example }) => example.digest)
    .filter((digest) => !/^[0-9A-Za-z+/=]+$/.test(digest) || digest.startsWith('$'));
  const others = [
    '$P$Bx7Qm2Kd9',
    '{CRYPT}$1$abcdefgh',
    '{SSHA512}abcdefgh',
    '$argon2id$v=19$',
    'scrypt:32768:8:1$a$00',
    '$6$rounds',
  ];

  test('is in no report and in no file of rejected rows', async () => {
    expect(signed.length).toBeGreaterThan(15);
    const rows = [...signed, ...others].map((id) => ({ id, passwordHasher: 'bcrypt', passwordDigest: 'u1' }));
    const { report, rejects } = await rejected(csvOf(rows));
    expect(rejects.map(({ id }) => id)).toEqual(rows.map(() => ''));
    expect(report.findings.flatMap(({ examples }) => examples.map(({ id }) => id)).join('')).toBe('');
  });

  test('is not taken for one where it is an id', async () => {
    const ids = [
      '1',
      'auth0|5f80a1b2c3d4e5f607182930',
      'a@b.c',
      'sha256',
      '$user',
      '{user}',
      'md5-user',
      'user_2abc',
      'scrypt',
    ];
    const rows = ids.map((id) => ({ id, passwordHasher: 'bcrypt', passwordDigest: 'x'.repeat(60) }));
    const { rejects } = await rejected(csvOf(rows));
    expect(rejects.map(({ id }) => id)).toEqual(ids);
  });

  test('is looked for in time that does not depend on the square of its length', async () => {
    const ids = ['md5', '$$', 'a+'].map((piece) => piece.repeat(500_000));
    const { rejects } = await rejected(
      csvOf(ids.map((id) => ({ id, passwordHasher: 'bcrypt', passwordDigest: 'u1' }))),
    );
    expect(rejects.map(({ id }) => id.length)).toEqual(ids.map(({ length }) => length));
  });

  test('does not take the field of the digest for the ids', async () => {
    for (const text of [sound, JSON.stringify([{ id: '1', passwordDigest: BCRYPT }])]) {
      const { input } = await check([await folder.write('same', text)], { idField: 'passwordDigest' });
      expect(input.problem?.code).toBe('ambiguous-field');
    }
  });
});

async function rejected(content: string) {
  const file = own('rejects.ndjson');
  const report = await check([await folder.write(`${number}/in.csv`, content)], { rejects: file });
  return { report, rejects: await records<{ id: string }>(file) };
}
