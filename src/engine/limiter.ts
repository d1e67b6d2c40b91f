/**
 * A queue before something that takes a limited number of jobs at a time. It answers for every job that it was given: with the
 * job's own outcome, or at once when the job is aborted or the lane is closed, also where the work itself cannot
 * be stopped and ends unheard.
 */

import type { AbortSignalLike } from '../encoding/brand.js';
import { type DigestError, digestError } from '../errors.js';
import { getAbortReason, onAbort } from '../kdf/abort.js';
import { closedError } from './life.js';
import { MemoryBudget } from './memory.js';

/** How many jobs wait, over all lanes that share the object. */
export interface Backlog {
  waiting: number;
  readonly max: number;
}

export interface ConcurrencyLimiter {
  /**
   * @param start of the work, when its turn has come. `halt` aborts when the caller has aborted.
   * @param signal of the caller; its reason is what the promise is rejected with.
   * @param bytes that the work holds.
   */
  run<T>(start: (halt: AbortSignal) => Promise<T>, signal: AbortSignalLike | undefined, bytes?: number): Promise<T>;
  /** How many jobs run. */
  running(): number;
  /** Rejects all jobs that wait or run with ERR_CLOSED, and those that come later. */
  close(): void;
}

/** One width for all who join: each with a bound of its own on what waits, and closed without the others. */
export interface SharedLimiter {
  join(backlog: Backlog): ConcurrencyLimiter;
}

type Start<T> = (halt: AbortSignal) => Promise<T>;

interface LimitedJob {
  readonly bytes: number;
  begin(): void;
  fail(error: unknown): void;
}

/** @param width jobs that run at one time. */
export function createLimiter(width: number, backlog: Backlog): ConcurrencyLimiter {
  return createSharedLimiter(width).join(backlog);
}

export function createSharedLimiter(width: number, budget: MemoryBudget = new MemoryBudget()): SharedLimiter {
  // A Set keeps the order and lets go of an aborted job without a search.
  const queue = new Set<LimitedJob>();
  let busy = 0;

  const hasRoom = (bytes: number): boolean => busy < width && budget.fits(bytes);
  /** Nothing is passed by what came later: the first that finds no room holds up the others. */
  const isFree = (bytes: number): boolean => queue.size === 0 && hasRoom(bytes);

  function next(): void {
    for (const task of queue) {
      if (!hasRoom(task.bytes)) {
        if (busy < width) budget.onceReleased(next);
        return;
      }
      queue.delete(task);
      task.begin();
    }
  }

  function join(backlog: Backlog): ConcurrencyLimiter {
    const mine = new Set<LimitedJob>();
    let running = 0;
    let closed = false;

    function add<T>(start: Start<T>, signal: AbortSignalLike | undefined, bytes: number): Promise<T> {
      return new Promise((resolve, reject) => {
        const halt = new AbortController();
        const task: LimitedJob = {
          bytes,
          begin() {
            if (waits) backlog.waiting--;
            waits = false;
            busy++;
            running++;
            budget.begin(bytes);
            start(halt.signal)
              .then(resolve, reject)
              .then(() => {
                forget();
                mine.delete(task);
                busy--;
                running--;
                budget.end(bytes);
                next();
              });
          },
          fail(error) {
            forget();
            reject(error);
            const waited = queue.delete(task);
            if (waited) {
              backlog.waiting--;
              mine.delete(task);
            }
            halt.abort(error);
            // There may have been room for those after it all the while.
            if (waited) next();
          },
        };
        let waits = false;
        const forget = signal === undefined ? () => {} : onAbort(signal, () => task.fail(getAbortReason(signal)));
        mine.add(task);
        if (isFree(bytes)) {
          task.begin();
        } else {
          waits = true;
          queue.add(task);
          backlog.waiting++;
          next();
        }
      });
    }

    return {
      run<T>(start: Start<T>, signal: AbortSignalLike | undefined, bytes = 0): Promise<T> {
        if (closed) return Promise.reject(closedError());
        if (signal?.aborted) return Promise.reject(getAbortReason(signal));
        if (!isFree(bytes) && backlog.waiting >= backlog.max) return Promise.reject(queueFullError(backlog.max));
        return add(start, signal, bytes);
      },
      running: () => running,
      close() {
        closed = true;
        for (const task of [...mine]) task.fail(closedError());
      },
    };
  }

  return { join };
}

export function queueFullError(max: number): DigestError {
  return digestError('ERR_QUEUE_FULL', `queue is full (${max} verifications)`, {
    limit: { param: 'maxQueue', max, actual: max + 1 },
    fix: 'retry later, or answer 503',
  });
}
