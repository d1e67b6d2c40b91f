/** Letting other work run in the middle of a long computation on the calling thread. */
import type { Run } from './contract.js';

/**
 * Runs `step(from, to)` over `[0, total)` in slices that fit into `run.tickMs`.
 * @param slice steps that surely take less than a tick.
 * @throws the signal's reason at the next slice after an abort.
 */
export async function inSlices(
  total: number,
  slice: number,
  run: Run,
  step: (from: number, to: number) => void,
): Promise<void> {
  let since = performance.now();
  for (let from = 0; from < total; ) {
    const to = Math.min(total, from + slice);
    step(from, to);
    from = to;
    run.signal?.throwIfAborted();
    if (performance.now() - since >= run.tickMs) {
      await nextTask();
      since = performance.now();
    }
  }
}

/** Resolves as a new task, not as a microtask: timers and input get their turn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
