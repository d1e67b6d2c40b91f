/** What a backend is: one implementation of one KDF. */
import type { CostlyJobs, CostlyKdf, Digests } from '../jobs.js';

export type BackendKind =
  /** Compiled code: node:crypto or an addon. */
  | 'native'
  /** Plain JavaScript: runs anywhere. */
  | 'portable';

/** How one derivation is run. */
export interface Run {
  readonly signal?: AbortSignal | undefined;
  /** A backend on the calling thread gives the event loop back after so many milliseconds; `Infinity`: never. */
  readonly tickMs: number;
}

/** One implementation of one KDF. */
export interface Backend<Job> {
  /** As its package is called: `node:crypto`, `@noble/hashes`. */
  readonly name: string;
  readonly kind: BackendKind;
  /** It computes on the calling thread, so a server should call it on another one. */
  readonly blocking: boolean;
  /** Why it cannot do this job, or undefined where it can. Absent: it can do all. */
  unsupported?(job: Job): string | undefined;
  derive(job: Job, run: Run): Uint8Array | Promise<Uint8Array>;
}

/** A backend that may be absent on this machine: `load` rejects where it is. */
export interface BackendLoader<Job> {
  readonly name: string;
  readonly kind: BackendKind;
  load(): Promise<Backend<Job>>;
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
  readonly costly: { readonly [K in CostlyKdf]: readonly BackendLoader<CostlyJobs[K]>[] };
}
