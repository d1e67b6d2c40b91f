/** Callers that each ask again as soon as they are answered: what a core does when enough of them wait. */
import { onAbort } from '../../kdf/abort.js';
import type { Clock } from './clock.js';
import { isStable, type Sampling } from './sampler.js';

export interface ClosedLoop {
  readonly callers: number;
  readonly clock: Clock;
  /** Whether calls under way may be stopped at the end; otherwise they are waited for, and do not count. */
  readonly stoppable: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called with each answer. @returns whether it is the last one that counts. */
  onAnswer(latencyMs: number, caller: number): boolean;
}

/** @param caller its index. */
export type LoopCall = (signal: AbortSignal, caller: number) => Promise<unknown>;

/** @throws what `call` throws; the signal's reason. */
export async function runClosedLoop(call: LoopCall, loop: ClosedLoop): Promise<void> {
  const { callers, clock, stoppable, signal, onAnswer } = loop;
  signal?.throwIfAborted();
  const stopping = new AbortController();
  const forget = signal === undefined ? () => {} : onAbort(signal, () => stopping.abort(signal.reason));
  let failure: { readonly error: unknown } | undefined;
  let over = false;

  async function ask(caller: number): Promise<void> {
    while (!over) {
      const since = clock();
      try {
        await call(stopping.signal, caller);
      } catch (error) {
        // After the last one that counts, a call under way may have been stopped.
        if (over) return;
        over = true;
        failure = { error };
        stopping.abort();
        return;
      }
      if (over) return;
      if (onAnswer(clock() - since, caller)) {
        over = true;
        if (stoppable) stopping.abort();
      }
    }
  }

  try {
    await Promise.all(Array.from({ length: callers }, (_, caller) => ask(caller)));
  } finally {
    forget();
  }
  signal?.throwIfAborted();
  if (failure !== undefined) throw failure.error;
}

export interface BatchSampling extends Sampling, Pick<ClosedLoop, 'callers' | 'stoppable'> {
  /** Answers that come at once: the lanes of a batch. */
  readonly together: number;
  /** Batches under way at a time. */
  readonly threads: number;
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
 * A closed loop until the time of a batch is known well enough. The first batch of each thread does not count: it fills
 * the queue.
 * @param call rejects on a wrong answer.
 * @throws what `call` throws; the signal's reason.
 */
export async function sampleClosedLoop(call: LoopCall, options: BatchSampling): Promise<Load> {
  const { callers, together, threads, stoppable, signal, watch, clock } = options;
  const batches = batchTimes(together, threads, clock);
  const latencies: number[] = [];
  const since = clock();
  await runClosedLoop(call, {
    ...{ callers, clock, stoppable, signal },
    onAnswer(latencyMs) {
      const isBatch = batches.answered();
      if (isBatch) watch?.();
      if (batches.counts()) latencies.push(latencyMs);
      return isBatch && isStable(batches.samples, clock() - since, options);
    },
  });
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
