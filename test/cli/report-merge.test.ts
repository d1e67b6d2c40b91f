/** digestry report merge as users start it: reports in files, what it prints, how it ends. */
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../src/migration/index.js';
import { codeIn, digestry, shell } from '../support/cli.js';
import { BCRYPT, csvOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();

async function reportOf(name: string, users: Parameters<typeof csvOf>[0]): Promise<CheckReport> {
  const { stdout } = await digestry(['check', await folder.write(`${name}.csv`, csvOf(users)), '--json']);
  return JSON.parse(stdout) as CheckReport;
}

/** Two shards of one export, in files. */
async function shards(): Promise<string[]> {
  const halves = [USERS.slice(0, 6), USERS.slice(6)];
  return Promise.all(
    halves.map(async (users, index) => {
      const { input, ...report } = await reportOf(`half${index}`, users);
      const faked = { ...report, input: { ...input, files: ['users.csv'], shard: { index, of: 2 } } };
      return folder.write(`${index}.json`, JSON.stringify(faked));
    }),
  );
}

test('prints the report of the whole, and ends as the check would', async () => {
  const files = await shards();
  const [text, json, zero] = await Promise.all([
    digestry(['report', 'merge', ...files]),
    digestry(['report', 'merge', ...files, '--json']),
    digestry(['report', 'merge', ...files, '--exit-zero']),
  ]);
  expect([text.code, json.code, zero.code]).toEqual([1, 1, 0]);
  expect([text.stderr, json.stderr]).toEqual(['', '']);
  for (const line of text.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  const merged = JSON.parse(json.stdout) as CheckReport;
  expect(merged.totals).toEqual((await reportOf('whole', USERS)).totals);
  expect(merged.merged).toEqual({ reports: 2, missing: [] });
});

test('without a shard ends with 2 and says which; with --partial the report says it', async () => {
  const [, second = ''] = await shards();
  const [refused, partial] = await Promise.all([
    digestry(['report', 'merge', second]),
    digestry(['report', 'merge', second, '--partial', '--exit-zero', '--json']),
  ]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(codeIn(refused.stderr)).toBe('missing-shards');
  expect(refused.stderr.replace(/\s+/g, ' ')).toContain('digestry check users.csv --shard 0/2 --json');
  expect(partial.code).toBe(0);
  expect((JSON.parse(partial.stdout) as CheckReport).merged).toEqual({
    reports: 1,
    missing: [{ files: ['users.csv'], of: 2, indexes: [0] }],
  });
});

test('reads reports from pipes', async () => {
  const [first, second] = await shards();
  const { code, stdout } = await shell(`digestry report merge --json <(cat ${first}) <(cat ${second})`);
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as CheckReport).merged?.reports).toBe(2);
});

describe('what is no report ends with 2, with the file, the place and a fix', () => {
  test.each<[string, string | undefined, string]>([
    ['none', undefined, 'not-found'],
    ['empty', '', 'not-json'],
    ['other', '{"results":[]}', 'invalid-report'],
    ['big', `"${'x'.repeat(17 * 2 ** 20)}"`, 'too-large'],
    ['deep', `${'['.repeat(40)}${']'.repeat(40)}`, 'nested-too-deep'],
  ])('%s', async (name, content, problem) => {
    const file = content === undefined ? folder.path(name) : await folder.write(`${name}.json`, content);
    const { code, stdout, stderr } = await digestry(['report', 'merge', file]);
    expect([code, stdout, codeIn(stderr)], stderr).toEqual([2, '', problem]);
    expect(stderr.replace(/\s+/g, '')).toContain(file.replace(/\s+/g, ''));
    expect(stderr).toMatch(/^ {2}fix: /m);
  });

  test('a report that was merged already', async () => {
    const [first = '', second = ''] = await shards();
    const { stdout } = await digestry(['report', 'merge', first, second, '--json']);
    const { code, stderr } = await digestry(['report', 'merge', await folder.write('merged.json', stdout)]);
    expect([code, codeIn(stderr)], stderr).toEqual([2, 'already-merged']);
  });
});

test('names that are properties of every object are names like others', async () => {
  const { hashers, ...report } = await reportOf('proto', [{ id: '1', password_hash: BCRYPT }]);
  const text = JSON.stringify({ ...report, hashers: { bcrypt: hashers['bcrypt'] } });
  const file = await folder.write('proto.json', text.replace('"bcrypt"', '"__proto__"'));
  const { stdout } = await digestry(['report', 'merge', file, '--json']);
  expect(stdout).toContain('"__proto__": {');
});

test('a report with a prototype of its own is read as text', async () => {
  const report = JSON.stringify(await reportOf('proto2', USERS));
  const file = await folder.write('proto2.json', report.replace('{', '{"__proto__":{"merged":{}},"constructor":null,'));
  expect((await digestry(['report', 'merge', file])).code).toBe(1);
});

describe('shards of NDJSON without a digest', () => {
  /** Four blocks. */
  const rows = (withDigest: number) =>
    Array.from({ length: 40 }, (_, id) => {
      const password_hash = id < withDigest ? BCRYPT : undefined;
      return `${JSON.stringify({ id: `${id}`, pad: 'x'.repeat(1e5), password_hash })}\n`;
    }).join('');

  async function merged(name: string, content: string) {
    const file = await folder.write(`${name}.ndjson`, content);
    const shards = await Promise.all([0, 1].map((i) => digestry(['check', file, '--shard', `${i}/2`, '--json'])));
    const files = await Promise.all(shards.map(({ stdout }, i) => folder.write(`${name}${i}.shard`, stdout)));
    const whole = await digestry(['check', file, '--json']);
    return { shards, whole, merge: await digestry(['report', 'merge', ...files, '--json']) };
  }

  test('end with 0 each, and their merge as the check of all does where one shard has digests', async () => {
    const { shards, whole, merge } = await merged('some', rows(3));
    expect(shards.map(({ code }) => code)).toEqual([0, 0]);
    expect((JSON.parse(shards[1]?.stdout ?? '') as CheckReport).input.withoutDigests).toBeDefined();
    expect((JSON.parse(shards[0]?.stdout ?? '') as CheckReport).input.withoutDigests).toBeUndefined();
    expect([whole.code, merge.code]).toEqual([0, 0]);
    expect((JSON.parse(merge.stdout) as CheckReport).totals).toEqual((JSON.parse(whole.stdout) as CheckReport).totals);
  });

  test('and where none has, with 2 and the same problem', async () => {
    const { whole, merge } = await merged('none', rows(0));
    expect([whole.code, merge.code]).toEqual([2, 2]);
    const problem = (JSON.parse(merge.stdout) as CheckReport).input.problem;
    expect(problem).toEqual((JSON.parse(whole.stdout) as CheckReport).input.problem);
  });

  test('counts no export without rows, however many reports it has', async () => {
    const { merge } = await merged('rowless', 'id,password_hash\n');
    expect(merge.code).toBe(2);
  });
});
