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
import { createInProcessExecutor, type InProcessExecutor } from '../kdf/in-process.js';
import { createInProcessThread } from './in-process.js';
import { type Backlog, createSharedLimiter, type SharedLimiter } from './limiter.js';
import { MemoryBudget } from './memory.js';
import { createSharedPool } from './pool.js';
import type { PoolStats, SharedPool } from './pool-contract.js';
import type { Thread } from './thread.js';

/**
 * Jobs that may wait. Each holds about a kilobyte, so ten megabytes; and enough that a batch of an import which is
 * verified in one Promise.all goes through. A login service that wants to say "busy" sooner sets its own.
 */
export const MAX_QUEUE = 10_000;

export interface ResourcesOptions {
  /** Jobs at one time for backends that bring their own threads. */
  readonly nativeWidth?: number | undefined;
  readonly threads?: readonly Thread[] | undefined;
  /** Of all jobs that compute at one time; further jobs wait. Unbounded by default. */
  readonly budget?: MemoryBudget | undefined;
  /** Called once, where the calling thread has to take over. */
  readonly onThreadless?: ((reason: string) => void) | undefined;
}

/** Where engines compute: several share them, and each has its own bounds. */
export interface Resources {
  readonly inProcess: InProcessExecutor;
  readonly native: SharedLimiter;
  readonly pool: SharedPool;
  readonly budget: MemoryBudget;
}

export function createResources({
  nativeWidth = 1,
  threads = [],
  budget = new MemoryBudget(),
  onThreadless = () => {},
}: ResourcesOptions = {}): Resources {
  const inProcess = createInProcessExecutor();
  const pool = createSharedPool({ threads, fallback: createInProcessThread(inProcess), budget, onThreadless });
  return { inProcess, native: createSharedLimiter(nativeWidth, budget), pool, budget };
}

export interface EngineOptions {
  /** Jobs that may wait, over all backends. */
  readonly maxQueue?: number | undefined;
  /** Bytes that the jobs which run and wait may need together. Unbounded by default: running jobs are bounded anyway. */
  readonly maxMemoryBytes?: number | undefined;
}

export interface Engine extends Executor {
  stats(): EngineStats;
  /** Rejects what waits and what runs with ERR_CLOSED, and ends the threads that no other engine uses. */
  close(): Promise<void>;
}

export interface EngineStats extends PoolStats {
  /** Jobs that wait for their turn. */
  readonly waiting: number;
  /** Bytes that the jobs under way and waiting need. */
  readonly memoryBytes: number;
  /** Why worker threads cannot be started. */
  readonly threadless: string | undefined;
}

/** An engine with resources of its own, which end with it. */
export function createEngine({ maxQueue, maxMemoryBytes, ...own }: EngineOptions & ResourcesOptions = {}): Engine {
  const resources = createResources(own);
  const engine = createEngineOn(resources, { maxQueue, maxMemoryBytes });
  return {
    ...engine,
    async close() {
      await Promise.all([engine.close(), resources.pool.close()]);
    },
  };
}

export function createEngineOn(
  { inProcess, native: sharedNative, pool: sharedPool }: Resources,
  { maxQueue = MAX_QUEUE, maxMemoryBytes = Number.POSITIVE_INFINITY }: EngineOptions = {},
): Engine {
  const backlog: Backlog = { waiting: 0, max: maxQueue };
  const native = sharedNative.join(backlog);
  const pool = sharedPool.join(backlog, maxMemoryBytes);
  let memoryBytes = 0;

  function start<K extends CostlyKdf>(order: Order<K>, bytes: number): Promise<Uint8Array> {
    if (order.backend.blocking) return pool.run(order);
    return native.run(
      (signal) => inProcess.run({ ...order, call: { ...order.call, signal } }),
      order.call.signal,
      bytes,
    );
  }

  return {
    run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const bytes = countMemoryBytes(order);
      if (memoryBytes + bytes > maxMemoryBytes)
        return Promise.reject(overBudgetError(maxMemoryBytes, memoryBytes, bytes));
      memoryBytes += bytes;
      return start(order, bytes).finally(() => {
        memoryBytes -= bytes;
      });
    },
    probe: (candidate) =>
      candidate.backend.blocking ? pool.probe(candidate) : native.run(() => inProcess.probe(candidate), undefined),
    remark({ blocking }) {
      const reason = blocking ? pool.remark() : undefined;
      return reason && `runs in slices on the calling thread, because no worker thread can be started: ${reason}`;
    },
    stats() {
      const { running, ...stats } = pool.stats();
      const threadless = pool.remark();
      return { ...stats, running: running + native.running(), waiting: backlog.waiting, memoryBytes, threadless };
    },
    async close() {
      native.close();
      await pool.close();
    },
  };
}

/** Lanes may take more than the job's own parameters say: one password with p > 1 fills several. */
export function countMemoryBytes<K extends CostlyKdf>({ kdf, backend, job }: Order<K>): number {
  const bytes = backend.lanes?.memoryBytes?.([job]) ?? jobCost(kdf, job).memoryBytes;
  // A plug-in may have left a parameter out. The backend refuses that; here it would lift the budget for good.
  return Number.isNaN(bytes) ? 0 : bytes;
}

export function overBudgetError(max: number, held: number, bytes: number): DigestError {
  const limit = { param: 'maxMemoryBytes', max, actual: held + bytes };
  if (bytes > max) {
    return digestError('ERR_LIMIT', `verification needs ${bytes} bytes, budget is ${max}`, {
      limit,
      fix: 'raise maxMemoryBytes if you trust this digest',
    });
  }
  return digestError('ERR_QUEUE_FULL', `running verifications use ${held} of ${max} bytes`, {
    limit,
    fix: 'retry later, or answer 503',
  });
}
