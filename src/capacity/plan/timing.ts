/** How long verifying digests of one parameter set takes. */

export interface Timing {
  /** Milliseconds of one alone, of two that go together on one thread, and so on up to as many as go together. */
  readonly batchMs: readonly number[];
  /** Milliseconds of the calling thread for each, around what other threads do. */
  readonly callerMs: number;
  /** How many times longer it takes where all cores are busy. From 1. */
  readonly crowding: number;
  /** Half the 95 % interval of the median of one alone, over the median: 0.03 is ±3 %. */
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
