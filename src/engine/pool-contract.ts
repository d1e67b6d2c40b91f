/** A pool of threads, as its users see it. */
import type { CostlyKdf } from '../jobs.js';
import type { BackendOfKdf, Order } from '../kdf/executor.js';
import type { Backlog } from './limiter.js';
import type { MemoryBudget } from './memory.js';
import type { Thread } from './thread.js';

export interface Pool {
  run<K extends CostlyKdf>(order: Order<K>): Promise<Uint8Array>;
  probe<K extends CostlyKdf>(candidate: BackendOfKdf<K>): Promise<string | undefined>;
  /** Why jobs run on the calling thread, where no other one can be started. */
  remark(): string | undefined;
  stats(): PoolStats;
  /** Rejects what waits and what runs with ERR_CLOSED; ends the threads where they are not shared. */
  close(): Promise<void>;
}

export interface PoolStats {
  /** Worker threads that there may be; 0 where none can be started. */
  readonly threads: number;
  /** Worker threads that there are now. */
  readonly started: number;
  /** Jobs that are being computed. */
  readonly running: number;
  /** Batches so far by the number of jobs in them. */
  readonly batches: Readonly<Record<number, number>>;
}

/** Who joins shares the threads with the others, and has bounds and an end of their own. */
export interface SharedPool {
  /** @param maxBytes that threads may keep after jobs of this one. */
  join(backlog: Backlog, maxBytes?: number): Pool;
  close(): Promise<void>;
}

export interface SharedPoolOptions {
  readonly threads: readonly Thread[];
  /** Takes over where none of the threads can be started. */
  readonly fallback: Thread;
  readonly budget?: MemoryBudget;
  /** Called once, when the calling thread takes over. */
  readonly onThreadless?: (reason: string) => void;
}
