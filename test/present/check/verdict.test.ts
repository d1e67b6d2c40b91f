/** What known passwords decide, and what a report never says. */
import bcryptjs from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { chooseExitCode } from '../../../src/cli/report-exit.js';
import { type CheckOptions, type CheckReport, check } from '../../../src/migration/index.js';
import { canarySentences, listOutcomes, outputSentences } from '../../../src/present/check/sentences.js';
import { describeVerdict, isUnread, nextSteps } from '../../../src/present/check/verdict.js';
import { mergeReports } from '../../../src/reports/merge-reports.js';
import { BCRYPT, csvOf, MD5_OF_PASSWORD, temporaryFolder, type User } from '../../support/exports.js';

const folder = temporaryFolder();
let written = 0;

const bcrypt = (password: string): string => bcryptjs.hashSync(password, 4);
const user = (id: string, passwordDigest: string, passwordHasher = 'bcrypt'): User => ({
  ...{ id, passwordHasher, passwordDigest },
});

async function reportOf(
  users: readonly User[],
  known: Readonly<Record<string, string>>,
  options: CheckOptions = {},
): Promise<CheckReport> {
  const n = ++written;
  const rows = Object.entries(known).map(([id, password]) => ({ id, password }));
  const canaries = rows.length === 0 ? undefined : await folder.write(`${n}-known.csv`, csvOf(rows));
  return check([await folder.write(`${n}.csv`, csvOf(users))], { ...options, canaries });
}

/** How the rows are called that nothing speaks against, and with which mood the verdict begins. */
function promise(report: CheckReport) {
  return { name: listOutcomes(report)[0]?.name, mood: describeVerdict(report)[0].mood };
}

/** The same without the known passwords. */
function trusting(report: CheckReport): CheckReport {
  return { ...report, canaries: { ...report.canaries, mismatched: 0 } };
}

describe('known passwords that do not match', () => {
  const users = ['a', 'b', 'c'].map((id) => user(id, bcrypt(`pw ${id}`)));

  test('leave no digest of their hasher that is known to verify, where none matches', async () => {
    const report = await reportOf([...users, user('d', MD5_OF_PASSWORD, 'md5')], { a: 'x', b: 'y' });
    expect(report.totals).toMatchObject({ rows: 4, ok: 1, rejected: 3 });
    expect(report.hashers).toMatchObject({ bcrypt: { rows: 3, ok: 0, rejected: 3 }, md5: { ok: 1 } });
    expect(report.findings[0]).toMatchObject({ code: 'ERR_CANARY', hasher: 'bcrypt', count: 3 });
    expect(chooseExitCode(report, false)).toBe(1);
    expect(promise(report).mood).toBe('bad');
    expect(promise(report).name).not.toBe(promise(trusting(report)).name);
  });

  test('may be mistyped, where there is one alone', async () => {
    const [one, two] = [await reportOf(users, { a: 'x' }), await reportOf(users, { a: 'x', b: 'y' })];
    expect(one.findings[0]).toMatchObject({ code: 'ERR_CANARY', kind: two.findings[0]?.kind, count: 3 });
    expect(one.findings[0]?.fix).not.toBe(two.findings[0]?.fix);
    expect(nextSteps(one)[0]?.pieces).toContainEqual({ code: '--canaries FILE' });
  });

  test('are of their own rows, where others match', async () => {
    const report = await reportOf(users, { a: 'pw a', b: 'wrong' });
    expect(report.totals).toMatchObject({ ok: 2, rejected: 1 });
    expect(report.findings[0]).toMatchObject({ code: 'ERR_CANARY', count: 1, examples: [{ id: 'b' }] });
    expect(chooseExitCode(report, false)).toBe(1);
    expect(promise(report).mood).toBe('bad');
    expect(promise(report).name).not.toBe(promise(trusting(report)).name);
  });

  test('count in what is warned of as well', async () => {
    const warned = user('w', bcrypt('pw w').replace(/^\$2b\$/, '$2x$'));
    const report = await reportOf([...users, warned], { a: 'pw a', w: 'wrong' });
    expect(report.totals).toMatchObject({ ok: 3, warned: 0, rejected: 1 });
  });

  test('are no readiness of the rows that are written', async () => {
    const out = folder.path('written.ndjson');
    const report = await reportOf(users, { a: 'x' }, { out });
    expect(outputSentences(report)).not.toEqual(outputSentences(trusting(report)));
    expect(chooseExitCode(report, false)).toBe(1);
  });

  test('that match leave all as it is', async () => {
    const report = await reportOf(users, { a: 'pw a' });
    expect(report.totals).toMatchObject({ ok: 3, rejected: 0 });
    expect(chooseExitCode(report, false)).toBe(0);
    expect(promise(report)).toEqual({ name: promise(trusting(report)).name, mood: 'good' });
  });

  test('decide over all parts when reports are merged', async () => {
    const known = await folder.write('merge-known.csv', csvOf([{ id: 'a', password: 'x' }]));
    const file = await folder.write('merge.csv', csvOf(users));
    const part = (index: number) => check([file], { canaries: known, shard: { index, of: 3 } });
    const reports = [await part(0), await part(1), await part(2)];
    expect(reports.map((report) => chooseExitCode(report, false)).sort()).toEqual([0, 0, 1]);
    const merged = mergeReports(reports.map((report, i) => ({ name: `${i}`, report: report as CheckReport })));
    const whole = await check([file], { canaries: known });
    expect(merged.totals).toEqual(whole.totals);
    expect(merged.totals).toMatchObject({ ok: 0, rejected: 3 });
    expect(merged.findings.map(({ code, count }) => [code, count])).toEqual(
      whole.findings.map(({ code, count }) => [code, count]),
    );
  });
});

test('known passwords of no row are said to be that, and end with 1', async () => {
  const report = await reportOf([user('a', bcrypt('pw a'))], { a: 'pw a', nobody: 'x' });
  expect(report.canaries).toMatchObject({ matched: 1, missing: 1 });
  expect(canarySentences(report).map(({ of }) => of)).toEqual(['matched', 'missing']);
  expect([chooseExitCode(report, false), chooseExitCode(report, true)]).toEqual([1, 0]);
  expect(flagsOf(report)).toContain('--id-field NAME');
  expect(flagsOf(await reportOf([user('a', bcrypt('pw a'))], { a: 'pw a' }))).not.toContain('--id-field NAME');
});

/** What the next steps say to type. */
function flagsOf(report: CheckReport): string[] {
  return nextSteps(report).flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.code])),
  );
}

test('a known password of a refused row is said to be that', async () => {
  const users = [
    user('cut', BCRYPT.slice(0, -2)),
    user('high', BCRYPT.replace('$10$', '$20$')),
    user('a', bcrypt('a')),
  ];
  const report = await reportOf(users, { cut: 'password', high: 'password', a: 'a' });
  expect(report.canaries).toMatchObject({ matched: 1, mismatched: 0, missing: 0, refused: 2 });
  expect(report.canaries.rejected).toMatchObject([
    { code: 'ERR_LIMIT', hasher: 'bcrypt', count: 1 },
    { code: 'ERR_MALFORMED', hasher: 'bcrypt', count: 1 },
  ]);
  expect(canarySentences(report).map(({ of }) => of)).toContain('refused');
});

describe('a file of which no row could be read', () => {
  const unread = async (text: string, ending: string, options: CheckOptions = {}) =>
    check([await folder.write(`${++written}.${ending}`, text)], options);

  test.each([
    ['no row', 'id,passwordHasher,passwordDigest\n', 'csv'],
    ['records that are none', '[1, 2, 3]', 'json'],
    ['objects for digests', '[{"id":"1","password":{"a":"b"}},{"id":"2","password":[]}]', 'json'],
  ])('never ends with 0: %s', async (_, text, ending) => {
    const report = await unread(text, ending);
    expect(chooseExitCode(report, false)).not.toBe(0);
    expect(chooseExitCode(report, true)).not.toBe(0);
  });

  test('is none of users without a password, nor of disabled ones', async () => {
    for (const digest of ['', '!', 'NULL']) {
      const report = await unread(csvOf([user('1', digest), user('2', digest)]), 'csv');
      expect(isUnread(report)).toBe(false);
      expect(chooseExitCode(report, false)).toBe(0);
    }
  });

  test('is none where a shard has no row', () => {
    const none = { totals: { rows: 0, ok: 0, warned: 0, rejected: 0, disabled: 0, missing: 0 }, findings: [] };
    const input = { files: ['a'], bytes: 0, rows: 0, format: 'csv', source: 'generic' } as const;
    expect(isUnread({ ...none, input })).toBe(true);
    expect(isUnread({ ...none, input: { ...input, shard: { index: 0, of: 2 } } })).toBe(false);
  });
});

test('the next step of a shard without digests is the merge of all shards', async () => {
  const few = csvOf([user('a', MD5_OF_PASSWORD, 'md5')]);
  const file = await folder.write('few.csv', few);
  const reports = await Promise.all([0, 1].map((index) => check([file], { shard: { index, of: 2 } })));
  const empty = reports.find(({ totals }) => totals.rows === 0) as CheckReport;
  expect(nextSteps(empty).map(({ pieces }) => pieces.at(1))).toEqual([{ code: 'digestry report merge' }]);
  expect(describeVerdict(empty)[0].text).not.toBe(describeVerdict(await check([file]))[0].text);
});

test('known passwords are asked for once, also where a salt is in another field', async () => {
  const users = [user('a', BCRYPT), user('b', MD5_OF_PASSWORD, 'md5')];
  const report = await reportOf(
    users.map((one) => ({ ...one, salt: one['id'] === 'b' ? 'kJ8dQ2vR' : '' })),
    {},
  );
  expect(listOutcomes(report).find(({ mood }) => mood === 'doubtful')?.rows).toBe(1);
  expect(flagsOf(report).filter((flag) => flag === '--canaries FILE')).toHaveLength(1);
});

test('rows are written only where some can be', async () => {
  const codes = async (digest: string, hasher: string) =>
    nextSteps(await reportOf([user('a', digest, hasher)], {})).flatMap(({ pieces }) => pieces);
  expect(await codes('no-digest-at-all', 'nothing')).not.toContainEqual({ code: '--out FILE' });
  expect(await codes('hunter2', '')).not.toContainEqual({ code: '--out FILE' });
  expect(await codes(BCRYPT, 'md5')).toContainEqual({ code: '--out FILE' });
});

test('rows that may not verify have another mood than those that will not', async () => {
  const report = await reportOf([user('a', bcrypt('pw a')), user('b', 'cut off')], { a: 'x' });
  const moods = listOutcomes(report).flatMap(({ name, rows, mood }) => (rows > 0 ? [[name, mood]] : []));
  expect(moods).toEqual([
    ['may not verify', 'doubtful'],
    [expect.stringContaining('will not verify'), 'bad'],
  ]);
});
