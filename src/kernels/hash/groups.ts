/** The code of a hash function for a number of lanes: groups of a vector or a scalar each, interleaved step by step. */
import {
  add,
  block,
  type Code,
  doWhile,
  type I32Like,
  i32,
  type Local,
  ne,
  type Scope,
  type Statement,
  sub,
  type ValueType,
} from '../assembler.js';
import { VECTOR_BYTES } from '../rows.js';
import { type Constants, memoryWord, WORDS_32, WORDS_64, type Words, words32x4, words64x2 } from '../words.js';
import { BLOCK_WORDS, type HashFunction, type MessageWord, type Working } from './hash-function.js';

/** The place of a group's lanes in memory. */
export interface WordPlace {
  /** From a row to the next, in bytes. */
  readonly rowBytes: number;
  /** From the start of a row to these lanes, in bytes. */
  readonly offset: number;
  /** A row to which each step stores something, where groups are interleaved. */
  readonly anchorAt: number | undefined;
}

/** Lanes that one vector holds, or one scalar. */
export interface LaneGroup<T extends ValueType> extends Working<T> {
  readonly hash: HashFunction;
  readonly words: Words<T>;
  readonly temporary: Local<T>;
  readonly place: WordPlace;
}

/** Where the groups of a kernel work. */
export interface RowLayout {
  readonly lanes: number;
  readonly rowBytes: number;
  readonly anchorAt: number;
}

/** The groups for a number of lanes: as many vectors as they fill, and a scalar for one that is left. */
export function createGroups<R>(
  hash: HashFunction,
  { lanes, rowBytes, anchorAt }: RowLayout,
  shared: Constants,
  scope: Scope,
  make: <T extends ValueType>(one: LaneGroup<T>) => R,
): R[] {
  const vector = hash.bits === 32 ? words32x4(shared) : words64x2(shared);
  const vectors = Math.floor(lanes / vector.lanes);
  const count = vectors + (lanes % vector.lanes);
  const at = <T extends ValueType>(words: Words<T>, index: number): R => {
    const place = { rowBytes, offset: index * VECTOR_BYTES, anchorAt: count > 1 ? anchorAt : undefined };
    return make(group(hash, words, place, scope));
  };
  const all = Array.from({ length: vectors }, (_, index) => at(vector, index));
  if (count > vectors) all.push(hash.bits === 32 ? at(WORDS_32, vectors) : at(WORDS_64, vectors));
  return all;
}

function group<T extends ValueType>(
  hash: HashFunction,
  words: Words<T>,
  place: WordPlace,
  { local }: Scope,
): LaneGroup<T> {
  return {
    hash,
    words,
    state: hash.initial.map(() => local(words.type)),
    scratch: Array.from({ length: hash.scratch }, () => local(words.type)),
    temporary: local(words.type),
    place,
  };
}

/** The group's word of row `index` after `address`. */
export function rowWord<T extends ValueType>(
  { words, place }: LaneGroup<T>,
  address: I32Like,
  at: number,
  index: number,
): Local<T> {
  return memoryWord(words, address, at + index * place.rowBytes + place.offset);
}

/** Statements of one group, step by step. */
export type Steps = readonly Statement[];

/** One group's compression: all its steps, or the first 16 and then 16 that are run again for those that remain. */
export interface Compression {
  readonly first: Steps;
  readonly again: Steps;
}

/**
 * All steps over a block; its words are in `ring`, where later ones take the places of earlier ones.
 * @param table in a loop: the place of the constants of its 16 steps, one after the other.
 */
export function compress<T extends ValueType>(
  one: LaneGroup<T>,
  ring: readonly { readonly word: MessageWord<T>; readonly slot: Local<T> }[],
  table?: Local<'i32'>,
): Compression {
  const { hash, words } = one;
  const { schedule } = hash;
  if ('findMessageWord' in schedule) throw new TypeError('the words of this hash function are not expanded');
  const getSlot = (t: number) => (ring[t % BLOCK_WORDS] as (typeof ring)[number]).slot;
  const w = ring.map(({ word }) => word);
  const begin = (t: number) => (t === 0 ? [hash.begin(words, one)] : []);
  const expand = (t: number): readonly Statement[] => {
    if (t < BLOCK_WORDS) return [];
    const [word, statements] = schedule.expand(words, w, t, getSlot(t), one.temporary);
    w.push(word);
    return statements;
  };
  if (table === undefined) {
    const first = Array.from({ length: hash.steps }, (_, t) =>
      block(...begin(t), ...expand(t), step(one, t, term(one, w[t] as MessageWord<T>, t))),
    );
    return { first, again: [] };
  }
  const first = w.map((word, t) => block(...begin(t), step(one, t, term(one, word, t))));
  // The loop finds all words in their places, those known beforehand too.
  const placed = w.flatMap((word, t) => (typeof word === 'bigint' ? [getSlot(t).set(words.constant(word))] : []));
  w.splice(0, BLOCK_WORDS, ...ring.map(({ slot }) => slot));
  const again = ring.map(({ slot }, t) =>
    block(...expand(BLOCK_WORDS + t), step(one, t, words.add(slot.get, words.spread(table.get, (t * hash.bits) / 8)))),
  );
  return { first: [...first, block(...placed)], again };
}

/** The compressions of several groups, interleaved; `table` as it was given to `compress`. */
export function together({ bits, steps }: HashFunction, all: readonly Compression[], table: Local<'i32'>): Statement {
  const first = interleave(all.map((one) => one.first));
  if (all.every(({ again }) => again.length === 0)) return first;
  const chunk = (BLOCK_WORDS * bits) / 8;
  return block(
    first,
    table.set(i32(chunk)),
    doWhile(
      ne(table.get, (steps * bits) / 8),
      interleave(all.map(({ again }) => again)),
      table.set(add(table.get, chunk)),
    ),
  );
}

/** The message word of step t and its constant, added. */
function term<T extends ValueType>({ hash, words }: LaneGroup<T>, word: MessageWord<T>, t: number): Code<T> {
  const k = hash.constant(t);
  if (typeof word === 'bigint') return words.constant(BigInt.asUintN(hash.bits, word + k));
  return words.add(word.get, words.constant(k));
}

/**
 * Turns the block in the first 16 rows from `address` into the terms of all steps, one a row: what a loop over the same
 * block needs to compute once only.
 */
export function prepare<T extends ValueType>(one: LaneGroup<T>, address: Local<'i32'>, { local }: Scope): Statement {
  const { hash, words, place, temporary } = one;
  const rows = Array.from({ length: hash.steps }, (_, t) => rowWord(one, address.get, 0, t));
  const later = rows.slice(BLOCK_WORDS);
  const statements: Statement[] = [];
  const { schedule } = hash;
  if ('findMessageWord' in schedule) {
    for (const [i, row] of later.entries()) {
      statements.push(row.set(rowWord(one, address.get, 0, schedule.findMessageWord(BLOCK_WORDS + i)).get));
    }
  } else {
    const end = local('i32');
    const [, made] = schedule.expand(words, rows.slice(0, BLOCK_WORDS), BLOCK_WORDS, later[0] as Local<T>, temporary);
    const bytes = later.length * place.rowBytes;
    statements.push(
      end.set(add(address.get, bytes)),
      doWhile(ne(address.get, end.get), ...made, address.set(add(address.get, place.rowBytes))),
      address.set(sub(address.get, bytes)),
    );
  }
  // Only now: until here later words are made of earlier ones without their constants.
  for (const [t, row] of rows.entries()) statements.push(row.set(words.add(row.get, words.constant(hash.constant(t)))));
  return block(...statements);
}

/** The steps of one period over the terms from `address` on. */
export function compressPrepared<T extends ValueType>(one: LaneGroup<T>, address: Local<'i32'>): Steps {
  return Array.from({ length: one.hash.period }, (_, t) => step(one, t, rowWord(one, address.get, 0, t).get));
}

/**
 * Step t of a group's lanes.
 *
 * V8 orders what has no effect as it likes: in practice one group whole before the next, and the core is left waiting.
 * It keeps the order of stores. So where groups are interleaved each step ends with a store that is never read
 * (measured with two groups of MD5: 1.5 times as fast).
 */
export function step<T extends ValueType>(one: LaneGroup<T>, t: number, term: Code<T>): Statement {
  const { hash, words, state, place } = one;
  const made = hash.step(words, one, t, term);
  if (place.anchorAt === undefined) return made;
  return block(made, words.store(0, (state[hash.made(t)] as Local<T>).get, place.anchorAt + place.offset));
}

/** A step of one group after that of the other. */
export function interleave(groups: readonly Steps[]): Statement {
  const longest = Math.max(...groups.map(({ length }) => length));
  return block(...Array.from({ length: longest }, (_, t) => groups.map((steps) => steps[t] ?? block())).flat());
}
