/** What a compiled node is given, and what it is. */
import type { Kdfs } from '../jobs.js';
import type { Params } from '../types.js';

/** What a derivation takes. */
export interface RecipeInput {
  readonly password: Uint8Array;
  /** `salt`, `username`, `pepper` and other fields. */
  readonly bytes: Readonly<Record<string, Uint8Array>>;
  readonly params: Params;
  /** Bytes of the digest's hash. */
  readonly hashBytes: number;
}

/** One derivation. */
export interface Env extends RecipeInput {
  readonly kdfs: Kdfs;
  /** The running value of the innermost `iterate`. */
  x: Uint8Array | undefined;
}

/** One node that gives bytes. */
export interface Step {
  run(env: Env): Uint8Array | Promise<Uint8Array>;
  /** Whether `run` may return a promise. */
  readonly costly: boolean;
  /** Whether the bytes are of this run alone, so that their user wipes them. */
  readonly owned: boolean;
}
