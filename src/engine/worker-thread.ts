/**
 * A worker thread of Node. It starts with the first order, holds the process open only while it works, and is replaced
 * when it dies or when it is ended in the middle of a job.
 */
import { Worker } from 'node:worker_threads';
import { digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { BackendAbsent, type Candidate } from '../kdf/executor.js';
import { firstLine } from '../kdf/this-thread.js';
import { READY, READY_AT, type Reply, type Request, STOP_AT, type StopCell, sealed, stopCell } from './protocol.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from './thread.js';
import { WORKER_SOURCE } from './worker-source.js';

/** What fits into the stop cell. */
const MAX_SERIAL = 2 ** 31 - 1;

interface Pending {
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

/** @param script of the worker, as text that is run where it stands; another one in tests. */
export function createWorkerThread(script: string | URL = WORKER_SOURCE): Thread {
  let stop: StopCell = stopCell();
  let serial = 0;
  let worker: Worker | undefined;
  let pending: Pending | undefined;
  /** All that were ended have gone. */
  let gone: Promise<unknown> = Promise.resolve();

  /** Who waits for the answer; from now on nobody does, and the process may end. */
  function settle(): Pending | undefined {
    const settled = pending;
    pending = undefined;
    worker?.unref();
    return settled;
  }

  function start(): Worker {
    // The program's own flags stay out: `--input-type` would refuse the script, a loader would only cost time.
    const cells = stopCell();
    stop = cells;
    const started = new Worker(script, {
      name: 'digestry',
      eval: typeof script === 'string',
      execArgv: [],
      workerData: cells,
    });
    const died = (cause: unknown) => {
      if (worker !== started) return;
      worker = undefined;
      void started.terminate();
      settle()?.reject(
        Atomics.load(cells, READY_AT) === 1
          ? new ThreadDied('the worker thread ended in the middle of a job', { cause })
          : new CannotStart(typeof cause === 'number' ? `it ended with code ${cause}` : firstLine(cause)),
      );
    };
    started.on('message', (message: typeof READY | Reply) => {
      if (message !== READY && worker === started) settle()?.resolve(message);
    });
    started.on('error', died);
    started.on('messageerror', died);
    started.on('exit', died);
    return started;
  }

  function end(): Promise<unknown> {
    const ending = worker;
    worker = undefined;
    if (ending !== undefined) gone = Promise.all([gone, ending.terminate()]);
    return gone;
  }

  /** @param sliced it stops by itself when it is told to; otherwise the thread is ended. */
  function ask<K extends CostlyKdf>(request: Request<K>, sliced: boolean, halt?: AbortSignal): Promise<Reply> {
    return new Promise((resolve, reject) => {
      try {
        worker ??= start();
      } catch (error) {
        reject(new CannotStart(firstLine(error)));
        return;
      }
      try {
        post(worker, request);
      } catch (cause) {
        worker.unref();
        reject(digestError('ERR_BACKEND', 'the job cannot be sent to the worker thread', { cause }));
        return;
      }
      worker.ref();
      pending = { resolve, reject };
      halt?.addEventListener('abort', () => {
        if (pending?.reject !== reject) return;
        if (sliced) {
          Atomics.store(stop, STOP_AT, request.serial);
        } else {
          void end();
          settle()?.reject(halt.reason);
        }
      });
    });
  }

  /** Never 0, which the cell holds from the start. */
  function nextSerial(): number {
    serial = (serial % MAX_SERIAL) + 1;
    return serial;
  }

  return {
    async run<K extends CostlyKdf>(batch: Batch<K>, halt: AbortSignal): Promise<Uint8Array[]> {
      const [{ kdf, backend }] = batch;
      const jobs = batch.map(({ job }) => job);
      const request = { serial: nextSerial(), kdf, backend: backend.name, jobs };
      const reply = await ask(request, backend.lanes !== undefined, halt);
      if (reply.kind === 'hashes') return [...reply.hashes];
      throw reply.kind === 'stopped' ? halt.reason : failure(reply);
    },
    async probe<K extends CostlyKdf>({ kdf, backend }: Candidate<K>): Promise<string | undefined> {
      const reply = await ask({ serial: nextSerial(), kdf, backend: backend.name }, false);
      if (reply.kind === 'usable') return undefined;
      if (reply.kind === 'absent') return reply.reason;
      throw failure(reply);
    },
    async close() {
      const ending = end();
      settle()?.reject(digestError('ERR_CLOSED', 'the verifier is closed'));
      await ending;
    },
  };
}

function post<K extends CostlyKdf>(worker: Worker, request: Request<K>): void {
  if (request.jobs === undefined) {
    worker.postMessage(request);
    return;
  }
  const { message, transfer } = sealed<CostlyJobs[K]>(request.jobs);
  worker.postMessage({ ...request, jobs: message } satisfies Request<K>, transfer);
}

function failure(reply: Reply): Error {
  if (reply.kind === 'absent') return new BackendAbsent(reply.reason);
  // The text stays a cause: what a library says of its input is not for a log.
  const cause = reply.kind === 'failed' ? new Error(reply.message) : undefined;
  return digestError('ERR_BACKEND', 'the backend failed', { cause });
}
