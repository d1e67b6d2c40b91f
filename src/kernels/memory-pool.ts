/**
 * Memory for kernels whose jobs say how much they need.
 *
 * A memory of WebAssembly grows and never shrinks, and what is left to the garbage collector stays for long: two scrypt
 * jobs of 128 MiB after each other were seen to hold three times that. So it is kept for the next job, of whatever
 * kernel, which spares a page fault for each 4 KiB, too (measured: 10 ms for 32 MiB, where scrypt takes 60 and wiping 3).
 * Past a bound it is dropped when no job came for a while; a worker thread keeps any, and gives it back by its end. Jobs
 * in slices may take turns: each has a memory of its own.
 */
import { countPages, type Kernel, type Link } from './load.js';

/** Three lanes of scrypt with N = 2^15, r = 8 (Werkzeug's default), or 64 MiB of Argon2. */
const KEPT_BYTES = 97 * 2 ** 20;
/** A larger one is dropped where nothing came for so long. */
const DROPPED_MS = 5000;
/** WebAssembly's addresses have 32 bits. */
export const MOST_BYTES: number = 2 ** 32;
/** Wiped in one slice: about a millisecond. */
const WIPE_BYTES = 8 * 2 ** 20;

interface Linked {
  readonly memory: WebAssembly.Memory;
  readonly functions: Map<Link, Kernel['functions']>;
}

/** Calls back after some seconds. */
export type Later = (callback: () => void) => void;

const setTimer: (callback: () => void, ms: number) => unknown = setTimeout;
const inSeconds: Later = (callback) => {
  const timer = setTimer(callback, DROPPED_MS);
  if (timer !== null && typeof timer === 'object') (timer as { unref?(): void }).unref?.();
};

/** The memories of one thread. */
export class WasmMemoryPool {
  readonly #keptBytes: number;
  readonly #later: Later;
  #idle: Linked | undefined;

  /** @param keptBytes at most stay for as long as the thread does. */
  constructor(keptBytes: number = KEPT_BYTES, later: Later = inSeconds) {
    this.#keptBytes = keptBytes;
    this.#later = later;
  }

  /** @throws RangeError where the machine has no such memory. */
  lease(link: Link, bytes: number): MemoryLease {
    const linked = this.#idle ?? {
      memory: new WebAssembly.Memory({ initial: countPages(bytes) }),
      functions: new Map(),
    };
    this.#idle = undefined;
    const { memory, functions } = linked;
    const missing = countPages(bytes - memory.buffer.byteLength);
    if (missing > 0) memory.grow(missing);
    let mine = functions.get(link);
    if (mine === undefined) {
      mine = link(memory);
      functions.set(link, mine);
    }
    return new MemoryLease(mine, new Uint8Array(memory.buffer, 0, bytes), () => {
      this.#idle = linked;
      if (memory.buffer.byteLength > this.#keptBytes) this.#later(() => this.#drop(linked));
    });
  }

  #drop(linked: Linked): void {
    if (this.#idle === linked) this.#idle = undefined;
  }
}

/** One job's memory, all zero at first, and the functions of its kernel. */
export class MemoryLease {
  readonly functions: Kernel['functions'];
  readonly memory: Uint8Array;
  /** Bytes from the start that may not be zero. */
  #used: number;
  readonly #left: () => void;

  constructor(functions: Kernel['functions'], memory: Uint8Array, left: () => void) {
    this.functions = functions;
    this.memory = memory;
    this.#used = memory.length;
    this.#left = left;
  }

  /** Zeros the memory in slices, and gives it back. Abandoned by `return()`, it goes on with the slices that are left. */
  *release(): Generator<void, void, void> {
    try {
      while (this.#used > 0) {
        const from = Math.max(0, this.#used - WIPE_BYTES);
        this.memory.fill(0, from, this.#used);
        this.#used = from;
        yield;
      }
    } finally {
      if (this.#used > 0) yield* this.release();
      else this.#left();
    }
  }
}
