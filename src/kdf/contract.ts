/** What a backend is: one implementation of one KDF. */
import type { CostlyJobs, CostlyKdf, Digests } from '../jobs.js';

export type BackendKind =
  /** Compiled code: node:crypto or an addon. */
  | 'native'
  /** Plain JavaScript: runs anywhere. */
  | 'portable';

/** How one derivation is run. */
export interface Run {
  /** A backend that computes in slices stops at the next one once this is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** A backend on the calling thread gives the event loop back after so many milliseconds; `Infinity`: never. */
  readonly tickMs: number;
}

export type Derive<Job> = (job: Job, run: Run) => Uint8Array | Promise<Uint8Array>;

/** One implementation of one KDF. All that is told of it before `load` costs nothing to ask. */
export interface Backend<Job> {
  /** As its package is called: `node:crypto`, `@noble/hashes`. */
  readonly name: string;
  readonly kind: BackendKind;
  /** It computes on the thread that calls it, so a server should call it on another one. */
  readonly blocking: boolean;
  /** Why it cannot do this job, or undefined where it can. Absent: it can do all. */
  unsupported?(job: Job): string | undefined;
  /** Rejects where the backend is not on this machine. */
  load(): Promise<Derive<Job>>;
}

/** The same for the microsecond functions, which are there from the start. */
export interface DigestsBackend extends Digests {
  readonly name: string;
  readonly kind: BackendKind;
  /** Whether two byte strings of one length are equal, in a time that does not depend on where they differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}

/** All backends that an entry point knows, fastest first. */
export interface Catalogue {
  readonly digests: readonly DigestsBackend[];
  readonly costly: { readonly [K in CostlyKdf]: readonly Backend<CostlyJobs[K]>[] };
}
