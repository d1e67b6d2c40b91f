/**
 * The engine of runtimes where timers and promises end with the request that made them (Cloudflare Workers). Each job
 * runs at once, in slices that its own request pays for: a queue would let one request wait for another, which may never
 * come back. What is bounded is how much is under way.
 */
import { digestError } from '../errors.js';
import type { CostlyKdf } from '../jobs.js';
import { onAbort } from '../kdf/abort.js';
import type { Halt } from '../kdf/contract.js';
import type { Order } from '../kdf/executor.js';
import { thisThread } from '../kdf/this-thread.js';
import { closedError } from './closed.js';
import { type Engine, type EngineOptions, memoryOf, overBudget } from './engine.js';

/** Fits into Cloudflare's 128 MB with Django's Argon2, which takes 100 MiB. */
const MAX_BYTES = 104 * 2 ** 20;
const MAX_JOBS = 100;
export const NO_THREADS = 'this entry point of digestry starts no threads: jobs run in slices on the calling one';
/** A job without a slice for so long is of a request that has ended: its code does not go on. */
const ABANDONED_MS = 30_000;

interface Job {
  readonly bytes: number;
  /** When its last slice ended. */
  seenMs: number;
  stop(reason: unknown): void;
}

export function createRequestEngine({
  maxQueue = MAX_JOBS,
  maxMemoryBytes = MAX_BYTES,
}: Pick<EngineOptions, 'maxQueue' | 'maxMemoryBytes'> = {}): Engine {
  const here = thisThread();
  const underWay = new Set<Job>();
  let done = 0;
  let closed = false;

  const heldBytes = (): number => [...underWay].reduce((sum, { bytes }) => sum + bytes, 0);

  function forgetAbandoned(): void {
    const nowMs = Date.now();
    for (const job of underWay) if (nowMs - job.seenMs > ABANDONED_MS) underWay.delete(job);
  }

  function start<K extends CostlyKdf>(order: Order<K>, bytes: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const { signal } = order.call;
      const halt = new AbortController();
      const job: Job = { bytes, seenMs: Date.now(), stop: (reason) => halt.abort(reason) };
      const polled: Halt = {
        get aborted() {
          job.seenMs = Date.now();
          return halt.signal.aborted;
        },
        get reason() {
          return halt.signal.reason;
        },
      };
      // In slices it ends at the next one, within its request: what it knows of the password is wiped there.
      if (!order.backend.blocking) halt.signal.addEventListener('abort', () => reject(halt.signal.reason));
      const forget = signal ? onAbort(signal, () => job.stop(signal.reason)) : () => {};
      underWay.add(job);
      here
        .runMany(order, [order.job], polled)
        .then(([hash]) => resolve(hash as Uint8Array), reject)
        .then(() => {
          forget();
          underWay.delete(job);
          done++;
        });
    });
  }

  return {
    async run(order) {
      if (closed) throw closedError();
      const { signal } = order.call;
      if (signal?.aborted) throw signal.reason;
      forgetAbandoned();
      const [bytes, held] = [memoryOf(order), heldBytes()];
      if (held + bytes > maxMemoryBytes) throw overBudget(maxMemoryBytes, held, bytes);
      if (underWay.size >= maxQueue) throw tooMany(maxQueue);
      return start(order, bytes);
    },
    probe: (candidate) => here.probe(candidate),
    stats: () => ({
      threads: 0,
      started: 0,
      threadless: NO_THREADS,
      running: underWay.size,
      waiting: 0,
      batches: done === 0 ? {} : { 1: done },
      memoryBytes: heldBytes(),
    }),
    async close() {
      closed = true;
      for (const job of underWay) job.stop(closedError());
    },
  };
}

function tooMany(max: number): Error {
  return digestError('ERR_QUEUE_FULL', `${max} verifications are under way`, {
    limit: { param: 'maxQueue', max, actual: max + 1 },
    fix: 'try again later, or answer that the service is busy',
  });
}
