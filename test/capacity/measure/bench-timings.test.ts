/** Timings that a bench report gives. */
import { describe, expect, test } from 'vitest';
import { timingsFromBench } from '../../../src/capacity/measure/bench-timings.js';
import type { BenchResult } from '../../../src/reports/bench-report.js';
import { BENCH, benchResult } from '../../support/bench-reports.js';

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
