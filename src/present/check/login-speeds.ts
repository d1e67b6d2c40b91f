/** How long a verification takes on a machine: measured here and now, or from a benchmark's report. */
import { type LoginSpeeds, measureLoginSpeeds } from '../../capacity/measure/login-speeds.js';
import type { Registry } from '../../registry.js';
import type { BenchReport } from '../../reports/bench-report.js';
import type { AnyHasher, Cost, Params } from '../../types.js';

export interface Speeds extends LoginSpeeds {
  /** Where the numbers are from, as a sentence of the page. */
  readonly origin: string;
}

/**
 * Those of this machine.
 * @throws the signal's reason after an abort.
 */
export async function speedsHere(costs: readonly Cost[], signal?: AbortSignal): Promise<Speeds> {
  return {
    origin:
      'An estimate for the machine that made this page: one typical digest of each KDF was timed there. Times of other parameters are scaled by their work.',
    ...(await measureLoginSpeeds(costs, signal)),
  };
}

/** Each cost as the result of the same KDF and hash function that is nearest in work, and as much more or less. */
export function speedsFrom(bench: BenchReport, registry: Registry): Speeds {
  const results = bench.results.flatMap(({ hasher, params, backend, alone, batch }) => {
    // What verifies here, not the backends that were measured for comparison.
    const known = backend === 'auto' ? registry.get(hasher) : undefined;
    const cost = known?.verifiable ? findCost(known, params) : undefined;
    return cost !== undefined ? [{ cost, aloneMs: alone.medianMs, batchMs: batch.msEach }] : [];
  });
  const scaled = (cost: Cost, of: 'aloneMs' | 'batchMs'): number | undefined => {
    const [nearest] = results
      .filter((one) => one.cost.kdf === cost.kdf && one.cost.algorithm === cost.algorithm)
      .sort((a, b) => distance(a.cost, cost) - distance(b.cost, cost));
    return nearest && (nearest[of] * cost.work) / nearest.cost.work;
  };
  return {
    origin: `From a benchmark of ${nameMachine(bench.machine)}. Times of other parameters are scaled by their work.`,
    aloneMs: (cost) => scaled(cost, 'aloneMs'),
    loadedMs: (cost) => scaled(cost, 'batchMs'),
  };
}

function nameMachine({ cpu, cores, node }: BenchReport['machine']): string {
  return `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, Node ${node.replace(/^v/, '')}`;
}

function distance(a: Cost, b: Cost): number {
  return Math.abs(Math.log(a.work / b.work));
}

/** Undefined if the parameters do not belong to the hasher, as is possible in a file. */
export function findCost(hasher: AnyHasher, params: Params): Cost | undefined {
  try {
    const cost = hasher.cost(params);
    return Number.isFinite(cost.work) && Number.isFinite(cost.memoryBytes) ? cost : undefined;
  } catch {
    return undefined;
  }
}
