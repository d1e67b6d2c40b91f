/**
 * How long to measure: until the median is known well enough, or the time for it is spent. A fast machine at rest is done
 * in a moment, and a busy one takes all that it is given.
 */
import { Bench } from 'tinybench';
import type { Clock } from './clock.js';
import { estimateMedian, LEAST_ORDERED } from './statistics.js';

export interface Sampling {
  readonly clock: Clock;
  /** Times each run. Default: `clock`. */
  readonly timer?: Clock;
  /** Half the 95 % interval of the median over the median, which is enough. */
  readonly targetSpread: number;
  /** Milliseconds of `clock` after which no more runs begin, once there are `leastRuns`. */
  readonly budgetMs: number;
  /** Default: `LEAST_RUNS`. */
  readonly leastRuns?: number;
  readonly signal?: AbortSignal | undefined;
}

type SampledRun = () => Promise<unknown>;

/** With fewer not even a spread is worth reporting. */
export const LEAST_RUNS = 3;
/** Samples are looked at after this number of milliseconds. */
const SLICE_MS = 40;
/** V8 compiles again, and better, what ran for a while; a run of this length includes that. */
const WARM_UP_MS = 150;
/** Runs in a row that are alike: what was compiled is compiled. */
const ALIKE_RUNS = 5;
const ALIKE = 1.1;
/** More runs say nothing new. */
const MAX_RUNS = 10_000;

/** Whether the runs so far are enough. */
export function isStable(samples: readonly number[], sinceMs: number, sampling: Sampling): boolean {
  const { targetSpread, budgetMs, leastRuns = LEAST_RUNS } = sampling;
  if (samples.length < leastRuns) return false;
  if (sinceMs >= budgetMs || samples.length >= MAX_RUNS) return true;
  return samples.length >= LEAST_ORDERED && estimateMedian(samples).spread <= targetSpread;
}

/** Whether the latest runs no longer get faster, or the warm-up has taken long enough. */
function isWarm(samples: readonly number[], sinceMs: number): boolean {
  if (sinceMs >= WARM_UP_MS) return samples.length > 0;
  const latest = samples.slice(-ALIKE_RUNS);
  return latest.length === ALIKE_RUNS && Math.max(...latest) <= ALIKE * Math.min(...latest);
}

/**
 * @returns milliseconds of the latest run.
 * @throws what `run` throws; the signal's reason.
 */
export async function warmUp(run: SampledRun, { clock, signal }: Pick<Sampling, 'clock' | 'signal'>): Promise<number> {
  const samples: number[] = [];
  for (const since = clock(); !isWarm(samples, clock() - since); )
    samples.push(...(await timeRuns(run, 1, clock, signal)));
  return samples.at(-1) as number;
}

/**
 * Milliseconds of each run, one after the other.
 * @param aboutMs of a run: what `warmUp` returned.
 * @throws what `run` throws; the signal's reason.
 */
export async function sampleUntilStable(run: SampledRun, aboutMs: number, sampling: Sampling): Promise<number[]> {
  const { clock, timer = clock, signal } = sampling;
  const iterations = Math.min(1000, Math.max(1, Math.floor(SLICE_MS / Math.max(aboutMs, 1e-3))));
  const samples: number[] = [];
  for (const since = clock(); !isStable(samples, clock() - since, sampling); )
    samples.push(...(await timeRuns(run, iterations, timer, signal)));
  return samples;
}

async function timeRuns(
  run: SampledRun,
  iterations: number,
  now: Clock,
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  signal?.throwIfAborted();
  const bench = new Bench({ now, time: 0, iterations, warmup: false, retainSamples: true, throws: true });
  bench.add('run', run, { async: true });
  const [task] = await bench.run();
  return task?.result.state === 'completed' ? (task.result.latency.samples ?? []) : [];
}
