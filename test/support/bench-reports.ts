/** A bench report and timings that are not measured. */
import { parameterSet } from '../../src/capacity/measure/parameter-set.js';
import type { Timing } from '../../src/capacity/measure/timing.js';
import type { BenchReport, BenchResult } from '../../src/reports/bench-report.js';

export function timing(batchMs: readonly number[], rest: Partial<Timing> = {}): Timing {
  return { batchMs, callerMs: 0.05, crowding: 1, spread: 0.01, ...rest };
}

/** A result of `digestry bench --json`. @param eachMs of a full batch. @param cores as fast as one, but for `crowding`. */
export function benchResult(
  hasher: string,
  params: Readonly<Record<string, number>>,
  aloneMs: number,
  eachMs: number,
  { cores = 2, crowding = 1, backend = 'auto', byLanes = [] as { lanes: number; batchMs: number }[] } = {},
): BenchResult {
  const { cost, label } = parameterSet(hasher, params);
  const perSecond = (1000 * cores) / eachMs / crowding;
  return {
    ...{ hasher, label, params, backend, kdf: cost.kdf, cost: { work: cost.work, memoryBytes: cost.memoryBytes } },
    alone: { medianMs: aloneMs, p95Ms: aloneMs * 1.1, p99Ms: aloneMs * 1.2, spread: 0.01, runs: 20 },
    batch: {
      perSecond: 1000 / eachMs,
      msEach: eachMs,
      spread: 0.01,
      runs: 20,
      byLanes: byLanes.map((one) => ({ ...one, perSecond: (1000 * one.lanes) / one.batchMs })),
    },
    allCores: { perSecond, threads: cores, spread: 0.01, runs: 5, byThreads: [], byCallers: [] },
    memory: { perVerificationBytes: cost.memoryBytes, peakRssBytes: 1e8 },
  };
}

export const BENCH: BenchReport = {
  machine: {
    cpu: 'A processor',
    cores: 2,
    node: '20.20.2',
    openssl: '3.0.19',
    platform: 'linux x64',
    memoryBytes: 8e9,
  },
  digestry: '0.1.0',
  date: '2026-11-23T12:00:00.000Z',
  noise: { spread: 0.01, noisy: false, referenceMs: 5 },
  results: [
    benchResult('bcrypt', { cost: 10 }, 60, 25, { crowding: 1.25 }),
    benchResult('phpass', { cost: 13 }, 0.8, 0.16),
    benchResult('argon2id', { m: 19_456, t: 2, p: 1 }, 14, 14),
    benchResult('scrypt_werkzeug', { N: 32_768, r: 8, p: 1 }, 60, 40),
    benchResult('md5', {}, 0.002, 0.002),
    benchResult('bcrypt', { cost: 10 }, 85, 85, { backend: 'bcryptjs' }),
  ],
  skipped: [],
};
