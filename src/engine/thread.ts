/** What the engine asks of another thread. */
import type { Executor } from '../kdf/executor.js';

/** Takes one order at a time; who has more holds them back. A call's signal ends the thread in the middle of its job. */
export interface Thread extends Executor {
  /** Ends the thread. */
  close(): Promise<void>;
}

/** No thread can be started here: forbidden by policy, out of memory, a script that does not load. */
export class CannotStart extends Error {}
