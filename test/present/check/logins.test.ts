/** What a login costs: which work the population has, and how long it takes by a benchmark or by a quick estimate. */

import { describe, expect, test } from 'vitest';
import { timingsFromBench } from '../../../src/capacity/measure/bench-timings.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { findCoreMs, getTiming } from '../../../src/capacity/plan/planned-logins.js';
import { timedSets } from '../../../src/capacity/plan/timings.js';
import { clerkHashers } from '../../../src/index.js';
import { defaultRegistry } from '../../../src/library.js';
import type { HasherCounts } from '../../../src/migration/index.js';
import { costLogins, countLoads, speedsFrom } from '../../../src/present/check/logins.js';
import { makePage } from '../../../src/present/check/make-page.js';
import { formatAmount, formatDuration } from '../../../src/present/quantity.js';
import type { BenchReport, BenchResult } from '../../../src/reports/bench-report.js';
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
      clerkHashers.map(({ name, parse, example }) => [
        name,
        Object.fromEntries(
          Object.entries(parse(example.digest).params).map(([param, value]) => [param, { [String(value)]: 10 }]),
        ),
      ]),
    );
    const names = loads(reportOf(population)).map(({ hasher }) => hasher);
    expect(names.sort()).toEqual(
      clerkHashers
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
  const speeds = speedsFrom(bench);
  const estimate = (name: string, params: Readonly<Record<string, number>>) =>
    speeds.estimate(parameterSet(name, params));

  test('are of the nearest result of the same KDF and hash function, and of as much more work', () => {
    expect(estimate('bcrypt', { cost: 10 })).toMatchObject({ aloneMs: 50 });
    expect(estimate('bcrypt_peppered', { cost: 13 })).toMatchObject({ aloneMs: 416 });
    expect(estimate('pbkdf2_sha256_django', { iterations: 600_000 })?.aloneMs).toBeCloseTo(180);
  });

  test('are not made up where nothing alike was measured', async () => {
    expect(estimate('pbkdf2_sha1', { iterations: 1000, keylen: 20 })).toBeUndefined();
    expect(estimate('argon2id', { m: 64, t: 1, p: 1 })).toBeUndefined();
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
    expect(text).toContain(`argon2id (${formatAmount(1, 'row')})`);
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
    for (const amount of [47.9, 208, 958]) expect(text).toContain(formatDuration(amount));
    expect(text).toContain('From a benchmark of Test CPU, 8 cores, Node 20.20.2.');
  });
});

describe('a page and a plan from one bench report', () => {
  const results = [
    // Busy cores are slower.
    benchResult('bcrypt', { cost: 10 }, 60, 25, { crowding: 1.25 }),
    // Native code has no lanes: what it takes together is not what each takes.
    benchResult('argon2id', { m: 19_456, t: 2, p: 1 }, 14, 9),
    // A batch is never done sooner than one alone.
    benchResult('pbkdf2_sha256', { iterations: 100_000 }, 60, 1),
    benchResult('md5', {}, 0.003, 0.002),
    // One amount of work, in two amounts of memory.
    benchResult('scrypt_werkzeug', { N: 2 ** 14, r: 8, p: 2 }, 60, 40),
    benchResult('scrypt_werkzeug', { N: 2 ** 15, r: 8, p: 1 }, 70, 50),
    // One amount of work, of two hashers.
    benchResult('bcrypt_peppered', { cost: 10 }, 61, 26),
  ];
  const report: BenchReport = { ...BENCH, results };

  test.each([
    ['bcrypt', { cost: 10 }],
    ['bcrypt', { cost: 12 }],
    ['bcrypt_peppered', { cost: 10 }],
    ['argon2id', { m: 19_456, t: 2, p: 1 }],
    ['pbkdf2_sha256', { iterations: 100_000 }],
    ['scrypt_werkzeug', { N: 2 ** 15, r: 8, p: 1 }],
    ['scrypt_firebase', { rounds: 16, memCost: 14 }],
    ['md5', {}],
  ] as const)('give %s %o the same times', (name, params) => {
    const set = parameterSet(name, params);
    const mix = { portions: [{ set, share: 1 }], leftOut: [] };
    const timings = timedSets([set], timingsFromBench(report));
    const planned = { mix, timings, used: {}, loginsPerSecond: 1, p99Ms: 60_000, coresPerMachine: 2 };
    const parameterSets = [{ params: set.parsed.params, rows: 1 }];
    const loads = countLoads(reportOf({ [name]: {} }, { [name]: parameterSets }), defaultRegistry);
    const { costs } = costLogins(loads, speedsFrom(report));
    expect(costs).toMatchObject([{ aloneMs: getTiming(planned, set).batchMs[0], loadedMs: findCoreMs(planned, set) }]);
  });

  test('leave out results that no verifier accepts', () => {
    const [first] = results as [BenchResult];
    const bad = [{ ...first, params: { cost: 99 } }];
    expect(speedsFrom({ ...report, results: bad }).estimate(parameterSet('bcrypt', {}))).toBeUndefined();
  });
});
