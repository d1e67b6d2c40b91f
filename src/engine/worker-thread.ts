/**
 * A worker thread of Node. It starts with the first order, holds the process open only while it works, ends when nothing
 * was asked of it for a while, and is replaced when it dies or when it is ended in the middle of a job.
 *
 * Its script is text that comes with the program, so no file next to a bundle is ever started. What answers must
 * prove all the same that it is this version of digestry, before a password is sent to it.
 */
import type { Worker } from 'node:worker_threads';
import { digestError } from '../errors.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { getAbortReason } from '../kdf/abort.js';
import { lazyBuiltin, nodeCrypto } from '../kdf/builtin.js';
import { BackendAbsent, type BackendOfKdf } from '../kdf/executor.js';
import { firstLine } from '../kdf/in-process.js';
import { kernelModule } from '../kernels/load.js';
import { type Alarm, afterMessages, alarmIn } from './clock.js';
import { closedError } from './life.js';
import {
  isAnswer,
  isGreeting,
  type ModuleAnswer,
  type ModuleRequest,
  makeTransferable,
  READY_AT,
  type Reply,
  type Request,
  STOP_AT,
  type StopCell,
  stopCell,
  type WorkerData,
  wipe,
} from './protocol.js';
import type { StopSignal } from './stop.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from './thread.js';
import { WORKER_SOURCE } from './worker-source.js';

const workerThreads = lazyBuiltin((from) => from.getBuiltinModule('node:worker_threads'));

/** What fits into the stop cell. */
const MAX_SERIAL = 2 ** 31 - 1;
/** A script starts in tens of milliseconds; on a starved machine in seconds. */
const GREETING_MS = 10_000;
/** Starting one again costs less than a login; keeping one costs 10 MB. */
const IDLE_MS = 30_000;

const STRANGER = 'the script does not answer as a digestry worker';

export interface WorkerThreadOptions {
  /** The text of the script, or a file in tests. */
  readonly script?: string | URL;
  readonly greetingMs?: number;
  readonly idleMs?: number;
}

const PROBE = { sliced: false, isUnstoppable: false } as const;

interface Pending {
  /** It may be in native code, which nothing interrupts. */
  readonly isUnstoppable: boolean;
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

/** One worker, from its start to its end. */
interface Running {
  readonly worker: Worker;
  readonly stop: StopCell;
  /** Sends what waits for the greeting; absent once that has come. */
  greeted: (() => void) | undefined;
  /** A request since its start. */
  answered: boolean;
  /** For the greeting. */
  late: Alarm;
}

export function createWorkerThread({
  script = WORKER_SOURCE,
  greetingMs = GREETING_MS,
  idleMs = IDLE_MS,
}: WorkerThreadOptions = {}): Thread {
  let serial = 0;
  let running: Running | undefined;
  let pending: Pending | undefined;
  let idle: Alarm | undefined;
  /** All that were ended have gone. */
  let gone: Promise<unknown> = Promise.resolve();

  /** Settles the answer; afterwards the process may end. */
  function settle(): Pending | undefined {
    const settled = pending;
    pending = undefined;
    running?.worker.unref();
    running?.late.hold(false);
    idle?.cancel();
    if (running !== undefined) idle = alarmIn(idleMs, () => void end());
    return settled;
  }

  function start(): Running {
    const token = nodeCrypto().randomBytes(16).toString('hex');
    const stop = stopCell();
    const workerData: WorkerData = { stop, token };
    // The program's own flags and variables stay out: `--input-type` would refuse the script, NODE_OPTIONS run others'.
    const worker = new (workerThreads().Worker)(script, {
      name: 'digestry',
      eval: typeof script === 'string',
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
      workerData,
    });
    const late = alarmIn(greetingMs / 2, () => overdue(true));
    const started: Running = { worker, stop, greeted: () => {}, answered: false, late };
    /**
     * Twice, and after a turn: where the whole process was stopped for long, its timers are heard before its messages,
     * and the worker had none of that time either.
     */
    function overdue(again: boolean): void {
      afterMessages(() => {
        if (running !== started || started.greeted === undefined) return;
        if (!again) return lost(new CannotStart(STRANGER));
        started.late = alarmIn(greetingMs / 2, () => overdue(false));
        started.late.hold(pending !== undefined);
      });
    }
    /** The worker is gone, or is not ours. */
    function lost(reason: Error): void {
      started.late.cancel();
      if (running !== started) return;
      void end();
      settle()?.reject(reason);
    }
    function threadDied(message: string, cause?: unknown): ThreadDied {
      return new ThreadDied(message, { cause, isFresh: !started.answered });
    }
    function died(cause: unknown): void {
      // What was never greeted was sent nothing.
      const wasReady = started.greeted === undefined || Atomics.load(stop, READY_AT) === 1;
      const why = typeof cause === 'number' ? `the thread ended with code ${cause}` : firstLine(cause);
      lost(wasReady ? threadDied('worker thread ended during a job', cause) : new CannotStart(why));
    }
    worker.on('message', (message: unknown) => {
      if (running !== started) return;
      if (started.greeted === undefined) {
        // Another script on the thread, or a wrapper of `Worker`, may post anything: this is not an answer of ours.
        if (!isAnswer(message)) return lost(threadDied('unexpected answer from the worker thread'));
        started.answered ||= message.kind !== 'module';
        heard(worker, message);
        return;
      }
      if (!isGreeting(message, token)) return lost(new CannotStart(STRANGER));
      started.late.cancel();
      const send = started.greeted;
      started.greeted = undefined;
      send();
    });
    worker.on('error', died);
    worker.on('messageerror', died);
    worker.on('exit', died);
    return started;
  }

  function heard(worker: Worker, message: Reply | ModuleRequest): void {
    if (message.kind === 'module') void answerModule(worker, message);
    else settle()?.resolve(message);
  }

  function end(): Promise<unknown> {
    const ending = running === undefined ? undefined : terminated(running.worker);
    running?.late.cancel();
    running = undefined;
    idle?.cancel();
    // Native code on the thread runs to its end without being awaited.
    if (!pending?.isUnstoppable) gone = Promise.all([gone, ending]);
    return gone;
  }

  /** @param sliced it stops when it is asked to; otherwise the thread is terminated. */
  function ask<K extends CostlyKdf>(
    request: Request<K>,
    { sliced, isUnstoppable }: { readonly sliced: boolean; readonly isUnstoppable: boolean },
    halt?: StopSignal,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      try {
        running ??= start();
      } catch (error) {
        reject(new CannotStart(firstLine(error)));
        return;
      }
      const { worker, stop } = running;
      const own: Pending = { resolve, reject, isUnstoppable };
      pending = own;
      idle?.cancel();
      worker.ref();
      const send = () => {
        try {
          if (pending === own) post(worker, request);
        } catch (cause) {
          settle();
          reject(digestError('ERR_BACKEND', 'sending the job to the worker thread failed', { cause }));
        }
      };
      if (running.greeted === undefined) {
        send();
      } else {
        running.greeted = send;
        // A foreign worker must not keep the process alive.
        running.late.hold(true);
      }
      halt?.addEventListener('abort', () => {
        if (pending !== own) return;
        if (sliced && running?.greeted === undefined) {
          Atomics.store(stop, STOP_AT, request.serial);
        } else {
          // Also before the greeting: nothing was sent, and nothing has to be ended but the wait.
          if (running?.greeted === undefined) void end();
          settle()?.reject(getAbortReason(halt));
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
    async run<K extends CostlyKdf>(batch: Batch<K>, halt: StopSignal): Promise<Uint8Array[]> {
      const [{ kdf, backend }] = batch;
      const jobs = batch.map(({ job }) => job);
      const request = { serial: nextSerial(), kdf, backend: backend.name, jobs };
      // The kernels that it will ask for are compiled while it starts; where they cannot be, it hears so itself.
      if (running === undefined) backend.lanes?.load().catch(() => {});
      const reply = await ask(
        request,
        { sliced: backend.lanes !== undefined, isUnstoppable: backend.threadOnly ?? false },
        halt,
      );
      if (reply.kind === 'hashes') return [...reply.hashes];
      throw reply.kind === 'stopped' ? getAbortReason(halt) : failure(reply);
    },
    async probe<K extends CostlyKdf>({ kdf, backend }: BackendOfKdf<K>): Promise<string | undefined> {
      const reply = await ask({ serial: nextSerial(), kdf, backend: backend.name }, PROBE);
      if (reply.kind === 'usable') return undefined;
      if (reply.kind === 'absent') return reply.reason;
      throw failure(reply);
    },
    get isAlive() {
      return running !== undefined;
    },
    async close() {
      const ending = end();
      settle()?.reject(closedError());
      await ending;
    },
  };
}

function post<K extends CostlyKdf>(worker: Worker, request: Request<K>): void {
  if (request.jobs === undefined) {
    worker.postMessage(request);
    return;
  }
  const { message, transfer } = makeTransferable<CostlyJobs[K]>(request.jobs);
  try {
    worker.postMessage({ ...request, jobs: message } satisfies Request<K>, transfer);
  } catch (error) {
    for (const job of message) wipe(job);
    throw error;
  }
}

/** Resolves when it has gone, or cannot be ended: then it holds no process open. */
async function terminated(worker: Worker): Promise<void> {
  try {
    worker.unref();
    await worker.terminate();
  } catch {
    // Something has wrapped `Worker`.
  }
}

/** The module of a kernel, whose code the two threads share then. */
async function answerModule(worker: Worker, { kind, name }: ModuleRequest): Promise<void> {
  const answer = (module: WebAssembly.Module | undefined, reason: string | undefined) => {
    worker.postMessage({ kind, name, module, reason } satisfies ModuleAnswer);
  };
  try {
    answer(await kernelModule(name), undefined);
  } catch (error) {
    answer(undefined, firstLine(error));
  }
}

function failure(reply: Reply): Error {
  if (reply.kind === 'absent') return new BackendAbsent(reply.reason);
  // The text stays a cause: what a library says of its input is not for a log.
  const cause = reply.kind === 'failed' ? new Error(reply.message) : undefined;
  return digestError('ERR_BACKEND', 'backend failed', { cause });
}
