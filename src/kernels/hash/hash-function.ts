/** A Merkle–Damgård hash function as the kernels' generators see it. Each is written once, for any words. */
import type { Code, Local, Statement, ValueType } from '../assembler.js';
import type { Words } from '../words.js';

/** Words of one block of the message, of all these hash functions. */
export const BLOCK_WORDS = 16;

/** A word of the message: known when the kernel is generated, or kept somewhere. */
export type MessageWord<T extends ValueType> = bigint | Local<T>;

/** What one compression keeps in locals: the working variables, and what else its steps need. */
export interface Working<T extends ValueType> {
  readonly state: readonly Local<T>[];
  readonly scratch: readonly Local<T>[];
}

export interface HashFunction {
  readonly bits: 32 | 64;
  readonly steps: number;
  /** The first chaining value. */
  readonly initial: readonly bigint[];
  /** How many words `Working.scratch` has. */
  readonly scratch: number;
  /** Step t is written as step t + period is, but for its term. */
  readonly period: number;
  /** The constant that step t adds. */
  constant(t: number): bigint;
  /** Before step 0. */
  begin<T extends ValueType>(words: Words<T>, working: Working<T>): Statement;
  /** Step t of the compression; `term` is the message word of t and the constant of t, added. */
  step<T extends ValueType>(words: Words<T>, working: Working<T>, t: number, term: Code<T>): Statement;
  /** The index of the working variable that step t makes new. */
  made(t: number): number;
  readonly schedule: Schedule;
}

/** Which message word a step takes. */
export type Schedule =
  /** One of the block, in an order of its own for every 16 steps. */
  | { readonly findMessageWord: (t: number) => number }
  /** One of the block, then such as are computed from those before. */
  | { readonly expand: Expand };

/**
 * The message word of step t ≥ 16, from those of the steps before.
 * @param slot keeps one that must be computed; it may be the place of word t − 16.
 * @returns the word and the statements that make it.
 */
export type Expand = <T extends ValueType>(
  words: Words<T>,
  w: readonly MessageWord<T>[],
  t: number,
  slot: Local<T>,
  temporary: Local<T>,
) => readonly [MessageWord<T>, readonly Statement[]];

export function stepConstants({ steps, constant }: HashFunction): bigint[] {
  return Array.from({ length: steps }, (_, t) => constant(t));
}
