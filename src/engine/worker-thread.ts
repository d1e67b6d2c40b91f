/**
 * A worker thread of Node. It starts with the first order, holds the process open only while it works, ends when nothing
 * was asked of it for a while, and is replaced when it dies or when it is ended in the middle of a job.
 *
 * Its script is text that comes with the program, so no file next to a bundle is ever started. What answers must
 * prove all the same that it is this version of digestry, before a password is sent to it.
 */
import { digestError } from '../errors.js';
import type { CostlyKdf } from '../jobs.js';
import { getAbortReason } from '../kdf/abort.js';
import type { BackendOfKdf } from '../kdf/executor.js';
import { firstLine } from '../kdf/in-process.js';
import { type Alarm, alarmIn } from './clock.js';
import { closedError } from './life.js';
import type { Reply, Request } from './protocol.js';
import { RunningWorker } from './running-worker.js';
import type { StopSignal } from './stop.js';
import { type Batch, CannotStart, type Thread } from './thread.js';
import { createFailure, postRequest } from './worker-messages.js';
import { WORKER_SOURCE } from './worker-source.js';

/** What fits into the stop cell. */
const MAX_SERIAL = 2 ** 31 - 1;
/** A script starts in tens of milliseconds; on a starved machine in seconds. */
const GREETING_MS = 10_000;
/** Starting one again costs less than a login; keeping one costs 10 MB. */
const IDLE_MS = 30_000;

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

export function createWorkerThread(options: WorkerThreadOptions = {}): Thread {
  return new WorkerThread(options);
}

class WorkerThread implements Thread {
  readonly #script: string | URL;
  readonly #greetingMs: number;
  readonly #idleMs: number;
  #serial = 0;
  #running: RunningWorker | undefined;
  #pending: Pending | undefined;
  #idle: Alarm | undefined;
  /** All that were ended have gone. */
  #gone: Promise<unknown> = Promise.resolve();

  constructor({ script = WORKER_SOURCE, greetingMs = GREETING_MS, idleMs = IDLE_MS }: WorkerThreadOptions) {
    this.#script = script;
    this.#greetingMs = greetingMs;
    this.#idleMs = idleMs;
  }

  get isAlive(): boolean {
    return this.#running !== undefined;
  }

  async run<K extends CostlyKdf>(batch: Batch<K>, halt: StopSignal): Promise<Uint8Array[]> {
    const [{ kdf, backend }] = batch;
    const jobs = batch.map(({ job }) => job);
    const request = { serial: this.#nextSerial(), kdf, backend: backend.name, jobs };
    // The kernels that it will ask for are compiled while it starts; where they cannot be, it hears so itself.
    if (this.#running === undefined) backend.lanes?.load().catch(() => {});
    const reply = await this.#ask(
      request,
      { sliced: backend.lanes !== undefined, isUnstoppable: backend.threadOnly ?? false },
      halt,
    );
    if (reply.kind === 'hashes') return [...reply.hashes];
    throw reply.kind === 'stopped' ? getAbortReason(halt) : createFailure(reply);
  }

  async probe<K extends CostlyKdf>({ kdf, backend }: BackendOfKdf<K>): Promise<string | undefined> {
    const reply = await this.#ask({ serial: this.#nextSerial(), kdf, backend: backend.name }, PROBE);
    if (reply.kind === 'usable') return undefined;
    if (reply.kind === 'absent') return reply.reason;
    throw createFailure(reply);
  }

  async close(): Promise<void> {
    const ending = this.#end();
    this.#settle()?.reject(closedError());
    await ending;
  }

  /** @param sliced it stops when it is asked to; otherwise the thread is terminated. */
  #ask<K extends CostlyKdf>(
    request: Request<K>,
    { sliced, isUnstoppable }: { readonly sliced: boolean; readonly isUnstoppable: boolean },
    halt?: StopSignal,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      let running: RunningWorker;
      try {
        running = this.#start();
      } catch (error) {
        reject(new CannotStart(firstLine(error)));
        return;
      }
      const own: Pending = { resolve, reject, isUnstoppable };
      this.#pending = own;
      this.#idle?.cancel();
      running.hold();
      running.sendWhenReady(() => {
        try {
          if (this.#pending === own) postRequest(running.worker, request);
        } catch (cause) {
          this.#settle();
          reject(digestError('ERR_BACKEND', 'sending the job to the worker thread failed', { cause }));
        }
      });
      halt?.addEventListener('abort', () => {
        if (this.#pending !== own) return;
        // Before the greeting nothing was sent, and nothing has to be ended but the wait.
        if (!running.hasGreeted) this.#settle()?.reject(getAbortReason(halt));
        else if (sliced) running.askToStop(request.serial);
        else {
          void this.#end();
          this.#settle()?.reject(getAbortReason(halt));
        }
      });
    });
  }

  #start(): RunningWorker {
    this.#running ??= new RunningWorker(this.#script, this.#greetingMs, {
      onReply: (reply) => this.#settle()?.resolve(reply),
      onLost: (reason) => {
        void this.#end();
        this.#settle()?.reject(reason);
      },
    });
    return this.#running;
  }

  /** Settles the answer; afterwards the process may end. */
  #settle(): Pending | undefined {
    const settled = this.#pending;
    this.#pending = undefined;
    this.#running?.release();
    this.#idle?.cancel();
    if (this.#running !== undefined) this.#idle = alarmIn(this.#idleMs, () => void this.#end());
    return settled;
  }

  #end(): Promise<unknown> {
    const ending = this.#running?.end();
    this.#running = undefined;
    this.#idle?.cancel();
    // Native code on the thread runs to its end without being awaited.
    if (!this.#pending?.isUnstoppable) this.#gone = Promise.all([this.#gone, ending]);
    return this.#gone;
  }

  /** Never 0, which the cell holds from the start. */
  #nextSerial(): number {
    this.#serial = (this.#serial % MAX_SERIAL) + 1;
    return this.#serial;
  }
}
