/**
 * The one door that every costly job goes through, on every platform.
 *
 * Backends that bring their own threads get a few jobs at a time. Those that compute on the thread that calls them go to
 * a pool of threads, in batches where they have lanes; without threads to the calling one in slices, one job at a time:
 * a second would only take memory and turns of the event loop, and finish neither sooner.
 */
import { type DigestError, digestError } from '../errors.js';
import type { CostlyKdf } from '../jobs.js';
import { jobCost } from '../kdf/cost.js';
import type { Executor, Order } from '../kdf/executor.js';
import { thisThread } from '../kdf/this-thread.js';
import { callingThread } from './here.js';
import { type Backlog, createLane } from './lane.js';
import { createPool, type PoolStats } from './pool.js';
import type { Thread } from './thread.js';

/**
 * Jobs that may wait. Each holds about a kilobyte, so ten megabytes; and enough that a batch of an import which is
 * verified in one Promise.all goes through. A login service that wants to say "busy" sooner sets its own.
 */
const MAX_QUEUE = 10_000;

export interface EngineOptions {
  /** Jobs that may wait, over all backends. */
  readonly maxQueue?: number | undefined;
  /** Bytes that the jobs which run and wait may need together. Unbounded where absent: what runs is bounded anyway. */
  readonly maxMemoryBytes?: number | undefined;
  /** Jobs at one time for backends that bring their own threads. */
  readonly nativeWidth?: number | undefined;
  readonly threads?: readonly Thread[] | undefined;
}

export interface Engine extends Executor {
  stats(): EngineStats;
  /** Rejects what waits and what runs with ERR_CLOSED, and ends the threads. */
  close(): Promise<void>;
}

export interface EngineStats extends PoolStats {
  /** Jobs that wait for their turn. */
  readonly waiting: number;
  /** Bytes that the jobs under way and waiting need. */
  readonly memoryBytes: number;
}

export function createEngine({
  maxQueue = MAX_QUEUE,
  maxMemoryBytes = Number.POSITIVE_INFINITY,
  nativeWidth = 1,
  threads = [],
}: EngineOptions = {}): Engine {
  const here = thisThread();
  const backlog: Backlog = { waiting: 0, max: maxQueue };
  const native = createLane(nativeWidth, backlog);
  const pool = createPool(threads, callingThread(here), backlog);
  let memoryBytes = 0;

  function start<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
    if (order.backend.blocking) return pool.run(order);
    return native.run((signal) => here.run({ ...order, call: { ...order.call, signal } }), order.call.signal);
  }

  return {
    run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const bytes = memoryOf(order);
      if (memoryBytes + bytes > maxMemoryBytes) return Promise.reject(overBudget(maxMemoryBytes, memoryBytes, bytes));
      memoryBytes += bytes;
      return start(order).finally(() => {
        memoryBytes -= bytes;
      });
    },
    probe: (candidate) =>
      candidate.backend.blocking ? pool.probe(candidate) : native.run(() => here.probe(candidate), undefined),
    remark({ blocking }) {
      const reason = blocking ? pool.remark() : undefined;
      return reason && `in slices on the calling thread, as no other one can be started: ${reason}`;
    },
    stats: () => ({
      ...pool.stats(),
      running: pool.stats().running + native.running(),
      waiting: backlog.waiting,
      memoryBytes,
    }),
    async close() {
      native.close();
      await pool.close();
    },
  };
}

/** Lanes may take more than the job's own parameters say: one password with p > 1 fills several. */
function memoryOf<K extends CostlyKdf>({ kdf, backend, job }: Order<K>): number {
  const bytes = backend.lanes?.memoryBytes?.([job]) ?? jobCost(kdf, job).memoryBytes;
  // A plug-in may have left a parameter out. The backend refuses that; here it would lift the budget for good.
  return Number.isNaN(bytes) ? 0 : bytes;
}

function overBudget(max: number, held: number, bytes: number): DigestError {
  const limit = { param: 'maxMemoryBytes', max, actual: held + bytes };
  if (bytes > max) {
    return digestError('ERR_LIMIT', `one verification needs ${bytes} bytes, over the budget of ${max}`, {
      limit,
      fix: 'raise maxMemoryBytes if this digest is to be trusted',
    });
  }
  return digestError('ERR_QUEUE_FULL', `the verifications under way hold ${held} of ${max} bytes`, {
    limit,
    fix: 'try again later, or answer that the service is busy',
  });
}
