/** Ends a batch for which no caller waits any more. An AbortController in its place takes a fifth of a dispatch. */
import type { AbortSignalLike } from '../encoding/brand.js';
import type { Halt } from '../kdf/contract.js';

/** Signals a thread to end its batch. An `AbortSignal` fits. */
export type StopSignal = AbortSignalLike & Halt;

export class Stop implements StopSignal {
  aborted = false;
  reason: unknown;
  readonly #listeners: (() => void)[] = [];

  abort(reason?: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const index = this.#listeners.indexOf(listener);
    if (index !== -1) this.#listeners.splice(index, 1);
  }
}
