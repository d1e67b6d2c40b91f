/**
 * The memory of all that computes, or has computed and keeps its memory for the next job. What would pass the bound
 * waits; one job that is larger than the bound runs when nothing else does.
 */

export class MemoryBudget {
  readonly maxBytes: number;
  #held = 0;
  #active = 0;
  readonly #waiters = new Set<() => void>();

  constructor(maxBytes: number = Number.POSITIVE_INFINITY) {
    this.maxBytes = maxBytes;
  }

  get heldBytes(): number {
    return this.#held;
  }

  /** Whether work that needs `bytes` more may begin now. */
  fits(bytes: number): boolean {
    return this.#active === 0 || this.#held + bytes <= this.maxBytes;
  }

  /** Work begins, and holds `bytes` more. */
  begin(bytes: number): void {
    this.#active++;
    this.#held += bytes;
  }

  /** Work has ended. @param bytes that are given back; what is kept for the next job still counts. */
  end(bytes: number): void {
    this.#active--;
    this.release(bytes);
  }

  release(bytes: number): void {
    this.#held -= bytes;
    if (this.#waiters.size === 0) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter();
  }

  /** Calls back once, when there may be room again. Who waits no more is not remembered. */
  onceReleased(waiter: () => void): void {
    this.#waiters.add(waiter);
  }
}
