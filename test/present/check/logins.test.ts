/** What a login costs: which work the population has, and how long it takes by a benchmark or by a quick estimate. */

import { describe, expect, test } from 'vitest';
import { hashers } from '../../../src/index.js';
import { defaultRegistry } from '../../../src/library.js';
import type { HasherCounts } from '../../../src/migration/index.js';
import { speedsFrom, speedsHere } from '../../../src/present/check/login-speeds.js';
import { costLogins, countLoads } from '../../../src/present/check/logins.js';
import { makePage } from '../../../src/present/check/make-page.js';
import type { BenchReport } from '../../../src/reports/bench-report.js';
import type { CheckReport } from '../../../src/reports/check-report.js';
import { BENCH, benchResult } from '../../support/bench-reports.js';
import { textOf } from '../../support/markup.js';
import { reportWith } from '../../support/reports.js';

type Params = HasherCounts['params'];

function reportOf(
  population: Readonly<Record<string, Params>>,
  sets: Readonly<Record<string, unknown>> = {},
): CheckReport {
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

const loads = (report: CheckReport) =>
  countLoads(report, defaultRegistry).map(({ hasher, cost, rows }) => ({
    ...{ hasher: hasher.name, work: cost.work, rows },
  }));

describe('the work of a population', () => {
  test('is of each set of parameters once', () => {
    const parameterSets = [
      { params: { cost: 10, variant: '2b' }, rows: 5 },
      { params: { cost: 12, variant: '2b' }, rows: 3 },
      { params: { cost: 10, variant: '2a' }, rows: 2 },
    ];
    const report = reportOf({ bcrypt: { cost: { '10': 7, '12': 3 } } }, { bcrypt: parameterSets });
    expect(loads(report)).toEqual([
      { hasher: 'bcrypt', work: 1024, rows: 7 },
      { hasher: 'bcrypt', work: 4096, rows: 3 },
    ]);
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

const bench: BenchReport = {
  ...BENCH,
  machine: { ...BENCH.machine, cpu: 'Test CPU', cores: 8 },
  results: [
    benchResult('bcrypt', { cost: 10 }, 900, 900, { backend: 'portable' }),
    benchResult('bcrypt', { cost: 10 }, 50, 20),
    benchResult('bcrypt', { cost: 12 }, 208, 80),
    benchResult('pbkdf2_sha256', { iterations: 100_000, keylen: 32 }, 30, 25),
  ],
};

describe('speeds of a benchmark', () => {
  const speeds = speedsFrom(bench, defaultRegistry);
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
    const text = textOf(await makePage(report, { bench }));
    expect(text).toMatch(/argon2id 64 MiB, t=3, p=1 1 9\.1 % – – 64 MiB/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('give no mean, share or worst of a part of the hashers only', async () => {
    const report = reportOf({
      bcrypt: { cost: { '10': 9 } },
      argon2id: { m: { '65536': 1 }, t: { '3': 1 }, p: { '1': 1 } },
    });
    const { meanMs, untimed } = costLogins(countLoads(report, defaultRegistry), speeds);
    expect({ meanMs, untimed }).toEqual({ meanMs: undefined, untimed: ['argon2id'] });
    const text = textOf(await makePage(report, { bench }));
    expect(text).toContain('no time for argon2id (1 row)');
    expect(text).not.toMatch(/one core serves|The slowest is|Time of one core/);
  });

  test('make the mean and the worst, and say where they are from', async () => {
    const report = reportOf({
      bcrypt: { cost: { '10': 9, '12': 1 } },
      pbkdf2_sha256: { iterations: { '100000': 10 }, keylen: { '32': 10 } },
    });
    const { meanMs } = costLogins(countLoads(report, defaultRegistry), speeds);
    expect(meanMs).toBeCloseTo((9 * 50 + 208 + 10 * 30) / 20);
    const text = textOf(await makePage(report, { bench }));
    expect(text).toContain('a login takes 47.9 ms of a core on average: one core serves about 21 a second.');
    expect(text).toContain('The slowest is bcrypt with cost 12: 208 ms.');
    expect(text).toContain('From a benchmark of Test CPU, 8 cores, Node 20.20.2.');
    expect(text).toContain('Time of one core if every user signs in once: 958 ms');
  });
});

describe('speeds of this machine', () => {
  test('are of every KDF that is asked for, more for more work, and said to be an estimate', async () => {
    const report = reportOf({
      ...{ md5: {}, bcrypt: { cost: { '4': 1, '5': 1 } }, phpass: { cost: { '7': 1 } } },
      sha512_symfony: { iterations: { '5000': 1 } },
    });
    const found = countLoads(report, defaultRegistry);
    const { costs } = costLogins(found, await speedsHere(found.map(({ cost }) => cost)));
    expect(costs).toHaveLength(5);
    for (const { aloneMs = 0, loadedMs = 0 } of costs) {
      expect(aloneMs).toBeGreaterThan(0);
      expect(loadedMs).toBeGreaterThan(0);
    }
    const bcrypt = costs.filter(({ hasher }) => hasher === 'bcrypt').sort((a, b) => a.cost.work - b.cost.work);
    expect((bcrypt[1]?.aloneMs ?? 0) / (bcrypt[0]?.aloneMs ?? 0)).toBeCloseTo(2);
    expect(textOf(await makePage(reportOf({ md5: {} })))).toContain('An estimate for the machine that made this page');
  });

  test('are not measured after an abort', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const found = countLoads(reportOf({ bcrypt: { cost: { '4': 1 } } }), defaultRegistry);
    const costs = found.map(({ cost }) => cost);
    await expect(speedsHere(costs, signal)).rejects.toThrow('enough');
  });
});
