/** What a compiled node is given, and what it is. */
import { digestError } from '../errors.js';
import type { Kdfs } from '../jobs.js';
import type { Params } from '../types.js';

/** What a step may give: products hash a few kilobytes at most, and a recipe could double a value at each of its levels. */
export const MAX_VALUE_BYTES = 65_536;

/** @throws {DigestError} ERR_LIMIT where a value is over the bound. */
export function checkValueBytes(bytes: number): void {
  if (bytes <= MAX_VALUE_BYTES) return;
  throw digestError('ERR_LIMIT', `a value of the recipe must be at most ${MAX_VALUE_BYTES} bytes (is ${bytes})`, {
    field: 'recipe',
    fix: 'simplify the recipe',
  });
}

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
