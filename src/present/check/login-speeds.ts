/** How long a verification takes on a machine: from a few measurements here and now, or from a benchmark's report. */
import type { CostlyKdf } from '../../jobs.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import { jobCost } from '../../kdf/cost.js';
import { roughMs } from '../../kdf/duration.js';
import { measure, REFERENCE, type Speed } from '../../kdf/measure.js';
import type { Registry } from '../../registry.js';
import type { BenchReport } from '../../reports/bench-report.js';
import type { AnyHasher, Cost, KdfName, Params } from '../../types.js';

export interface Speeds {
  /** Where the numbers are from, as a sentence of the page. */
  readonly origin: string;
  /** Milliseconds of one core; undefined where nothing of that KDF was measured. */
  aloneMs(cost: Cost): number | undefined;
  /** The same for each of those that go together under load. */
  loadedMs(cost: Cost): number | undefined;
}

/**
 * Measures one usual digest of each KDF that is asked for, some tenths of a second each, on the thread that calls it.
 * Times of other parameters are scaled by their work.
 * @throws the signal's reason after an abort.
 */
export async function speedsHere(kdfs: ReadonlySet<KdfName>, signal?: AbortSignal): Promise<Speeds> {
  const measured = new Map<KdfName, Speed>();
  for (const kdf of kdfs) {
    signal?.throwIfAborted();
    const speed = kdf === 'digest' ? undefined : await firstSpeed(kdf);
    if (speed !== undefined) measured.set(kdf, speed);
  }
  const scaled = (cost: Cost, of: (speed: Speed) => number): number | undefined => {
    // Microseconds: nothing to measure.
    if (cost.kdf === 'digest') return roughMs(cost);
    const speed = measured.get(cost.kdf);
    return speed && (of(speed) * roughMs(cost)) / roughMs(referenceOf(cost.kdf));
  };
  return {
    origin:
      'An estimate for the machine that made this page: one typical digest of each KDF was timed there. Times of other parameters are scaled by their work.',
    aloneMs: (cost) => scaled(cost, ({ aloneMs }) => aloneMs),
    loadedMs: (cost) => scaled(cost, ({ aloneMs, batchMs }) => Math.min(aloneMs, batchMs ?? aloneMs)),
  };
}

/** Of the first backend that loads here: the one that verifies. */
async function firstSpeed(kdf: CostlyKdf): Promise<Speed | undefined> {
  for (const backend of nodeCatalogue.costly[kdf]) {
    try {
      return await measure(kdf, backend as never);
    } catch {
      // It does not load here; the next one verifies.
    }
  }
  return undefined;
}

function referenceOf(kdf: CostlyKdf): Pick<Cost, 'kdf' | 'algorithm' | 'work'> {
  const { job } = REFERENCE[kdf];
  const algorithm = kdf === 'pbkdf2' ? REFERENCE.pbkdf2.job.prf : kdf === 'chain' ? REFERENCE.chain.job.algorithm : '';
  return { kdf, algorithm, work: jobCost(kdf, job as never).work };
}

/** Each cost as the result of the same KDF and hash function that is nearest in work, and as much more or less. */
export function speedsFrom(bench: BenchReport, registry: Registry): Speeds {
  const results = bench.results.flatMap(({ hasher, params, backend, alone, batch }) => {
    // What verifies here, not the backends that were measured for comparison.
    const known = backend === 'auto' ? registry.get(hasher) : undefined;
    const cost = known && costOf(known, params);
    return cost !== undefined && cost.work > 0 ? [{ cost, aloneMs: alone.medianMs, batchMs: batch.msEach }] : [];
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

/** Undefined where the parameters are none of the hasher's, as they may be in a file. */
export function costOf(hasher: AnyHasher, params: Params): Cost | undefined {
  try {
    const cost = hasher.cost(params);
    return Number.isFinite(cost.work) && Number.isFinite(cost.memoryBytes) ? cost : undefined;
  } catch {
    return undefined;
  }
}
