/**
 * A queue before something that takes only so many jobs at a time. It answers for every job that it was given: with the
 * job's own outcome, or at once when the job is aborted or the lane is closed, also where the work behind cannot be
 * stopped and ends unheard.
 */
import { type DigestError, digestError } from '../errors.js';
import { onAbort } from '../kdf/abort.js';

/** How many jobs wait, over all lanes that share the object. */
export interface Backlog {
  waiting: number;
  readonly max: number;
}

export interface Lane {
  /**
   * @param start of the work, when its turn has come. `halt` aborts when nobody waits for the outcome any more.
   * @param signal of the caller; its reason is what the promise is rejected with.
   */
  run<T>(start: (halt: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** Rejects all jobs that wait or run with ERR_CLOSED, and those that come later. */
  close(): void;
}

interface Task {
  begin(): void;
  fail(error: unknown): void;
}

/** @param width jobs that run at one time. */
export function createLane(width: number, backlog: Backlog): Lane {
  // A Set keeps the order and lets go of an aborted job without a search.
  const queue = new Set<Task>();
  const running = new Set<Task>();
  let busy = 0;
  let closed = false;

  function next(): void {
    for (const task of queue) {
      if (busy >= width) return;
      queue.delete(task);
      backlog.waiting--;
      task.begin();
    }
  }

  return {
    run<T>(start: (halt: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
      if (closed) return Promise.reject(closedError());
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (busy >= width && backlog.waiting >= backlog.max) return Promise.reject(queueFull(backlog.max));
      return new Promise((resolve, reject) => {
        const halt = new AbortController();
        const task: Task = {
          begin() {
            busy++;
            running.add(task);
            start(halt.signal)
              .then(resolve, reject)
              .then(() => {
                forget();
                running.delete(task);
                busy--;
                next();
              });
          },
          fail(error) {
            forget();
            reject(error);
            if (queue.delete(task)) backlog.waiting--;
            halt.abort(error);
          },
        };
        const forget = signal === undefined ? () => {} : onAbort(signal, () => task.fail(signal.reason));
        if (busy < width) {
          task.begin();
        } else {
          queue.add(task);
          backlog.waiting++;
        }
      });
    },
    close() {
      closed = true;
      for (const task of [...queue, ...running]) task.fail(closedError());
    },
  };
}

function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'the verifier is closed');
}

function queueFull(max: number): DigestError {
  return digestError('ERR_QUEUE_FULL', `${max} verifications are waiting already`, {
    limit: { param: 'maxQueue', max, actual: max + 1 },
    fix: 'try again later, or answer that the service is busy',
  });
}
