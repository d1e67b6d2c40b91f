/** Verdicts on two reports: certain only where neither the measurements nor the machine can explain the difference. */
import { describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/capacity/bench/compare.js';
import type { BenchReport, BenchResult } from '../../../src/reports/bench-report.js';

interface Told {
  readonly ms?: number;
  readonly spread?: number;
  readonly noise?: number;
  readonly referenceMs?: number;
  readonly machine?: object;
  readonly rows?: number;
}

function report({ ms = 100, spread = 0.01, noise = 0.01, referenceMs = 5, machine, rows = 1 }: Told = {}): BenchReport {
  const perSecond = 1000 / ms;
  const result = (label: string): BenchResult => ({
    ...{ hasher: 'bcrypt', label, params: { cost: 10 }, backend: 'auto', kdf: 'bcrypt' },
    cost: { work: 1024, memoryBytes: 4168 },
    alone: { medianMs: ms, p95Ms: ms, p99Ms: ms, spread, runs: 20 },
    batch: { perSecond, msEach: ms, spread, runs: 20, byLanes: [] },
    allCores: { perSecond, threads: 2, spread, runs: 20, byThreads: [], byCallers: [] },
    memory: { perVerificationBytes: 4168, peakRssBytes: 1 },
  });
  return {
    machine: {
      ...{ cpu: 'A', cores: 2, node: '20.20.2', openssl: '3.0.19', platform: 'linux x64', memoryBytes: 1 },
      ...machine,
    },
    ...{ digestry: '0.1.0', date: '2026-11-23T00:00:00.000Z', noise: { spread: noise, noisy: false, referenceMs } },
    results: Array.from({ length: rows }, (_, i) => result(`bcrypt cost=${10 + i}`)),
    skipped: [],
  };
}

const verdict = (now: Told, before: Told = {}) => compareReports(report(now), report(before))[0]?.verdict;

describe('a verdict', () => {
  test('is sure of what the intervals cannot hide, either way', () => {
    expect([verdict({ ms: 120 }), verdict({ ms: 80 }), verdict({ ms: 101 })]).toEqual([
      'slower',
      'faster',
      'no difference seen',
    ]);
  });

  test('is not sure where the runs, or the machine in either of them, varied as much', () => {
    const slower: Told[] = [{ spread: 0.2 }, { noise: 0.2 }];
    for (const loose of slower) {
      expect(verdict({ ms: 120, ...loose })).toBe('no difference seen');
      expect(verdict({ ms: 120 }, loose)).toBe('no difference seen');
    }
  });

  test('does not take a slower clock of the processor for a slower program', () => {
    expect(verdict({ ms: 120, referenceMs: 6 })).toBe('no difference seen');
    expect(verdict({ ms: 160, referenceMs: 6 })).toBe('slower');
  });

  test('is none where the machine was too noisy in one of the two runs', () => {
    const [compared] = compareReports(report({ ms: 1000, noise: 0.4 }), report());
    const [reversed] = compareReports(report({ ms: 1000 }), report({ noise: 0.4 }));
    for (const one of [compared, reversed]) {
      expect(one).toMatchObject({ verdict: 'not comparable', reason: expect.any(String) });
    }
    // It says which of the two.
    expect(compared?.reason).not.toBe(reversed?.reason);
  });

  test('is about all rows at once: the more rows, the wider', () => {
    const width = (rows: number): number => {
      const [first] = compareReports(report({ rows }), report({ rows }));
      return (first?.alone?.high ?? 0) / (first?.alone?.ratio ?? 1);
    };
    expect(width(40)).toBeGreaterThan(width(1));
    const alone = report({ noise: 0, spread: 0.01 });
    // Two ratios: z of 0.0125 on each side.
    const [{ alone: ratio } = {}] = compareReports(alone, alone);
    expect(Math.log(ratio?.high ?? 0)).toBeCloseTo((2.241403 / 1.96) * Math.hypot(0.01, 0.01), 6);
  });

  test('is none across machines, Nodes, or rows that were not there', () => {
    const machines = [{ cpu: 'B' }, { cores: 4 }, { node: '24.0.0' }, { openssl: '3.5.0' }];
    for (const machine of machines) expect(verdict({ machine })).toBe('not comparable');
    const [other] = compareReports(report({ machine: { node: '24.0.0' } }), report());
    expect(other?.reason).toBe('another Node (20.20.2, now 24.0.0)');
    const [, added] = compareReports(report({ rows: 2 }), report());
    expect(added).toMatchObject({ verdict: 'not comparable', reason: 'it is not in the old report' });
  });

  test('of other threads is by what is alone', () => {
    const old = report();
    const results = old.results.map((one) => ({ ...one, allCores: { ...one.allCores, threads: 4 } }));
    const [compared] = compareReports(report(), { ...old, results });
    expect(compared).not.toHaveProperty('allCores');
    expect(compared?.verdict).toBe('no difference seen');
  });
});
