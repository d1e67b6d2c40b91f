/** How long verifying digests of one parameter set takes. */

export interface Timing {
  /** Milliseconds of one alone, of two that go together on one thread, and so on up to as many as go together. */
  readonly batchMs: readonly number[];
  /** Milliseconds of the calling thread for each, around what other threads do. */
  readonly callerMs: number;
  /** How many times longer it takes where all cores are busy. From 1. */
  readonly crowding: number;
  /** How unsure it is, as a part of it: 0.03 is ±3 %. */
  readonly spread: number;
}

/** The same with so many times the work. */
export function scaled({ batchMs, callerMs, crowding, spread }: Timing, factor: number): Timing {
  return { batchMs: batchMs.map((ms) => ms * factor), callerMs, crowding, spread };
}

/** Milliseconds of a core for each where as many as can go together do, and all cores are busy. */
export function loadedMs({ batchMs, callerMs, crowding }: Timing, onCaller: boolean): number {
  const together = batchMs.length;
  return ((batchMs[together - 1] as number) / together) * crowding + (onCaller ? 0 : callerMs);
}

/**
 * Of the same set, measured several times with something else between: what disturbs a machine for some seconds makes it
 * slower, and never faster.
 */
export function leastDisturbed(timings: readonly [Timing, ...Timing[]]): Timing {
  const [first] = timings;
  const least = (value: (one: Timing) => number) => Math.min(...timings.map(value));
  const batchMs = first.batchMs.map((_, index) => least((one) => one.batchMs[index] as number));
  const fullMs = ({ batchMs: ms }: Pick<Timing, 'batchMs'>) => ms.at(-1) as number;
  const crowded = least((one) => one.crowding * fullMs(one));
  const most = Math.max(...timings.map(fullMs));
  return {
    batchMs,
    callerMs: least((one) => one.callerMs),
    crowding: Math.max(1, crowded / fullMs({ batchMs })),
    spread: Math.max(
      least((one) => one.spread),
      (most / fullMs({ batchMs }) - 1) / 2,
    ),
  };
}
