/** Runs each job at once on the thread that asks. Limits and queues are applied before it. */
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import { throwIfAborted } from './abort.js';
import type { Derive, Halt, KernelRun } from './contract.js';
import { BackendAbsent, type BackendOfKdf, type Executor, NoThread, type Order } from './executor.js';
import { inTurns } from './lanes.js';
import { nextTask } from './pause.js';
import { selfTest } from './self-test.js';

const NEEDS_THREAD = 'requires a worker thread';
/** Milliseconds before the event loop gets its turn. */
export const TICK_MS = 6;

export interface InProcessExecutor extends Executor {
  /** Jobs that go together: several of one group of a backend with lanes, otherwise one after the other. */
  runMany<K extends CostlyKdf>(
    candidate: BackendOfKdf<K>,
    jobs: readonly CostlyJobs[K][],
    halt?: Halt,
  ): Promise<Uint8Array[]>;
}

/** @param tickMs `Infinity` where the thread has nothing else to do. */
export function createInProcessExecutor(tickMs: number = TICK_MS): InProcessExecutor {
  const isShared = tickMs !== Number.POSITIVE_INFINITY;
  const loaded = new Map<unknown, Promise<unknown>>();

  /** Each backend once: its function, or the reason why it is missing. */
  function load<K extends CostlyKdf>(candidate: BackendOfKdf<K>): Promise<Derive<CostlyJobs[K]> | string> {
    const known = loaded.get(candidate.backend) as Promise<Derive<CostlyJobs[K]> | string> | undefined;
    if (known !== undefined) return known;
    const loading = loadTested(candidate, { tickMs }).catch(firstLine);
    loaded.set(candidate.backend, loading);
    return loading;
  }

  async function runMany<K extends CostlyKdf>(
    candidate: BackendOfKdf<K>,
    jobs: readonly CostlyJobs[K][],
    halt?: Halt,
  ): Promise<Uint8Array[]> {
    throwIfAborted(halt);
    if (isShared && candidate.backend.threadOnly) throw new NoThread(NEEDS_THREAD);
    const derive = await load(candidate);
    if (typeof derive === 'string') throw new BackendAbsent(derive);
    const run: KernelRun = { signal: halt, tickMs };
    const { lanes } = candidate.backend;
    if (lanes !== undefined && jobs.length > 1) return inTurns((await lanes.load())(jobs), run);
    const hashes: Uint8Array[] = [];
    for (const job of jobs) hashes.push(await derive(job, run));
    return hashes;
  }

  return {
    async run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      const [hash] = await runMany(order, [order.job], order.call.signal);
      return hash as Uint8Array;
    },
    runMany,
    async probe(candidate) {
      if (isShared && candidate.backend.threadOnly) return NEEDS_THREAD;
      const derive = await load(candidate);
      return typeof derive === 'string' ? derive : undefined;
    },
  };
}

export async function loadTested<K extends CostlyKdf>(
  { kdf, backend }: BackendOfKdf<K>,
  run: KernelRun,
): Promise<Derive<CostlyJobs[K]>> {
  const derive = await backend.load();
  // Loading may have taken a whole tick.
  if (run.tickMs !== Number.POSITIVE_INFINITY) await nextTask();
  await selfTest(kdf, backend, derive, run);
  return derive;
}

/** A loader's reason without its stack of required files. */
export function firstLine(error: unknown): string {
  if (error === undefined || error === null) return 'no reason given';
  const { message = error } = Object(error) as { readonly message?: unknown };
  return String(message).split('\n', 1)[0] as string;
}
