/** What a login costs: which work the population has, and how long it takes by a benchmark or by a quick estimate. */
import { describe, expect, test } from 'vitest';
import { hashers } from '../../src/index.js';
import { defaultRegistry } from '../../src/library.js';
import type { HasherCounts } from '../../src/migration/index.js';
import { readBenchReport } from '../../src/migration/page/bench-report.js';
import { makePage } from '../../src/migration/page/index.js';
import { loadsOf, loginsOf } from '../../src/migration/page/logins.js';
import { speedsFrom } from '../../src/migration/page/speeds.js';
import type { AnyReport } from '../../src/migration/verdict.js';
import { temporaryFolder } from '../support/exports.js';
import { textOf } from '../support/markup.js';
import { reportWith } from '../support/reports.js';

const folder = temporaryFolder();
type Params = HasherCounts['params'];

function reportOf(
  population: Readonly<Record<string, Params>>,
  sets: Readonly<Record<string, unknown>> = {},
): AnyReport {
  const counts = Object.entries(population).map(([name, params]) => {
    const rows = Object.values(Object.values(params)[0] ?? { all: 10 }).reduce((a, b) => a + b, 0);
    return [
      name,
      {
        rows,
        ok: rows,
        warned: 0,
        rejected: 0,
        params,
        ...(sets[name] !== undefined && { parameterSets: sets[name] }),
      },
    ];
  });
  return reportWith({ hashers: Object.fromEntries(counts) });
}

const loads = (report: AnyReport) =>
  loadsOf(report, defaultRegistry).map(({ hasher, cost, rows, assumed }) => ({
    ...{ hasher: hasher.name, work: cost.work, rows, assumed },
  }));

describe('the work of a population', () => {
  test('is of each set of parameters once, where the report has them', () => {
    const parameterSets = [
      { params: { cost: 10, variant: '2b' }, rows: 5 },
      { params: { cost: 12, variant: '2b' }, rows: 3 },
      { params: { cost: 10, variant: '2a' }, rows: 2 },
    ];
    const report = reportOf({ bcrypt: { cost: { '10': 7, '12': 3 } } }, { bcrypt: parameterSets });
    expect(loads(report)).toEqual([
      { hasher: 'bcrypt', work: 1024, rows: 7, assumed: false },
      { hasher: 'bcrypt', work: 4096, rows: 3, assumed: false },
    ]);
  });

  test('is exact without them, where one parameter alone has several values that matter', () => {
    const report = reportOf({ bcrypt: { variant: { '2a': 5, '2b': 5 }, cost: { '10': 7, '12': 3 } } });
    expect(loads(report)).toEqual([
      { hasher: 'bcrypt', work: 1024, rows: 7, assumed: false },
      { hasher: 'bcrypt', work: 4096, rows: 3, assumed: false },
    ]);
  });

  test('is assumed, and said to be, where the values of several could go together in any way', async () => {
    const report = reportOf({ argon2id: { m: { '64': 9, '1024': 1 }, t: { '3': 10, '1': 1 }, p: { '1': 10 } } });
    expect(loads(report)).toEqual([{ hasher: 'argon2id', work: 192, rows: 10, assumed: true }]);
    expect(textOf(await makePage(report, { bench: bench() }))).toContain('≈ 64 KiB, t=3, p=1');
  });

  test('leaves out hashers that are none, rows that another system verifies, and parameters that make no sense', () => {
    const report = reportOf({
      ...{ unknown: {}, awscognito: {}, constructor: {} },
      bcrypt: { cost: { NaN: 1, x: 2 } },
      scrypt_werkzeug: { N: { other: 3 } },
    });
    expect(loads(report)).toEqual([]);
  });

  test('is counted for every hasher that computes here', () => {
    const population = Object.fromEntries(
      hashers.map(({ name, parse, example }) => [
        name,
        Object.fromEntries(
          Object.entries(parse(example.digest).params).map(([param, value]) => [param, { [String(value)]: 10 }]),
        ),
      ]),
    );
    const names = loads(reportOf(population)).map(({ hasher }) => hasher);
    expect(names.sort()).toEqual(
      hashers
        .map(({ name }) => name)
        .filter((name) => name !== 'awscognito')
        .sort(),
    );
  });
});

const bench = (results = RESULTS) => ({ machine: 'Test CPU, 8 cores', results });
const RESULTS = [
  { hasher: 'bcrypt', params: { variant: '2b', cost: 10 }, aloneMs: 50, batchMs: 20 },
  { hasher: 'bcrypt', params: { variant: '2b', cost: 12 }, aloneMs: 208, batchMs: 80 },
  { hasher: 'pbkdf2_sha256', params: { iterations: 100_000, keylen: 32 }, aloneMs: 30, batchMs: 25 },
];

describe('speeds of a benchmark', () => {
  const speeds = speedsFrom(bench(), defaultRegistry);
  const costOf = (name: string, params: object) => hashers.find((one) => one.name === name)?.cost(params) as never;

  test('are of the nearest result of the same KDF and hash function, and of as much more work', () => {
    expect(speeds.aloneMs(costOf('bcrypt', { cost: 10 }))).toBe(50);
    expect(speeds.aloneMs(costOf('bcrypt_peppered', { cost: 13 }))).toBe(416);
    expect(speeds.loadedMs(costOf('bcrypt', { cost: 4 }))).toBeCloseTo(20 / 64);
    expect(speeds.aloneMs(costOf('pbkdf2_sha256_django', { iterations: 600_000, keylen: 32 }))).toBeCloseTo(180);
  });

  test('are not made up where nothing alike was measured', async () => {
    expect(speeds.aloneMs(costOf('pbkdf2_sha1', { iterations: 1000, keylen: 20 }))).toBeUndefined();
    expect(speeds.aloneMs(costOf('argon2id', { m: 64, t: 1, p: 1 }))).toBeUndefined();
    const report = reportOf({ md5: {}, argon2id: { m: { '65536': 1 }, t: { '3': 1 }, p: { '1': 1 } } });
    const text = textOf(await makePage(report, { bench: bench() }));
    expect(text).toMatch(/argon2id 64 MiB, t=3, p=1 1 9\.1 % – – 64 MiB/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('make the mean and the worst, and say where they are from', async () => {
    const report = reportOf({
      bcrypt: { cost: { '10': 9, '12': 1 } },
      pbkdf2_sha256: { iterations: { '100000': 10 }, keylen: { '32': 10 } },
    });
    const { meanMs } = loginsOf(loadsOf(report, defaultRegistry), speeds);
    expect(meanMs).toBeCloseTo((9 * 50 + 208 + 10 * 30) / 20);
    const text = textOf(await makePage(report, { bench: bench() }));
    expect(text).toContain('a login takes 48 ms of a core on average: one core serves about 21 a second.');
    expect(text).toContain('The slowest is bcrypt with cost 12: 208 ms.');
    expect(text).toContain('From a benchmark of Test CPU, 8 cores;');
    expect(text).toContain('Time of one core if every user signs in once: 958 ms');
  });
});

describe('speeds of this machine', () => {
  test('are measured where there is no benchmark, and said to be an estimate', async () => {
    const asked: string[] = [];
    const measureSpeeds = async (costs: readonly { readonly kdf: string }[]) => {
      asked.push(...costs.map(({ kdf }) => kdf));
      return { aloneMs: () => 7, loadedMs: () => 5 };
    };
    const report = reportOf({ md5: {}, bcrypt: { cost: { '4': 1, '5': 1 } } });
    const text = textOf(await makePage(report, { measureSpeeds }));
    expect(new Set(asked)).toEqual(new Set(['digest', 'bcrypt']));
    expect(text).toContain('An estimate for the machine that made this page');
    await makePage(report, { measureSpeeds, bench: bench() });
    expect(asked).toHaveLength(3);
  });

  test('are none where nobody measures', async () => {
    const text = textOf(await makePage(reportOf({ bcrypt: { cost: { '4': 1 } } })));
    expect(text).toContain('No digest was timed.');
  });
});

describe('the report of a benchmark', () => {
  const machine = { cpu: 'Test CPU', cores: 8, node: 'v24.1.0' };
  const result = {
    hasher: 'bcrypt',
    params: { cost: 10 },
    backend: 'auto',
    alone: { medianMs: 50 },
    batch: { msEach: 20 },
  };
  const read = async (content: unknown) =>
    readBenchReport(await folder.write('bench.json', typeof content === 'string' ? content : JSON.stringify(content)));

  test('is read as far as it is needed', async () => {
    const other = { ...result, backend: 'portable', alone: { medianMs: 900 } };
    const alone = { ...result, batch: undefined };
    expect(await read({ machine, results: [other, result, alone] })).toEqual({
      machine: 'Test CPU, 8 cores, Node 24.1.0',
      results: [
        { hasher: 'bcrypt', params: { cost: 10 }, aloneMs: 50, batchMs: 20 },
        { hasher: 'bcrypt', params: { cost: 10 }, aloneMs: 50, batchMs: 50 },
      ],
    });
  });

  test.each([
    ['no JSON', '{', 'the file is no JSON'],
    ['a list', '[]', 'it has no results'],
    ['nothing', 'null', 'it has no results'],
    ['no result', { machine, results: [] }, 'has no result'],
    ['no sound result', { machine, results: [null, 1, {}, { ...result, alone: { medianMs: -1 } }] }, 'has no result'],
    ['9 MiB', ' '.repeat(9 * 2 ** 20), 'too long'],
  ])('of %s is refused, with what to do', async (_, content, reason) => {
    const problem = { name: 'InputProblem', message: expect.stringContaining(reason), fix: expect.any(String) };
    await expect(read(content)).rejects.toMatchObject(problem);
  });

  test('that is not there is told so', async () => {
    const problem = { name: 'InputProblem', message: 'there is no such file', file: folder.path('none') };
    await expect(readBenchReport(folder.path('none'))).rejects.toMatchObject(problem);
  });

  test('with nonsense in it makes no nonsense of the page', async () => {
    const odd = { ...result, hasher: 'argon2id', params: { m: 'x', t: {}, p: null } };
    const read_ = await read({ machine: 5, results: [odd, { ...result, hasher: '__proto__' }, result] });
    const text = textOf(await makePage(reportOf({ bcrypt: { cost: { '10': 1 } } }), { bench: read_ }));
    expect(text).toContain('a machine without a name');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});
