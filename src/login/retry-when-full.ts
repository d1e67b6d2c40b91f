/** Verifications that wait for one of their own while the queue or the memory budget is full. */
import type { Verdict } from '../types.js';

/** A row that was read: it is verified once, and again where all was full. */
export interface RowVerification {
  verify(signal: AbortSignal): Promise<Verdict>;
  /** After the last verification. */
  release(): void;
}

/**
 * Rows that find the queue or the memory budget full wait for one of their own to finish and try again; where none is
 * under way, others fill it, and the row is answered so.
 */
export function retryWhenFull<Input>(
  take: (input: Input) => RowVerification,
  halt: AbortSignal,
): (input: Input) => Promise<Verdict> {
  let active = 0;
  let waiting: (() => void)[] = [];

  /** Not for a row that found all full: those that wait would wake each other for ever. */
  function wakeAll(): void {
    const ready = waiting;
    waiting = [];
    for (const wake of ready) wake();
  }

  return async (input) => {
    const taken = take(input);
    for (;;) {
      active++;
      let again = false;
      try {
        const verdict = await taken.verify(halt);
        again = active > 1 && verdict.outcome === 'rejected' && verdict.error.code === 'ERR_QUEUE_FULL';
        if (!again) return verdict;
      } finally {
        active--;
        if (!again) {
          taken.release();
          wakeAll();
        }
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
}
