/** Callers that each ask again as soon as they are answered: what a core does when enough of them wait. */
import { type Clock, isSettled, type Settling } from './sampler.js';

export interface Crowd extends Settling {
  readonly callers: number;
  /** Answers that come at once: the lanes of a batch. */
  readonly together: number;
  /** Batches under way at a time. */
  readonly threads: number;
  /** Whether calls under way may be stopped at the end; otherwise they are waited for, and do not count. */
  readonly stoppable: boolean;
  /** Called now and then. */
  readonly watch?: () => void;
}

export interface Load {
  /** Milliseconds for each answer, of each batch. */
  readonly msEach: readonly number[];
  /** Milliseconds from call to answer. */
  readonly latencies: readonly number[];
}

/**
 * The first batch of each thread does not count: it fills the queue.
 * @param call rejects on a wrong answer.
 * @throws what `call` throws; the signal's reason.
 */
export async function crowd(call: (signal: AbortSignal) => Promise<unknown>, options: Crowd): Promise<Load> {
  const { callers, together, threads, stoppable, signal, watch, clock } = options;
  signal?.throwIfAborted();
  const ending = new AbortController();
  const stop = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
  const unstopped = new AbortController().signal;
  const batches = batchTimes(together, threads, clock);
  const latencies: number[] = [];
  const since = clock();
  let failure: unknown;
  let over = false;

  function end(error?: unknown): void {
    failure ??= error;
    over = true;
    if (stoppable || failure !== undefined) ending.abort();
  }

  async function caller(): Promise<void> {
    while (!over) {
      const asked = clock();
      try {
        await call(stoppable ? stop : (signal ?? unstopped));
      } catch (error) {
        if (!over) end(error);
        return;
      }
      if (over) return;
      if (batches.answered()) {
        watch?.();
        if (isSettled(batches.samples, clock() - since, options)) end();
      }
      if (batches.counts()) latencies.push(clock() - asked);
    }
  }

  await Promise.all(Array.from({ length: callers }, caller));
  signal?.throwIfAborted();
  if (failure !== undefined) throw failure;
  return { msEach: batches.samples, latencies };
}

/**
 * A sample at the end of each batch: the time of the last `threads` batches, by the answers in it. Threads end their
 * batches in turns, so each sample is the time of one batch of one thread.
 */
function batchTimes(together: number, threads: number, clock: Clock) {
  const samples: number[] = [];
  const ends: number[] = [];
  let answers = 0;
  return {
    samples,
    /** @returns whether a batch has ended. */
    answered(): boolean {
      answers++;
      if (answers % together !== 0) return false;
      ends.push(clock());
      if (ends.length > threads) {
        const took = (ends.at(-1) as number) - (ends.at(-1 - threads) as number);
        samples.push(took / (together * threads));
      }
      return true;
    },
    counts: () => ends.length >= threads,
  };
}
