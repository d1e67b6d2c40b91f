/** Times: those of a bench, and those that are worked out from them. */
import { describe, expect, test } from 'vitest';
import { measureSets } from '../../../src/capacity/measure/login-cost.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { combineTimings, loadedMs } from '../../../src/capacity/measure/timing.js';
import { mixFromText } from '../../../src/capacity/plan/mix.js';
import { timedSets, worthMeasuring } from '../../../src/capacity/plan/timings.js';
import { timingsFromBench } from '../../../src/capacity/plan/timings-from-bench.js';
import { InputProblem } from '../../../src/migration/index.js';
import type { BenchResult } from '../../../src/reports/bench-report.js';
import { BENCH, benchResult, timing } from '../../support/bench-reports.js';

describe('a report of a bench', () => {
  const measured = timingsFromBench(BENCH);
  const of = (label: string) => measured.find(({ set }) => set.label === label)?.timing;

  test('gives the backend that is used by default', () => {
    expect(measured.filter(({ set }) => set.label === 'bcrypt cost=10')).toHaveLength(1);
  });

  test('gives one alone, full lanes, and what is between them evenly', () => {
    expect(of('bcrypt cost=10')?.batchMs).toEqual([60, 67.5, 75]);
    expect(of('bcrypt cost=10')?.crowding).toBeCloseTo(1.25, 10);
    expect(of('phpass cost=13')?.batchMs).toHaveLength(8);
    expect(of('argon2id m=19456,t=2,p=1')?.batchMs).toEqual([14]);
    expect(of('md5')?.batchMs).toEqual([0.002]);
  });

  test('gives what was measured for fewer lanes, and evenly what is between those', () => {
    const of = (byLanes: { lanes: number; batchMs: number }[]) => {
      const results = [benchResult('phpass', { cost: 13 }, 1, 1, { byLanes })];
      return timingsFromBench({ ...BENCH, results })[0]?.timing.batchMs;
    };
    expect(of([])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(
      of([
        { lanes: 2, batchMs: 1.5 },
        { lanes: 4, batchMs: 2.5 },
      ]),
    ).toEqual([1, 1.5, 2, 2.5, 3.875, 5.25, 6.625, 8]);
    // More lanes than digestry has here.
    expect(of([{ lanes: 16, batchMs: 3 }])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('of more threads than cores tells what the cores do, and of fewer nothing of the others', () => {
    const crowding = (threads: number, perSecond: number) => {
      const result = benchResult('bcrypt', { cost: 10 }, 60, 25);
      const results = [{ ...result, allCores: { ...result.allCores, threads, perSecond } }];
      return timingsFromBench({ ...BENCH, results })[0]?.timing.crowding;
    };
    expect(crowding(2, 64)).toBeCloseTo(1.25, 10);
    expect(crowding(8, 64)).toBeCloseTo(1.25, 10);
    expect(crowding(1, 40)).toBe(1);
  });

  test('never has a batch that is sooner done than one alone', () => {
    const results = [benchResult('bcrypt', { cost: 10 }, 60, 1)];
    expect(timingsFromBench({ ...BENCH, results })[0]?.timing.batchMs).toEqual([60, 60, 60]);
  });

  test('leaves out hashers that are unknown here, and parameters that are none of theirs', () => {
    const [result] = BENCH.results as [BenchResult, ...BenchResult[]];
    const results = [
      { ...result, hasher: 'nobody' },
      { ...result, hasher: '__proto__' },
      { ...result, params: { cost: 99 } },
      { ...result, params: { cost: 'high' } },
    ];
    expect(timingsFromBench({ ...BENCH, results })).toEqual([]);
  });
});

describe('a set that was not measured', () => {
  const measured = [
    { set: parameterSet('bcrypt', { cost: 10 }), timing: timing([60, 66, 75], { crowding: 1.1 }) },
    { set: parameterSet('bcrypt', { cost: 12 }), timing: timing([250, 270, 310]) },
    { set: parameterSet('phpass', { cost: 13 }), timing: timing([0.8]) },
  ];
  const timed = (name: string, params: Readonly<Record<string, number>>) => {
    const set = parameterSet(name, params);
    return timedSets([set], measured).get(set.label);
  };

  test('has the time of the nearest one of its KDF, by the work', () => {
    expect(timed('bcrypt', { cost: 13 })).toMatchObject({
      measuredAs: 'bcrypt cost=12',
      timing: { batchMs: [500, 540, 620] },
    });
    expect(timed('bcrypt', { cost: 9 })).toMatchObject({
      measuredAs: 'bcrypt cost=10',
      timing: { batchMs: [30, 33, 37.5], crowding: 1.1 },
    });
  });

  test('has the time of another hasher that does the same work', () => {
    expect(timed('bcrypt_sha256_django', { cost: 12 })).toMatchObject({ timing: { batchMs: [250, 270, 310] } });
    expect(timed('md5_phpass', { cost: 13 })).toMatchObject({ measuredAs: 'phpass cost=13' });
  });

  test('is a problem where nothing of its KDF was measured', () => {
    expect(() => timed('argon2id', {})).toThrow(
      expect.objectContaining({ fix: expect.stringContaining('digestry bench argon2id') }),
    );
    // SHA-512 is not MD5, though both are looped.
    expect(() => timed('sha512_symfony', {})).toThrow(InputProblem);
  });
});

describe('what is measured', () => {
  const labels = (mix: string) =>
    worthMeasuring(mixFromText(mix).portions, [parameterSet('bcrypt', { cost: 4 })]).map(({ label }) => label);

  test('of few sets is all of them', () => {
    const few = [4, 5, 6, 7, 12].map((cost) => `bcrypt:${cost}=1`).join();
    expect(labels(`${few},md5=0.001,argon2id=0.001`).sort()).toEqual([
      'argon2id m=19456,t=2,p=1',
      ...[12, 4, 5, 6, 7].map((cost) => `bcrypt cost=${cost}`),
      'md5',
    ]);
  });

  test('of many sets whose time is that of their work is the one that takes most', () => {
    const bcrypts = Array.from({ length: 12 }, (_, i) => `bcrypt:${4 + i}=1`);
    const pbkdf2s = Array.from({ length: 19 }, (_, i) => `pbkdf2_sha256:${1000 * (i + 1)}=1`);
    expect(labels([...bcrypts, ...pbkdf2s, 'md5=0.001', 'argon2id=0.001'].join())).toEqual([
      ...['bcrypt cost=4', 'bcrypt cost=15', 'pbkdf2_sha256 iterations=19000', 'argon2id m=19456,t=2,p=1', 'md5'],
    ]);
  });

  test('of many sets that need memory is what takes most of the time', () => {
    const many = Array.from({ length: 12 }, (_, i) => `argon2id:m=${1024 * (i + 1)},t=2,p=1=1`).join();
    expect(labels(many)).toHaveLength(8);
    expect(labels(many)).toContain('argon2id m=12288,t=2,p=1');
  });
});

describe('the rounds', () => {
  const sets = (count: number) => Array.from({ length: count }, (_, i) => parameterSet('bcrypt', { cost: 4 + i }));
  const measuredAt = async (count: number, ms: number) => {
    const briefs: boolean[] = [];
    let clock = 0;
    const measure = async (_: unknown, __: unknown, brief = false) => {
      clock += ms;
      briefs.push(brief);
      return timing([1]);
    };
    const found = await measureSets(sets(count), measure, undefined, undefined, () => clock);
    expect(found).toHaveLength(count);
    return briefs;
  };

  test('are three of few sets, whatever they take', async () => {
    expect(await measuredAt(4, 100_000)).toEqual(Array(12).fill(false));
  });

  test('are three of many sets, in brief', async () => {
    expect(await measuredAt(8, 1000)).toEqual(Array(24).fill(true));
  });

  test('are fewer of many sets that would take longer than a minute', async () => {
    expect(await measuredAt(8, 3000)).toHaveLength(16);
    expect(await measuredAt(8, 30_000)).toHaveLength(8);
  });
});

test('the time under load is that of full lanes on busy cores', () => {
  expect(loadedMs(timing([60, 66, 75], { crowding: 1.2 }), false)).toBeCloseTo(25 * 1.2 + 0.05, 10);
  expect(loadedMs(timing([0.002]), true)).toBe(0.002);
});

test('of several measurements the middle one counts, number by number', () => {
  const quiet = timing([60, 66, 75], { crowding: 1.1, callerMs: 0.2 });
  const disturbedAlone = timing([90, 66, 100], { crowding: 1, callerMs: 0.1 });
  const disturbedCrowd = timing([60, 80, 75], { crowding: 2, callerMs: 0.3 });
  const found = combineTimings([disturbedAlone, disturbedCrowd, quiet]);
  expect(found).toMatchObject({ batchMs: [60, 66, 75], callerMs: 0.2, crowding: 1.1 });
  // A third slower once: the machine is not quiet.
  expect(found.spread).toBeCloseTo(1 / 6, 10);
  expect(combineTimings([quiet])).toEqual(quiet);
});
