/** A Merkle–Damgård hash function as the kernels' generators see it. Each is written once, for any words. */
import {
  add,
  block,
  type Code,
  doWhile,
  type Local,
  ne,
  type Scope,
  type Statement,
  type ValueType,
} from '../assembler.js';
import { memoryWord, type Words } from '../words.js';

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
  /** Where steps take the words of the block as they are, in an order of their own: which one step t takes. */
  readonly wordOf?: (t: number) => number;
  /**
   * The message word of step t ≥ 16, from those of the steps before.
   * @param slot keeps one that must be computed; it may be the place of word t − 16.
   * @returns the word and the statements that make it.
   */
  expand<T extends ValueType>(
    words: Words<T>,
    w: readonly MessageWord<T>[],
    t: number,
    slot: Local<T>,
    temporary: Local<T>,
  ): readonly [MessageWord<T>, readonly Statement[]];
}

export function working<T extends ValueType>(hash: HashFunction, { type }: Words<T>, { local }: Scope): Working<T> {
  return {
    state: hash.initial.map(() => local(type)),
    scratch: Array.from({ length: hash.scratch }, () => local(type)),
  };
}

/** All steps over a block; its words are in `ring`, where later ones take the places of earlier ones. */
export function compress<T extends ValueType>(
  hash: HashFunction,
  words: Words<T>,
  variables: Working<T>,
  ring: readonly { readonly word: MessageWord<T>; readonly slot: Local<T> }[],
  temporary: Local<T>,
): Statement {
  const w = ring.map(({ word }) => word);
  const statements = [hash.begin(words, variables)];
  for (let t = 0; t < hash.steps; t++) {
    if (t >= BLOCK_WORDS) {
      const { slot } = ring[t % BLOCK_WORDS] as (typeof ring)[number];
      const [word, made] = hash.expand(words, w, t, slot, temporary);
      w.push(word);
      statements.push(...made);
    }
    statements.push(hash.step(words, variables, t, term(hash, words, w[t] as MessageWord<T>, t)));
  }
  return block(...statements);
}

/** The message word of step t and its constant, added. */
function term<T extends ValueType>(hash: HashFunction, words: Words<T>, word: MessageWord<T>, t: number): Code<T> {
  const k = hash.constant(t);
  if (typeof word === 'bigint') return words.constant(BigInt.asUintN(hash.bits, word + k));
  return words.add(word.get, words.constant(k));
}

/**
 * Turns the block in the first 16 rows from `address` into the terms of all steps, one a row: what a loop over the same
 * block needs to compute once only.
 */
export function prepare<T extends ValueType>(
  hash: HashFunction,
  words: Words<T>,
  address: Local<'i32'>,
  rowBytes: number,
  offset: number,
  temporary: Local<T>,
): Statement {
  const rows = Array.from({ length: hash.steps }, (_, t) => memoryWord(words, address.get, t * rowBytes + offset));
  const w: MessageWord<T>[] = rows.slice(0, BLOCK_WORDS);
  const statements: Statement[] = [];
  for (const [t, row] of rows.entries()) {
    if (t < BLOCK_WORDS) continue;
    const [word, made] = hash.expand(words, w, t, row, temporary);
    w.push(word);
    statements.push(...made);
    if (word !== row && typeof word !== 'bigint') statements.push(row.set(word.get));
  }
  // Only now: until here later words are made of earlier ones without their constants.
  for (const [t, row] of rows.entries()) statements.push(row.set(words.add(row.get, words.constant(hash.constant(t)))));
  return block(...statements);
}

/** All steps over the terms from `address` on, which then is behind them; a step of one group after that of the other. */
export function compressPrepared<T extends ValueType>(
  hash: HashFunction,
  words: Words<T>,
  groups: readonly (Working<T> & { readonly offset: number })[],
  address: Local<'i32'>,
  end: Local<'i32'>,
  rowBytes: number,
): Statement {
  const steps = Array.from({ length: hash.period }, (_, t) =>
    groups.map((group) => hash.step(words, group, t, words.load(address.get, t * rowBytes + group.offset))),
  );
  return block(
    ...groups.map((group) => hash.begin(words, group)),
    end.set(add(address.get, hash.steps * rowBytes)),
    doWhile(ne(address.get, end.get), ...steps.flat(), address.set(add(address.get, hash.period * rowBytes))),
  );
}
