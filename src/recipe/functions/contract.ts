/** What a function of a recipe is: its name, its parameters and what it computes. */
import type { Kdfs } from '../../jobs.js';
import type { Cost } from '../../types.js';

export interface Parameter {
  /** For messages. */
  readonly name: string;
  readonly kind: 'bytes' | 'number' | 'word';
  /** The recipe of an argument that is not written. */
  readonly default?: string;
  /** A variable that the digest does not have is `undefined`. */
  readonly optional?: true;
  /** Whether a word in the recipe itself is one of those that there are. */
  isKnown?(word: string): boolean;
}

export type Argument = Uint8Array | number | string | undefined;

/** One function. Where `run` needs a costly KDF, `cost` says what it takes. */
// biome-ignore lint/suspicious/noExplicitAny: the types of the arguments are the function's own business
export interface RecipeFunction<A extends readonly Argument[] = any> {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /**
   * What it is as an argument of another function, where that is not its bytes: `hex`, its small hexadecimal text; else
   * the name of the function of the same arguments that gives its text. `NAME_raw` is the bytes.
   */
  readonly nested?: string;
  /** Whether `run` may return a promise. */
  readonly costly?: boolean;
  /**
   * From numbers and words alone; bytes are undefined.
   * @param fields of the digest that decide over each argument, by position.
   */
  cost?(args: A, fields: readonly string[]): Cost;
  /** Bytes that are the caller's: `run` returns neither an argument nor a part of it. */
  run(args: A, kdfs: Kdfs): Uint8Array | Promise<Uint8Array>;
}

export function defineFunction<A extends readonly Argument[]>(definition: RecipeFunction<A>): RecipeFunction {
  return definition;
}

export const bytes = (name: string, fallback?: string): Parameter => ({
  name,
  kind: 'bytes',
  ...(fallback !== undefined && { default: fallback }),
});
export const number = (name: string, fallback?: string): Parameter => ({
  name,
  kind: 'number',
  ...(fallback !== undefined && { default: fallback }),
});
export const word = (name: string, fallback?: string): Parameter => ({
  name,
  kind: 'word',
  ...(fallback !== undefined && { default: fallback }),
});

/** Demands name the field that decides over the iterations, in the digest's own words. */
export function renameField(cost: Cost, field: string | undefined): Cost {
  if (field === undefined) return cost;
  return { ...cost, demands: cost.demands.map((demand) => ({ ...demand, field })) };
}

/** The number of bytes of the layout's hash: what a KDF derives at the top of a recipe where no length is written. */
export const HASH_BYTES = '$hashBytes';

/** Functions by their names. */
export type FunctionTable = ReadonlyMap<string, RecipeFunction>;

export function tabulate(...lists: readonly (readonly RecipeFunction[])[]): FunctionTable {
  const table = new Map<string, RecipeFunction>();
  for (const one of lists.flat()) {
    if (table.has(one.name)) throw new TypeError(`duplicate recipe function ${one.name}`);
    table.set(one.name, one);
  }
  return table;
}
