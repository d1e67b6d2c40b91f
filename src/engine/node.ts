/** The engine on Node: a pool of worker threads, and most of libuv's thread pool. */
import { availableParallelism } from 'node:os';
import { createEngine, type Engine } from './engine.js';
import { createWorkerThread } from './worker-thread.js';

/** Threads of libuv's pool where UV_THREADPOOL_SIZE does not say otherwise; and the most that it takes. */
const DEFAULT_POOL = 4;
const MAX_POOL = 1024;

export interface NodeEngineOptions {
  /** Worker threads; as many as there are cores for this process where absent. */
  readonly threads?: number | undefined;
  readonly maxQueue?: number | undefined;
  readonly maxMemoryBytes?: number | undefined;
}

export function createNodeEngine({ threads, ...bounds }: NodeEngineOptions = {}): Engine {
  const count = threads ?? availableParallelism();
  return createEngine({
    ...bounds,
    nativeWidth: nativeJobsAtOnce(process.env['UV_THREADPOOL_SIZE']),
    // None of them starts before there is a job for it.
    threads: Array.from({ length: count }, () => createWorkerThread()),
  });
}

/**
 * One thread of the pool stays free: the program's own files and look-ups of names wait in the same pool, and would wait
 * behind seconds of scrypt.
 */
export function nativeJobsAtOnce(poolSize: string | undefined): number {
  const asked = poolSize === undefined ? DEFAULT_POOL : Number.parseInt(poolSize, 10);
  // As libuv reads it: what is no number is one thread.
  return Math.max(1, Math.min(MAX_POOL, asked || 1) - 1);
}
