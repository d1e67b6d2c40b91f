/** Runs each job at once on the thread that asks. What bounds and orders jobs stands in front of it. */
import type { CostlyJobs, CostlyKdf } from '../jobs.js';
import type { Derive } from './contract.js';
import { BackendAbsent, type Candidate, type Executor, type Order } from './executor.js';
import { selfTest } from './self-test.js';

/** Milliseconds before the event loop gets its turn. */
const TICK_MS = 8;

/** @param tickMs `Infinity` where the thread has nothing else to do. */
export function thisThread(tickMs: number = TICK_MS): Executor {
  const loaded = new Map<unknown, Promise<unknown>>();

  /** Each backend once: its function, or the reason why there is none. */
  function load<K extends CostlyKdf>(candidate: Candidate<K>): Promise<Derive<CostlyJobs[K]> | string> {
    const known = loaded.get(candidate.backend) as Promise<Derive<CostlyJobs[K]> | string> | undefined;
    if (known !== undefined) return known;
    const loading = loadTested(candidate).catch(firstLine);
    loaded.set(candidate.backend, loading);
    return loading;
  }

  return {
    async run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array> {
      order.call.signal?.throwIfAborted();
      const derive = await load(order);
      if (typeof derive === 'string') throw new BackendAbsent(derive);
      return derive(order.job, { signal: order.call.signal, tickMs });
    },
    async probe(candidate) {
      const derive = await load(candidate);
      return typeof derive === 'string' ? derive : undefined;
    },
  };
}

async function loadTested<K extends CostlyKdf>({ kdf, backend }: Candidate<K>): Promise<Derive<CostlyJobs[K]>> {
  const derive = await backend.load();
  await selfTest(kdf, backend, derive);
  return derive;
}

/** A loader's reason without its stack of required files. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] as string;
}
