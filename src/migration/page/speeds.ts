/** How long a verification takes on a machine. */

import type { Registry } from '../../registry.js';
import type { AnyHasher, Cost, Params } from '../../types.js';
import type { BenchReport } from './bench-report.js';

export interface Speeds {
  /** Where the numbers are from, as a sentence of the page. */
  readonly origin: string;
  /** Milliseconds of one core; undefined where nothing of that KDF was measured. */
  aloneMs(cost: Cost): number | undefined;
  /** The same for each of those that go together under load. */
  loadedMs(cost: Cost): number | undefined;
}

/** Where speeds of this machine are from. */
export const ESTIMATED =
  'An estimate for the machine that made this page: one usual digest of each kind was timed there, and the others are taken to need as much more time as they are more work.';

export const NO_SPEEDS: Speeds = {
  origin: 'No digest was timed.',
  aloneMs: () => undefined,
  loadedMs: () => undefined,
};

/** Each cost as the result of the same KDF and hash function that is nearest in work, and as much more or less. */
export function speedsFrom(bench: BenchReport, registry: Registry): Speeds {
  const results = bench.results.flatMap(({ hasher, params, aloneMs, batchMs }) => {
    const known = registry.get(hasher);
    const cost = known?.verifiable ? costOf(known, params) : undefined;
    return cost !== undefined && cost.work > 0 ? [{ cost, aloneMs, batchMs }] : [];
  });
  const scaled = (cost: Cost, of: 'aloneMs' | 'batchMs'): number | undefined => {
    const [nearest] = results
      .filter((one) => one.cost.kdf === cost.kdf && one.cost.algorithm === cost.algorithm)
      .sort((a, b) => distance(a.cost, cost) - distance(b.cost, cost));
    return nearest && (nearest[of] * cost.work) / nearest.cost.work;
  };
  return {
    origin: `From a benchmark of ${bench.machine}; parameters that it did not have are taken to need as much more time as they are more work.`,
    aloneMs: (cost) => scaled(cost, 'aloneMs'),
    loadedMs: (cost) => scaled(cost, 'batchMs'),
  };
}

function distance(a: Cost, b: Cost): number {
  return Math.abs(Math.log(a.work / b.work));
}

/** Undefined where the parameters are none of the hasher's, as they may be in a file. */
export function costOf(hasher: AnyHasher, params: Params): Cost | undefined {
  try {
    const cost = hasher.cost(params);
    return Number.isFinite(cost.work) && Number.isFinite(cost.memoryBytes) ? cost : undefined;
  } catch {
    return undefined;
  }
}
