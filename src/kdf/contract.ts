/** What a backend is: one implementation of one KDF. */
import type { CostlyJobs, CostlyKdf, HashFunctions } from '../jobs.js';

export type BackendKind =
  /** Compiled code: node:crypto or an addon. */
  | 'native'
  /** Plain JavaScript: runs anywhere. */
  | 'portable'
  /** WebAssembly: several passwords in one instruction stream. */
  | 'lanes'
  /** Lanes or native, whichever was faster on this machine. */
  | 'measured';

/** Asks a computation to stop: an AbortSignal, or its like on a thread that no event reaches while it computes. */
export interface Halt {
  readonly aborted: boolean;
  /** What the computation rejects with. */
  readonly reason?: unknown;
}

/** How one derivation is run. */
export interface KernelRun {
  /** A backend that computes in slices stops at the next one once this is aborted. */
  readonly signal?: Halt | undefined;
  /** A backend on the calling thread yields to the event loop after this number of milliseconds; `Infinity`: never. */
  readonly tickMs: number;
}

export type Derive<Job> = (job: Job, run: KernelRun) => Uint8Array | Promise<Uint8Array>;

/** One implementation of one KDF. Everything that is known before `load` costs nothing to ask. */
export interface Backend<Job> {
  /** As its package is called: `node:crypto`, `@noble/hashes`. */
  readonly name: string;
  readonly kind: BackendKind;
  /** It computes on the thread that calls it, so a server should call it on another one. */
  readonly blocking: boolean;
  /** It has no slices: on a thread that others use, too, it is not run. */
  readonly threadOnly?: true;
  /** Why it cannot do this job, or undefined where it can. Absent: it can do all. */
  unsupported?(job: Job): string | undefined;
  /** Rejects where the backend is not on this machine. */
  load(): Promise<Derive<Job>>;
  /** Absent: it does one job at a time. */
  readonly lanes?: Lanes<Job>;
  /**
   * What it would measure after a job of this kind, in steps of milliseconds, so as to do the next ones faster. Undefined
   * where it knows already.
   */
  calibrate?(job: Job): Generator<void, void, void> | undefined;
}

/** A backend that does several jobs in one instruction stream, on the thread that calls it. */
export interface Lanes<Job> {
  /** The most jobs that go together with this one. */
  width(job: Job): number;
  /** Jobs of which this is the same can go together: the same kernel, the same number of steps. */
  group(job: Job): string;
  /** Memory while these jobs run together. Absent: too little to count. */
  memoryBytes?(jobs: readonly Job[]): number;
  /** Rejects where the backend is not on this machine. */
  load(): Promise<DeriveMany<Job>>;
}

/**
 * Hashes in the order of the jobs, which are of one group. It stops after each slice of about a millisecond, and others
 * may take their turns there; abandoned by `return()`, it goes on with slices that wipe what it knows of the passwords.
 */
export type DeriveMany<Job> = (jobs: readonly Job[]) => Slices;
export type Slices = Generator<void, Uint8Array[], void>;

/** The same for the microsecond functions, which are there from the start. */
export interface HashFunctionsBackend extends HashFunctions {
  readonly name: string;
  readonly kind: BackendKind;
  /** Whether two byte strings of one length are equal, in a time that does not depend on where they differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}

/** All backends that an entry point knows, fastest first. */
export interface Catalogue {
  readonly hashFunctions: readonly HashFunctionsBackend[];
  readonly costly: { readonly [K in CostlyKdf]: readonly Backend<CostlyJobs[K]>[] };
}
