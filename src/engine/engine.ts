/**
 * The one door that every costly job goes through, on every platform.
 *
 * Backends that bring their own threads get a few jobs at a time. Those that compute on the thread that calls them get
 * one job at a time, in order: on another thread where there is one, otherwise in slices on the calling one, where a
 * second job would only take memory and turns of the event loop, and finish neither sooner.
 */
import type { CostlyKdf } from '../jobs.js';
import type { Executor, Order } from '../kdf/executor.js';
import { thisThread } from '../kdf/this-thread.js';
import { type Backlog, createLane } from './lane.js';
import { CannotStart, type Thread } from './thread.js';

/**
 * Jobs that may wait. Each holds about a kilobyte, so ten megabytes; and enough that a batch of an import which is
 * verified in one Promise.all goes through. A login service that wants to say "busy" sooner sets its own.
 */
const MAX_QUEUE = 10_000;

export interface EngineOptions {
  /** Jobs that may wait, over all backends. */
  readonly maxQueue?: number | undefined;
  /** Jobs at one time for backends that bring their own threads. */
  readonly nativeWidth?: number | undefined;
  readonly thread?: Thread | undefined;
}

export interface Engine extends Executor {
  /** Rejects what waits and what runs with ERR_CLOSED, and ends the thread. */
  close(): Promise<void>;
}

export function createEngine({ maxQueue = MAX_QUEUE, nativeWidth = 1, thread }: EngineOptions = {}): Engine {
  const here = thisThread();
  const backlog: Backlog = { waiting: 0, max: maxQueue };
  const native = createLane(nativeWidth, backlog);
  const inTurn = createLane(1, backlog);
  /** Why there is no other thread, once that is known. Not tried again: each try costs tens of milliseconds. */
  let threadless: string | undefined;

  async function elsewhere<T>(ask: (executor: Executor) => Promise<T>): Promise<T> {
    if (thread === undefined || threadless !== undefined) return ask(here);
    try {
      return await ask(thread);
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      threadless = error.message;
      return ask(here);
    }
  }

  return {
    run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const { backend, call } = order;
      const until = (signal: AbortSignal): Order<K> => ({ ...order, call: { ...call, signal } });
      if (!backend.blocking) return native.run((halt) => here.run(until(halt)), call.signal);
      return inTurn.run((halt) => elsewhere((executor) => executor.run(until(halt))), call.signal);
    },
    probe(candidate) {
      if (!candidate.backend.blocking) return native.run(() => here.probe(candidate), undefined);
      return inTurn.run(() => elsewhere((executor) => executor.probe(candidate)), undefined);
    },
    remark: ({ blocking }) =>
      blocking && threadless !== undefined
        ? `in slices on the calling thread, as no other one can be started: ${threadless}`
        : undefined,
    async close() {
      native.close();
      inTurn.close();
      await thread?.close();
    },
  };
}
