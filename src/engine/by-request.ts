/**
 * The engine of runtimes that bind timers and pending work to the request that began them: Cloudflare Workers, and edge
 * runtimes built on them. When a request ends or its client leaves, what it began never goes on there, not even to reject:
 * https://developers.cloudflare.com/workers/observability/errors/, https://github.com/panva/jose/issues/355. So no call
 * is started by another one, and none trusts another one to end. Each waits for its turn with timers of its own, loads
 * backends that no other call has loaded to the end, and passes over calls that no longer make progress.
 */
import type { AbortSignalLike } from '../encoding/brand.js';
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { getAbortReason, onAbort, throwIfAborted } from '../kdf/abort.js';
import type { Derive, Halt } from '../kdf/contract.js';
import { BackendAbsent, type BackendOfKdf, type Order } from '../kdf/executor.js';
import { firstLine, loadTested, TICK_MS } from '../kdf/in-process.js';
import { nextTask } from '../kdf/pause.js';
import { countMemoryBytes, type Engine, overBudgetError } from './engine.js';
import { closedError } from './life.js';
import { queueFullError } from './limiter.js';

/** Of one job. Fits into Cloudflare's 128 MB with Django's Argon2, which takes 100 MiB. */
const MAX_MEMORY_BYTES = 104 * 2 ** 20;
const MAX_QUEUE = 1_000;
export const NO_THREADS = 'this entry point of digestry starts no threads: jobs run in slices on the calling thread';
/** A call without progress for this number of turns of the event loop, and this long, was left by its request. */
const LEFT_TURNS = 250;
const LEFT_MS = 250;

export interface RequestEngineOptions {
  readonly maxQueue?: number | undefined;
  /** Of one job and all that wait. */
  readonly maxMemoryBytes?: number | undefined;
}

interface Ticket {
  readonly bytes: number;
  /** Slices computed, or turns waited for. */
  steps: number;
}

export function createRequestEngine({ maxQueue = MAX_QUEUE, maxMemoryBytes }: RequestEngineOptions = {}): Engine {
  /** In the order of their calls; the first one runs. */
  const tickets = new Set<Ticket>();
  /** Only what is settled. */
  const loaded = new Map<unknown, unknown>();
  let done = 0;
  let closed = false;

  const held = (): number => [...tickets].reduce((sum, { bytes }) => sum + bytes, 0);

  async function load<K extends CostlyKdf>(candidate: BackendOfKdf<K>): Promise<Derive<CostlyJobs[K]>> {
    if (!loaded.has(candidate.backend))
      loaded.set(candidate.backend, await loadTested(candidate, { tickMs: TICK_MS }).catch(firstLine));
    const found = loaded.get(candidate.backend) as Derive<CostlyJobs[K]> | string;
    if (typeof found === 'string') throw new BackendAbsent(found);
    return found;
  }

  function enter(bytes: number): Ticket {
    if (bytes > (maxMemoryBytes ?? MAX_MEMORY_BYTES))
      throw overBudgetError(maxMemoryBytes ?? MAX_MEMORY_BYTES, 0, bytes);
    if (maxMemoryBytes !== undefined && held() + bytes > maxMemoryBytes) {
      throw overBudgetError(maxMemoryBytes, held(), bytes);
    }
    if (tickets.size > maxQueue) throw queueFullError(maxQueue);
    const ticket = { bytes, steps: 0 };
    tickets.add(ticket);
    return ticket;
  }

  async function waitForTurn(ticket: Ticket, halt: Halt): Promise<void> {
    let seen = new Map<Ticket, number>();
    let [turns, since] = [LEFT_TURNS, 0];
    for (;;) {
      throwIfAborted(halt);
      const [first] = tickets;
      if (first === ticket || !tickets.has(ticket)) return;
      const elapsed = Date.now() - since;
      // The clock of a Worker does not advance while it computes, nor does a faked one: then only turns count.
      if (turns++ >= LEFT_TURNS && (elapsed === 0 || elapsed >= LEFT_MS)) {
        for (const [one, steps] of seen) if (one.steps === steps) tickets.delete(one);
        seen = new Map(Array.from(tickets, (one) => [one, one === ticket ? -1 : one.steps]));
        [turns, since] = [0, Date.now()];
      }
      await nextTask();
    }
  }

  return {
    async run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const { signal } = order.call;
      const ticket = enter(countMemoryBytes(order));
      /** Asked before each slice and each turn. */
      const halt: Halt = {
        get aborted() {
          ticket.steps++;
          return closed || (signal?.aborted ?? false);
        },
        get reason() {
          return closed ? closedError() : signal && getAbortReason(signal);
        },
      };
      try {
        await waitForTurn(ticket, halt);
        const derive = await load(order);
        const hash = derive(order.job, { signal: halt, tickMs: TICK_MS });
        // Slices end at the next one, and wipe what they know of the password; what is native goes on unheard.
        return await (order.backend.blocking || !signal ? hash : rejectOnAbort(hash, signal));
      } finally {
        done++;
        tickets.delete(ticket);
      }
    },
    probe: (candidate) =>
      load(candidate).then(
        () => undefined,
        (error) => (error as BackendAbsent).reason,
      ),
    stats: () => ({
      threads: 0,
      started: 0,
      threadless: NO_THREADS,
      running: Math.min(1, tickets.size),
      waiting: Math.max(0, tickets.size - 1),
      memoryBytes: held(),
      batches: done === 0 ? {} : { 1: done },
    }),
    async close() {
      closed = true;
    },
  };
}

function rejectOnAbort<T>(work: T | Promise<T>, signal: AbortSignalLike): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(getAbortReason(signal)));
    Promise.resolve(work).then(resolve, reject).finally(forget);
  });
}
