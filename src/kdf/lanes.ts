/** What a lanes backend is: several jobs of one KDF in one instruction stream, on the thread that calls it. */

/** Work in slices of about a millisecond, one a `next()`; the last gives the hashes in the order of the jobs. */
export type Slices = Generator<void, Uint8Array[], void>;

export interface LaneBackend<Job> {
  /** The most jobs that one call takes. */
  readonly lanes: number;
  /** The most that go together with this one, where that depends on the job: more are done one batch after the other. */
  lanesOf?(job: Job): number;
  /** Jobs of which this is the same can go together. */
  group(job: Job): string;
  /**
   * @param jobs 1 to `lanes`, of one group.
   * Abandoned by `return()`, it wipes what it knows of the passwords all the same.
   */
  deriveMany(jobs: readonly Job[]): Slices;
}

/** All slices at once. */
export function exhaust(slices: Slices): Uint8Array[] {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
