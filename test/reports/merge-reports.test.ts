/** Reports of parts that become the report of the whole, and parts that do not belong together. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { generateExport } from '../../bench/support/export/generate.js';
import { type CheckOptions, type CheckReport, check, InputProblem } from '../../src/migration/index.js';
import { type MergeOptions, mergeReports } from '../../src/reports/merge-reports.js';
import { ROOT } from '../support/cli.js';
import { BCRYPT, csvOf, ndjsonOf, temporaryFolder, USERS } from '../support/exports.js';

const folder = temporaryFolder();
const generated = Buffer.concat([...generateExport({ rows: 3000, shape: 'ndjson' }).chunks]).toString();
const sample = ndjsonOf(
  Papa.parse<Record<string, string>>(readFileSync(`${ROOT}/vectors/sample/users.csv`, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data.map((user) => Object.fromEntries(Object.entries(user).filter(([name]) => name !== '__parsed_extra'))),
);

async function checked(text: string, options: CheckOptions = {}): Promise<CheckReport> {
  const report = await check(['-'], { ...options, stdin: Readable.from([Buffer.from(text)]) });
  return { ...report, input: { ...report.input, files: ['users.ndjson'] } };
}

/** Each part as a file of its own with empty lines for those before it, so that its lines are those of the whole. */
async function shardsOf(text: string, of: number, options?: CheckOptions): Promise<CheckReport[]> {
  const lines = text.split('\n').slice(0, -1);
  const reports: CheckReport[] = [];
  for (let index = 0; index < of; index++) {
    const [from, to] = [index, index + 1].map((i) => Math.floor((i * lines.length) / of)) as [number, number];
    const report = await checked('\n'.repeat(from) + lines.slice(from, to).join('\n'), options);
    reports.push({ ...report, input: { ...report.input, shard: { index, of } } });
  }
  return reports;
}

function merged(reports: readonly CheckReport[], options?: MergeOptions): CheckReport {
  return mergeReports(
    reports.map((report, i) => ({ name: `${i}.json`, report })),
    options,
  );
}

/** All that parts can tell of the whole; in any order where counts are equal. */
function comparable({ input, findings, hashers, duplicates: _, timing: __, ...rest }: CheckReport): unknown {
  const { bytes: ___, ...read } = input as CheckReport['input'];
  const { merged: ____, output, ...same } = rest as Partial<CheckReport>;
  const own = findings.filter(({ code }) => code !== 'WARN_ID_DUPLICATE' && code !== 'NOTE_SALT_SHARED');
  return {
    ...{ ...same, input: read, hashers, hashersOrder: Object.keys(hashers) },
    output: output?.out && { ...output.out, file: '' },
    counts: own.map(({ severity, count }) => `${severity} ${count}`),
    findings: own.map((finding) => JSON.stringify(finding)).sort(),
  };
}

describe('shards', () => {
  test.each([
    ['generated', generated, 3],
    ['of a row each', ndjsonOf(USERS), USERS.length],
    ['of the sample', sample, 5],
  ])('%s, merged, are the report of the whole', async (_, text, of) => {
    expect(comparable(merged(await shardsOf(text, of)))).toEqual(comparable(await checked(text)));
  });

  test('with a target', async () => {
    const options: CheckOptions = { target: 'auth0' };
    expect(comparable(merged(await shardsOf(sample, 4, options)))).toEqual(comparable(await checked(sample, options)));
  });

  test('with an output, whose conversions and repairs are counted', async () => {
    const optionsOf = (name: string): CheckOptions => ({ out: folder.path(name), source: 'generic' });
    const whole = await checked(sample, optionsOf('whole.ndjson'));
    expect(whole.output?.out?.repaired).toBeGreaterThan(0);
    expect(comparable(merged(await shardsOf(sample, 4, optionsOf('shard.ndjson'))))).toEqual(comparable(whole));
  });

  test('with known passwords, of which each shard has some', async () => {
    const canaries = await folder.write(
      'known.csv',
      csvOf([
        { id: 'u1', password: 'correct horse battery staple' },
        { id: 'u2', password: 'wrong' },
        { id: 'u3', password: 'password' },
        { id: 'u8', password: 'x' },
        { id: 'nobody', password: 'x' },
      ]),
    );
    const text = ndjsonOf(USERS);
    const whole = await checked(text, { canaries });
    expect(whole.canaries).toMatchObject({ mismatched: 1, missing: 1, matched: 2, rejected: [{ count: 1 }] });
    expect(comparable(merged(await shardsOf(text, 3, { canaries })))).toEqual(comparable(whole));
  });

  test('are merged in any order to the same report', async () => {
    const reports = await shardsOf(generated, 4);
    const [a, b, c, d] = reports as [CheckReport, CheckReport, CheckReport, CheckReport];
    expect(JSON.stringify(merged([c, a, d, b]))).toBe(JSON.stringify(merged(reports)));
  });

  test('have sets of parameters, which are added up', async () => {
    const sets = [
      [
        { params: { variant: '2b', cost: 10 }, rows: 3 },
        { params: { variant: '2b', cost: 12 }, rows: 2 },
      ],
      [
        { params: { cost: 12, variant: '2b' }, rows: 4 },
        { params: { variant: '2a', cost: 10 }, rows: 1 },
      ],
    ];
    const [one, two] = (await shardsOf(ndjsonOf(USERS), 2)).map((report, i) => ({
      ...report,
      hashers: { bcrypt: { ...report.hashers['bcrypt'], parameterSets: sets[i] } },
    })) as unknown as [CheckReport, CheckReport];
    expect(merged([one, two]).hashers['bcrypt']?.parameterSets).toEqual([
      { params: { cost: 12, variant: '2b' }, rows: 6 },
      { params: { variant: '2b', cost: 10 }, rows: 3 },
      { params: { variant: '2a', cost: 10 }, rows: 1 },
    ]);
  });

  test('count duplicates each for itself, and the report says so', async () => {
    const twice = { id: 'u1', passwordHasher: 'bcrypt', passwordDigest: BCRYPT };
    const [one, two] = await shardsOf(ndjsonOf([twice, twice, twice, twice]), 2);
    const { duplicates, findings } = merged([one, two] as CheckReport[]);
    const shared = { values: 2, rows: 4, exact: false };
    expect(duplicates).toEqual({ digests: 2, rows: 4, exact: false, ids: shared, salts: shared });
    const told = findings.filter(({ code }) => /_(DUPLICATE|SHARED)$/.test(code));
    expect(told.map(({ code, count }) => [code, count])).toEqual([
      ['WARN_ID_DUPLICATE', 4],
      ['NOTE_SALT_SHARED', 4],
    ]);
    for (const { message } of told) expect(message).toContain('of one part');
  });

  test('took as long as the slowest, and their rows count together', async () => {
    const [one, two] = (await shardsOf(ndjsonOf(USERS), 2)) as [CheckReport, CheckReport];
    const timed = (report: CheckReport, durationMs: number, peakRssBytes: number): CheckReport => ({
      ...report,
      timing: { durationMs, rowsPerSecond: 1, peakRssBytes },
    });
    expect(merged([timed(one, 2000, 7), timed(two, 500, 9)]).timing).toEqual({
      durationMs: 2000,
      rowsPerSecond: 6,
      peakRssBytes: 9,
    });
  });

  test('keep the problem of the one that was not read to its end', async () => {
    const [one, two] = (await shardsOf(ndjsonOf(USERS), 2)) as [CheckReport, CheckReport];
    const problem = { code: 'cut-off', message: 'the file is cut off', line: 9 } as const;
    expect(merged([one, { ...two, input: { ...two.input, problem } }]).input.problem).toEqual(problem);
  });
});

describe('files that were checked each for itself', () => {
  const named = (report: CheckReport, name: string): CheckReport => ({
    ...report,
    input: { ...report.input, files: [name] },
  });

  test('become one export, whose examples say in which file they are', async () => {
    const whole = await checked(ndjsonOf(USERS));
    const both = merged([named(whole, 'a'), named(whole, 'b')]);
    expect(both.input.files).toEqual(['a', 'b']);
    for (const [name, rows] of Object.entries(whole.totals)) expect(both.totals).toHaveProperty(name, 2 * rows);
    const places = both.findings.flatMap(({ examples }) => examples);
    expect(places.length).toBeGreaterThan(0);
    for (const { file } of places) expect(file).toMatch(/^[ab]$/);
    expect(both.findings[0]?.examples[0]?.file).toBe('a');
  });

  test('with shards of another, all of them', async () => {
    const [one, two] = (await shardsOf(ndjsonOf(USERS), 2)) as [CheckReport, CheckReport];
    const other = named(await checked(ndjsonOf(USERS)), 'b');
    expect(merged([other, two, one]).totals.rows).toBe(2 * USERS.length);
    expect(() => merged([other, two])).toThrow('shard 0 of 2 is missing (users.ndjson)');
  });
});

describe('refused', () => {
  const refusal = (parts: readonly CheckReport[]): InputProblem => {
    try {
      merged(parts);
    } catch (error) {
      if (error instanceof InputProblem) return error;
      throw error;
    }
    throw new Error('it was merged');
  };
  const withInput = (report: CheckReport, input: Partial<CheckReport['input']>): CheckReport => ({
    ...report,
    input: { ...report.input, ...input },
  });

  test('a shard that is missing: which, of how many, and how it is checked', async () => {
    const reports = await shardsOf(ndjsonOf(USERS), 4);
    const problem = refusal(reports.slice(0, 2));
    expect(problem.message).toBe('shards 2, 3 of 4 are missing (users.ndjson); shards are numbered 0 to 3');
    expect(problem.fix).toContain('digestry check users.ndjson --shard 2/4 --json');
    const partial = merged(reports.slice(0, 2), { partial: true });
    expect(partial.merged).toEqual({ reports: 2, missing: [{ files: ['users.ndjson'], of: 4, indexes: [2, 3] }] });
  });

  test.each<[string, (shards: readonly CheckReport[], whole: CheckReport) => CheckReport[], string]>([
    ['a shard given twice', ([a, b]) => [a, b, b] as CheckReport[], 'shard 1/2 is in 1.json too'],
    ['a whole given twice', (_, whole) => [whole, whole], 'it is of the same export as 0.json'],
    ['a shard and the whole', ([a], whole) => [a as CheckReport, whole], 'the other of all of the export'],
    [
      'shards of other numbers',
      ([a, b]) => [a as CheckReport, withInput(b as CheckReport, { shard: { index: 1, of: 3 } })],
      'it is one of 3 shards, and 0.json one of 2',
    ],
    [
      'other targets',
      ([a, b]) => [a as CheckReport, { ...(b as CheckReport), target: 'clerk' }],
      'it was checked with another target than 0.json',
    ],
    [
      'other sources',
      ([a, b]) => [a as CheckReport, withInput(b as CheckReport, { source: 'django' })],
      'as of another source or format than 0.json',
    ],
    [
      'other known passwords',
      ([a, b]) => [a, { ...b, canaries: { ...b?.canaries, matched: 1 } }] as CheckReport[],
      'another set of known passwords',
    ],
    [
      'an output of one alone',
      ([a, b]) =>
        [
          a,
          { ...b, output: { out: { file: 'x', rows: 1, converted: 0, repaired: 0, canonical: 0 } } },
        ] as CheckReport[],
      'another use of --out',
    ],
  ])('%s, with the report that it is and a fix', async (_, partsOf, message) => {
    const problem = refusal(partsOf(await shardsOf(ndjsonOf(USERS), 2), await checked(ndjsonOf(USERS))));
    expect(problem.message).toContain(message);
    expect(problem.file).toMatch(/^[12]\.json$/);
    expect(problem.fix).toBeTruthy();
  });
});
