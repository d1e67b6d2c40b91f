/**
 * One worker thread for the backends that would block the event loop. It starts with the first job, holds the process
 * open only while there is work, and is replaced when it dies.
 */
import { Worker } from 'node:worker_threads';
import { type DigestError, digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import type { CallOptions } from '../kdf/select.js';
import type { Reply, Request } from './protocol.js';

/** Jobs waiting; a server that is this far behind should say so instead of taking more. */
const MAX_QUEUE = 10_000;

export interface WorkerThread {
  run<K extends CostlyKdf>(kdf: K, backend: string, job: CostlyJobs[K], call: CallOptions): Promise<Uint8Array>;
  /** Rejects what waits with ERR_CLOSED and ends the thread. */
  close(): Promise<void>;
}

interface Task {
  readonly request: Request;
  readonly resolve: (hash: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
  readonly forget: () => void;
}

/** @param script of the worker; another one in tests. */
export function createWorkerThread(script: URL = new URL('./worker.js', import.meta.url)): WorkerThread {
  const queue: Task[] = [];
  let running: Task | undefined;
  let worker: Worker | undefined;
  let closed = false;

  function start(): Worker {
    // The program's own flags stay out: `--input-type` would refuse the script, a loader would only cost time.
    const started = new Worker(script, { name: 'digestry', execArgv: [] });
    started.on('message', (reply: Reply) => {
      const task = running;
      running = undefined;
      if (reply.ok) task?.resolve(reply.hash);
      else task?.reject(digestError(reply.code, reply.message));
      next();
    });
    const died = (cause: unknown) => {
      if (worker !== started) return;
      worker = undefined;
      const task = running;
      running = undefined;
      task?.reject(digestError('ERR_BACKEND', 'the worker thread ended in the middle of a job', { cause }));
      next();
    };
    started.on('error', died);
    started.on('exit', died);
    return started;
  }

  /** Sends the next job; one at a time, so that those behind it can still be taken back. */
  function next(): void {
    if (running !== undefined) return;
    running = queue.shift();
    if (running === undefined) {
      worker?.unref();
      return;
    }
    running.forget();
    worker ??= start();
    worker.ref();
    worker.postMessage(running.request);
  }

  function enqueue(request: Request, signal: AbortSignal | undefined): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        const at = queue.indexOf(task);
        if (at !== -1) queue.splice(at, 1);
        reject(signal?.reason);
      };
      const forget = () => signal?.removeEventListener('abort', abort);
      const task: Task = { request, resolve, reject, forget };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(task);
      next();
    });
  }

  return {
    async run(kdf, backend, job, { signal }) {
      if (closed) throw closedError();
      if (queue.length >= MAX_QUEUE) throw digestError('ERR_QUEUE_FULL', `${MAX_QUEUE} jobs are waiting already`);
      signal?.throwIfAborted();
      return enqueue({ kdf, backend, job }, signal);
    },
    async close() {
      closed = true;
      for (const task of queue.splice(0)) {
        task.forget();
        task.reject(closedError());
      }
      running?.reject(closedError());
      running = undefined;
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
    },
  };
}

function closedError(): DigestError {
  return digestError('ERR_CLOSED', 'the verifier is closed');
}
