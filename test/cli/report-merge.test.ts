/** digestry report merge as users start it: reports in files, what it prints, how it ends. */
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/migration/index.js';
import { digestry, shell } from '../support/cli.js';
import { BCRYPT, csvOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();

async function reportOf(name: string, users: Parameters<typeof csvOf>[0]): Promise<Report> {
  const { stdout } = await digestry(['check', await folder.write(`${name}.csv`, csvOf(users)), '--json']);
  return JSON.parse(stdout) as Report;
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
  expect(text.stdout).toContain('users.csv\ncsv · source generic · merged from 2 reports · 12 rows');
  expect(text.stdout).toContain('Within each part 2 digests are on more than one user (4 rows)');
  for (const line of text.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  const merged = JSON.parse(json.stdout) as Report;
  expect(merged.totals).toEqual((await reportOf('whole', USERS)).totals);
  expect(merged.merged).toEqual({ reports: 2, missing: [] });
});

test('without a shard ends with 2 and says which; with --partial the report says it', async () => {
  const [, second = ''] = await shards();
  const [refused, partial] = await Promise.all([
    digestry(['report', 'merge', second]),
    digestry(['report', 'merge', second, '--partial', '--exit-zero']),
  ]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr.replace(/\s+/g, ' ')).toContain('shard 0 of 2 is missing (users.csv)');
  expect(refused.stderr.replace(/\s+/g, ' ')).toContain('digestry check users.csv --shard 0/2 --json');
  expect(partial.code).toBe(0);
  expect(partial.stdout).toContain('Not all of the export: shard 0 of 2 is missing (users.csv).');
});

test('reads reports from pipes', async () => {
  const [first, second] = await shards();
  const { code, stdout } = await shell(`digestry report merge <(cat ${first}) <(cat ${second})`);
  expect(code).toBe(1);
  expect(stdout).toContain('merged from 2 reports');
});

describe('what is no report ends with 2, with the file, the place and a fix', () => {
  test.each([
    ['none', undefined, 'there is no such file'],
    ['empty', '', 'no JSON'],
    ['text', 'bcrypt', 'no JSON'],
    ['cut', '{"input":{"files":["a"', 'no JSON'],
    ['null', 'null', 'it is null'],
    ['list', '[]', 'it is a list'],
    ['deep', '['.repeat(200_000), 'no JSON'],
    ['other', '{"results":[]}', 'input is no object'],
    ['big', `"${'x'.repeat(17 * 2 ** 20)}"`, 'over 16 MiB'],
  ])('%s', async (name, content, message) => {
    const file = content === undefined ? folder.path(name) : await folder.write(`${name}.json`, content);
    const { code, stdout, stderr } = await digestry(['report', 'merge', file]);
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
    expect(stderr).toContain('fix: ');
  });

  test.each<[string, (report: Record<string, unknown>) => void, string]>([
    ['counts below zero', (report) => set(report, 'totals', 'ok', -1), 'totals.ok is no whole number'],
    ['counts of 1e300', (report) => set(report, 'totals', 'ok', 1e300), 'totals.ok is no whole number'],
    ['totals that do not add up', (report) => set(report, 'totals', 'ok', 99), 'do not add up'],
    ['totals of other rows', (report) => set(report, 'input', 'rows', 99), 'not of the rows of its input'],
    ['a text for a count', (report) => set(report, 'duplicates', 'rows', '1'), 'duplicates.rows is no whole number'],
    ['a shard past its number', (report) => set(report, 'input', 'shard', { index: 2, of: 2 }), 'input.shard is no'],
    ['a shard of a billion', (report) => set(report, 'input', 'shard', { index: 0, of: 1e9 }), 'input.shard is no'],
    ['a code of its own', (report) => set(report, 'findings', '0', { code: '\u001b[31m' }), 'a code is none'],
    ['no findings', (report) => void delete report['findings'], 'findings is no list'],
    ['parameters that are none', (report) => set(report, 'hashers', 'bcrypt', { rows: 1 }), 'hashers.ok is no'],
    ['a merged one', (report) => void Object.assign(report, { merged: {} }), 'it was merged already'],
  ])('%s', async (name, spoil, message) => {
    const report = (await reportOf('spoiled', USERS)) as unknown as Record<string, unknown>;
    spoil(report);
    const file = await folder.write(`${name.replaceAll(' ', '-')}.json`, JSON.stringify(report));
    const { code, stdout, stderr } = await digestry(['report', 'merge', file]);
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
    expect(stderr).not.toContain('\u001b');
  });

  function set(report: Record<string, unknown>, part: string, name: string, value: unknown): void {
    (report[part] as Record<string, unknown>)[name] = value;
  }
});

test('names that are properties of every object are names like others', async () => {
  const { hashers, ...report } = await reportOf('proto', [{ id: '1', password_hash: BCRYPT }]);
  const text = JSON.stringify({ ...report, hashers: { bcrypt: hashers['bcrypt'] } });
  const file = await folder.write('proto.json', text.replace('"bcrypt"', '"__proto__"'));
  const { stdout } = await digestry(['report', 'merge', file, '--json']);
  expect(stdout).toContain('"__proto__": {');
});

describe('a report as a shell wrote it is read', () => {
  test.each([
    ['with a byte order mark', (json: string) => Buffer.from(`\ufeff${json}`)],
    ['in UTF-16, as PowerShell does', (json: string) => Buffer.from(`\ufeff${json}`, 'utf16le')],
  ] as const)('%s', async (name, encode) => {
    const json = JSON.stringify(await reportOf('encoded', USERS));
    const file = await folder.write(`${name}.json`, encode(json));
    const { code, stderr } = await digestry(['report', 'merge', file]);
    expect([code, stderr]).toEqual([1, '']);
  });
});

describe('JSON and text of another kind is said to be that', () => {
  test.each([
    ['bench', '{"machine":{},"noise":{},"results":[]}', 'a report of digestry bench'],
    ['plan', '{"measured":{},"demand":{},"mix":[]}', 'a plan of digestry plan'],
    ['users', '[{"id":1}]', 'a list'],
    ['firebase', '{"users":[]}', 'an export'],
    ['rejects', '{"line":1,"id":"","code":"ERR_ROW"}', 'a rejected row'],
    ['ndjson', '{"id":1}\n{"id":2}\n', 'NDJSON'],
    ['page', '<!doctype html>', 'it is a page'],
    ['blank', ' \n', 'the file is empty'],
    ['latin', Buffer.from([0x7b, 0xe9, 0x7d, 0x0a]), 'not valid UTF-8'],
    ['deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested deeper'],
  ] as const)('%s', async (name, content, message) => {
    const { code, stdout, stderr } = await digestry(['report', 'merge', await folder.write(`${name}.other`, content)]);
    expect([code, stdout], stderr).toEqual([2, '']);
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
  });

  test('a report that is deep somewhere is none', async () => {
    const report = JSON.stringify(await reportOf('deep', USERS));
    const problem = `"problem":{"message":"m","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    const file = await folder.write('deep.json', report.replace('"input":{', `"input":{${problem},`));
    const { code, stderr } = await digestry(['report', 'merge', file, '--json']);
    expect(code).toBe(2);
    expect(stderr).toContain('nested deeper');
  });

  test('a report with a prototype of its own is read as text', async () => {
    const report = JSON.stringify(await reportOf('proto2', USERS));
    const file = await folder.write(
      'proto2.json',
      report.replace('{', '{"__proto__":{"merged":{}},"constructor":null,'),
    );
    expect((await digestry(['report', 'merge', file])).code).toBe(1);
  });
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
    expect((JSON.parse(shards[1]?.stdout ?? '') as Report).input.withoutDigests?.message).toMatch(/no field/);
    expect((JSON.parse(shards[0]?.stdout ?? '') as Report).input.withoutDigests).toBeUndefined();
    expect([whole.code, merge.code]).toEqual([0, 0]);
    expect((JSON.parse(merge.stdout) as Report).totals).toEqual((JSON.parse(whole.stdout) as Report).totals);
  });

  test('and where none has, with 2 and the same problem', async () => {
    const { whole, merge } = await merged('none', rows(0));
    expect([whole.code, merge.code]).toEqual([2, 2]);
    const problem = (JSON.parse(merge.stdout) as Report).input.problem;
    expect(problem).toEqual((JSON.parse(whole.stdout) as Report).input.problem);
  });

  test('of an export without rows are no export, whatever their number', async () => {
    const { merge } = await merged('rowless', 'id,password_hash\n');
    expect(merge.code).toBe(2);
  });
});
