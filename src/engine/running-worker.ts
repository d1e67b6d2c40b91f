/** One worker, from its start to its end: its greeting, its messages, its death. */
import type { Worker } from 'node:worker_threads';
import { lazyBuiltin, nodeCrypto } from '../kdf/builtin.js';
import { firstLine } from '../kdf/in-process.js';
import { type Alarm, afterMessages, alarmIn } from './clock.js';
import {
  isAnswer,
  isGreeting,
  READY_AT,
  type Reply,
  STOP_AT,
  type StopCell,
  stopCell,
  type WorkerData,
} from './protocol.js';
import { CannotStart, ThreadDied } from './thread.js';
import { answerModule, terminate } from './worker-messages.js';

const workerThreads = lazyBuiltin((from) => from.getBuiltinModule('node:worker_threads'));

const STRANGER = 'the script does not answer as a digestry worker';

export interface WorkerListener {
  onReply(reply: Reply): void;
  /** It is gone, or is not ours. */
  onLost(reason: Error): void;
}

export class RunningWorker {
  readonly worker: Worker;
  readonly #listener: WorkerListener;
  readonly #greetingMs: number;
  readonly #token = nodeCrypto().randomBytes(16).toString('hex');
  readonly #stop: StopCell = stopCell();
  /** Sends what waits for the greeting; undefined once that has come. */
  #onGreeting: (() => void) | undefined = () => {};
  /** For the greeting. */
  #late: Alarm;
  /** A request since its start. */
  #hasAnswered = false;
  #isAwaited = false;
  #hasEnded = false;

  /** @throws where no worker can be made. */
  constructor(script: string | URL, greetingMs: number, listener: WorkerListener) {
    this.#listener = listener;
    this.#greetingMs = greetingMs;
    const workerData: WorkerData = { stop: this.#stop, token: this.#token };
    // The program's own flags and variables stay out: `--input-type` would refuse the script, NODE_OPTIONS run others'.
    this.worker = new (workerThreads().Worker)(script, {
      name: 'digestry',
      eval: typeof script === 'string',
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
      workerData,
    });
    this.#late = alarmIn(greetingMs / 2, () => this.#overdue(true));
    const died = (cause: unknown) => this.#died(cause);
    this.worker.on('message', (message: unknown) => this.#hear(message));
    this.worker.on('error', died);
    this.worker.on('messageerror', died);
    this.worker.on('exit', died);
  }

  get hasGreeted(): boolean {
    return this.#onGreeting === undefined;
  }

  /** Holds the process open until it is released. */
  hold(): void {
    this.#isAwaited = true;
    this.worker.ref();
    // A foreign worker must not keep the process alive.
    if (!this.hasGreeted) this.#late.hold(true);
  }

  release(): void {
    this.#isAwaited = false;
    this.worker.unref();
    this.#late.hold(false);
  }

  /** Sends at once, or after the greeting. */
  sendWhenReady(send: () => void): void {
    if (this.hasGreeted) send();
    else this.#onGreeting = send;
  }

  /** The request ends at its next slice. */
  askToStop(serial: number): void {
    Atomics.store(this.#stop, STOP_AT, serial);
  }

  /** Nothing is heard of it afterwards. */
  end(): Promise<void> {
    this.#hasEnded = true;
    this.#late.cancel();
    return terminate(this.worker);
  }

  #hear(message: unknown): void {
    if (this.#hasEnded) return;
    if (!this.hasGreeted) {
      if (isGreeting(message, this.#token)) this.#greet();
      else this.#lost(new CannotStart(STRANGER));
    } else if (!isAnswer(message)) {
      // Another script on the thread, or a wrapper of `Worker`, may post anything: this is not an answer of ours.
      this.#lost(this.#threadDied('unexpected answer from the worker thread'));
    } else if (message.kind === 'module') {
      void answerModule(this.worker, message);
    } else {
      this.#hasAnswered = true;
      this.#listener.onReply(message);
    }
  }

  #greet(): void {
    this.#late.cancel();
    const send = this.#onGreeting;
    this.#onGreeting = undefined;
    send?.();
  }

  /**
   * Twice, and after a turn: where the whole process was stopped for long, its timers are heard before its messages,
   * and the worker had none of that time either.
   */
  #overdue(again: boolean): void {
    afterMessages(() => {
      if (this.#hasEnded || this.hasGreeted) return;
      if (!again) {
        this.#lost(new CannotStart(STRANGER));
        return;
      }
      this.#late = alarmIn(this.#greetingMs / 2, () => this.#overdue(false));
      this.#late.hold(this.#isAwaited);
    });
  }

  #died(cause: unknown): void {
    // What was never greeted was sent nothing.
    const wasReady = this.hasGreeted || Atomics.load(this.#stop, READY_AT) === 1;
    const why = typeof cause === 'number' ? `the thread ended with code ${cause}` : firstLine(cause);
    this.#lost(wasReady ? this.#threadDied('worker thread ended during a job', cause) : new CannotStart(why));
  }

  #threadDied(message: string, cause?: unknown): ThreadDied {
    return new ThreadDied(message, { cause, isFresh: !this.#hasAnswered });
  }

  #lost(reason: Error): void {
    this.#late.cancel();
    if (!this.#hasEnded) this.#listener.onLost(reason);
  }
}
