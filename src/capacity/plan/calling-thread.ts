/** The thread that calls the engine: its pieces of work run one after the other. */
import type { Cores, Running } from './cores.js';

/** Entries of the queue before its used beginning is dropped. */
const MAX_USED = 4096;

export class CallingThread {
  readonly #cores: Cores;
  /** The work that runs is at `#from`, the rest waits. */
  readonly #calls: Running[] = [];
  #from = 0;

  constructor(cores: Cores) {
    this.#cores = cores;
  }

  get isBusy(): boolean {
    return this.#from < this.#calls.length;
  }

  call(ms: number, done: () => void): void {
    const one = { left: ms, crowding: 1, done };
    this.#calls.push(one);
    if (this.#calls.length - this.#from === 1) this.#cores.start(one);
  }

  /** Starts the next one, where `one` is the work that ran here. */
  finish(one: Running): void {
    if (one !== this.#calls[this.#from]) return;
    this.#from++;
    const next = this.#calls[this.#from];
    if (next !== undefined) this.#cores.start(next);
    if (this.#from > MAX_USED) {
      this.#calls.splice(0, this.#from);
      this.#from = 0;
    }
  }
}
