/** The engine on Node: a worker thread, and most of libuv's thread pool. */
import { createEngine, type Engine } from './engine.js';
import { createWorkerThread } from './worker-thread.js';

/** Threads of libuv's pool where UV_THREADPOOL_SIZE does not say otherwise; and the most that it takes. */
const DEFAULT_POOL = 4;
const MAX_POOL = 1024;

/** @param maxQueue jobs that may wait. */
export function createNodeEngine(maxQueue?: number): Engine {
  const nativeWidth = nativeJobsAtOnce(process.env['UV_THREADPOOL_SIZE']);
  return createEngine({ maxQueue, nativeWidth, thread: createWorkerThread() });
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
