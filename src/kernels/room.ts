/**
 * Memory for kernels whose jobs say how much they need.
 *
 * A memory of WebAssembly grows and never shrinks. One that is small enough stays with its kernel for the next job;
 * a larger one is left to the garbage collector with its kernel. Each job has a kernel of its own, so that jobs in
 * slices may take turns.
 */
import { type Kernel, pagesOf } from './load.js';

/** What stays between jobs: 64 MiB, the usual need of Argon2 and of two lanes of scrypt, and what stands around it. */
const KEPT_BYTES = 65 * 2 ** 20;
/** WebAssembly's addresses have 32 bits. */
export const MOST_BYTES: number = 2 ** 32;
/** Wiped in one slice: about a millisecond. */
const WIPE_BYTES = 8 * 2 ** 20;

export class Rooms {
  readonly #make: (bytes: number) => Kernel;
  #idle: Kernel | undefined;

  constructor(make: (bytes: number) => Kernel) {
    this.#make = make;
  }

  /** @throws RangeError where the machine has no such memory. */
  enter(bytes: number): Room {
    const kernel = this.#idle ?? this.#make(bytes);
    this.#idle = undefined;
    const missing = pagesOf(bytes - kernel.memory.buffer.byteLength);
    if (missing > 0) kernel.memory.grow(missing);
    return new Room(kernel, bytes, () => {
      if (kernel.memory.buffer.byteLength <= KEPT_BYTES) this.#idle = kernel;
    });
  }
}

/** One job's kernel, all of its memory zero at first. */
export class Room {
  readonly functions: Kernel['functions'];
  readonly memory: Uint8Array;
  /** Bytes from the start that may not be zero. */
  #used: number;
  readonly #left: () => void;

  constructor({ functions, memory }: Kernel, bytes: number, left: () => void) {
    this.functions = functions;
    this.memory = new Uint8Array(memory.buffer);
    this.#used = bytes;
    this.#left = left;
  }

  /** Zeros all that was used, in slices. */
  *wipe(): Generator<void, void, void> {
    while (this.#used > 0) {
      const from = Math.max(0, this.#used - WIPE_BYTES);
      this.memory.fill(0, from, this.#used);
      this.#used = from;
      yield;
    }
  }

  /** Gives the kernel back, zero: what `wipe` has not done is done at once. */
  leave(): void {
    this.memory.fill(0, 0, this.#used);
    this.#used = 0;
    this.#left();
  }
}
