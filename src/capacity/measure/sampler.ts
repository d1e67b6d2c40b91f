/**
 * How long to measure: until the median is known well enough, or the time for it is spent. A fast machine at rest is done
 * in a moment, and a busy one takes all that it is given.
 */
import { Bench } from 'tinybench';
import { centre, LEAST_ORDERED } from './statistics.js';

/** Milliseconds from any moment on; another one in tests. */
export type Clock = () => number;

export interface Settling {
  readonly clock: Clock;
  /** Half the 95 % interval of the median over the median, which is enough. */
  readonly targetSpread: number;
  /** Milliseconds after which no more runs begin, once there are `LEAST_RUNS`. */
  readonly budgetMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** With fewer not even a spread is worth telling. */
export const LEAST_RUNS = 3;
/** Samples are looked at after so many milliseconds of them. */
const SLICE_MS = 40;
/** V8 compiles again, and better, what ran for a while; a run of this length has seen to it by itself. */
const WARM_UP_MS = 150;
/** Runs in a row that are alike: what was compiled is compiled. */
const ALIKE_RUNS = 5;
const ALIKE = 1.1;
/** More runs say nothing new. */
const MAX_RUNS = 10_000;

/** Whether the runs so far are enough. */
export function isSettled(samples: readonly number[], sinceMs: number, { targetSpread, budgetMs }: Settling): boolean {
  if (samples.length < LEAST_RUNS) return false;
  if (sinceMs >= budgetMs || samples.length >= MAX_RUNS) return true;
  return samples.length >= LEAST_ORDERED && centre(samples).spread <= targetSpread;
}

/** Whether the latest runs no longer get faster, or the warm-up has taken long enough. */
export function isWarm(samples: readonly number[], sinceMs: number): boolean {
  if (sinceMs >= WARM_UP_MS) return samples.length > 0;
  const latest = samples.slice(-ALIKE_RUNS);
  return latest.length === ALIKE_RUNS && Math.max(...latest) <= ALIKE * Math.min(...latest);
}

/**
 * Milliseconds of each run, one after the other, after a warm-up that does not count.
 * @throws what `run` throws; the signal's reason.
 */
export async function settled(run: () => Promise<unknown>, settling: Settling): Promise<number[]> {
  const { clock, signal } = settling;
  const slice = async (iterations: number): Promise<readonly number[]> => {
    signal?.throwIfAborted();
    const bench = new Bench({ now: clock, time: 0, iterations, warmup: false, retainSamples: true, throws: true });
    bench.add('run', run, { async: true });
    const [task] = await bench.run();
    return task?.result.state === 'completed' ? (task.result.latency.samples ?? []) : [];
  };
  const warming: number[] = [];
  for (const since = clock(); !isWarm(warming, clock() - since); ) warming.push(...(await slice(1)));
  const aboutMs = warming.at(-1) as number;
  const iterations = Math.min(1000, Math.max(1, Math.floor(SLICE_MS / Math.max(aboutMs, 1e-3))));
  const samples: number[] = [];
  for (const since = clock(); !isSettled(samples, clock() - since, settling); )
    samples.push(...(await slice(iterations)));
  return samples;
}
