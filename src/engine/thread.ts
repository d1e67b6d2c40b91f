/** What the engine asks of another thread. */
import type { CostlyKdf } from '../jobs.js';
import type { BackendOfKdf, Order } from '../kdf/executor.js';
import type { StopSignal } from './stop.js';

/** That a user may name: more than any machine has cores are a mistake. */
export const MAX_THREADS = 1024;

/** Orders that are done together: one, or several of one group of a backend with lanes. */
export type Batch<K extends CostlyKdf = CostlyKdf> = readonly [Order<K>, ...Order<K>[]];

/** Takes one batch at a time; who has more holds them back. */
export interface Thread {
  /**
   * The hashes in the order of the batch.
   * @param halt aborts when all of them were aborted.
   */
  run<K extends CostlyKdf>(batch: Batch<K>, halt: StopSignal): Promise<Uint8Array[]>;
  /** Resolves to why the backend cannot be used there, undefined where it can. */
  probe<K extends CostlyKdf>(candidate: BackendOfKdf<K>): Promise<string | undefined>;
  /** Whether it is running now; absent where it always is. */
  readonly isAlive?: boolean;
  /** Ends the thread. The next batch would start it again. */
  close(): Promise<void>;
}

/** No thread can be started here: forbidden by policy, out of memory, a script that does not load. */
export class CannotStart extends Error {}

/** The thread ended in the middle of a batch. Each of its jobs may be tried once more, alone. */
export class ThreadDied extends Error {
  /** It had answered nothing since its start. */
  readonly isFresh: boolean;

  constructor(message = '', { cause, isFresh = false }: { readonly cause?: unknown; readonly isFresh?: boolean } = {}) {
    super(message, { cause });
    this.isFresh = isFresh;
  }
}
