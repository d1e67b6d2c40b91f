/** The engine on Node: worker threads, and most of libuv's thread pool, shared by all verifiers of this copy of digestry. */
import { createEngineOn, createResources, type Engine, type Resources } from './engine.js';
import { createInProcessThread } from './in-process.js';
import { MemoryBudget } from './memory.js';
import { createSharedPool } from './pool.js';
import { createWorkerThread } from './worker-thread.js';

/** Threads of libuv's pool where UV_THREADPOOL_SIZE does not say otherwise; and the most that it takes. */
const DEFAULT_POOL = 4;
const MAX_POOL = 1024;
/** Of the memory that the process may have, for what computes at one time. */
const MEMORY_SHARE = 1 / 2;
const UNKNOWN_MEMORY = 2 ** 30;

export interface NodeEngineOptions {
  /** Worker threads of its own. By default it shares those of this copy, one per core. */
  readonly threads?: number | undefined;
  readonly maxQueue?: number | undefined;
  readonly maxMemoryBytes?: number | undefined;
}

/** In this module and nowhere else: no global name by which a stranger could reach the threads. */
let shared: Resources | undefined;
let warned = false;

export function createNodeEngine({ threads, ...bounds }: NodeEngineOptions = {}): Engine {
  shared ??= createSharedResources();
  if (threads === undefined) return createEngineOn(shared, bounds);
  const { inProcess, native, budget } = shared;
  const pool = createSharedPool({
    threads: createWorkers(threads),
    fallback: createInProcessThread(inProcess),
    budget,
    onThreadless,
  });
  const engine = createEngineOn({ inProcess, native, pool, budget }, bounds);
  return {
    ...engine,
    async close() {
      await Promise.all([engine.close(), pool.close()]);
    },
  };
}

function createSharedResources(): Resources {
  // Deno asks for a permission for each of these; without it there is a smaller number.
  const poolSize = askOr(() => process.env['UV_THREADPOOL_SIZE'], undefined);
  const os = process.getBuiltinModule('node:os');
  const total = askOr(os.totalmem, UNKNOWN_MEMORY);
  const constrained = askOr(() => process.constrainedMemory?.(), undefined);
  return createResources({
    nativeWidth: countNativeJobs(poolSize),
    threads: createWorkers(askOr(os.availableParallelism, 1)),
    budget: new MemoryBudget(computeMemoryBudget(total, constrained)),
    onThreadless,
  });
}

function askOr<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** None of them starts before there is a job for it. */
function createWorkers(count: number): ReturnType<typeof createWorkerThread>[] {
  return Array.from({ length: count }, () => createWorkerThread());
}

function onThreadless(reason: string): void {
  if (warned) return;
  warned = true;
  process.emitWarning(`digestry cannot start worker threads: ${reason}`, {
    code: 'DIGESTRY_NO_THREADS',
    detail: 'Costly verifications run on libuv threads, or in slices on the calling thread.',
  });
}

/** @param constrained what a control group allows; 0 or an enormous number where it does not say. */
export function computeMemoryBudget(total: number, constrained: number | undefined): number {
  const available = constrained ? Math.min(total, constrained) : total;
  return Math.floor(available * MEMORY_SHARE);
}

/**
 * One thread of the pool stays free: the program's own files and look-ups of names wait in the same pool, and would wait
 * after seconds of scrypt.
 */
export function countNativeJobs(poolSize: string | undefined): number {
  const asked = poolSize === undefined ? DEFAULT_POOL : Number.parseInt(poolSize, 10);
  // As libuv reads it: a value that is not a number means one thread.
  return Math.max(1, Math.min(MAX_POOL, asked || 1) - 1);
}
