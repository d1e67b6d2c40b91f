/** The words of a hash function as code: one lane of 32 or 64 bits, or several in a v128. */
import {
  add,
  add64,
  and,
  and64,
  block,
  type Code,
  type I32Like,
  i32,
  i32x4,
  i64,
  i64x2,
  type Local,
  lanes32,
  lanes64,
  load32,
  load32Splat,
  load64,
  load64Splat,
  load128,
  or,
  or64,
  rotl,
  rotl64,
  type Statement,
  shrU,
  shrU64,
  store32,
  store64,
  store128,
  type ValueType,
  v128,
  xor,
  xor64,
} from './assembler.js';

/** One operand twice is written twice: give a local's `get`, not an expression. */
export interface Words<T extends ValueType> {
  /** What holds a word of all lanes. */
  readonly type: T;
  /** Bits of one lane's word. */
  readonly bits: 32 | 64;
  readonly lanes: number;
  add(a: Code<T>, b: Code<T>): Code<T>;
  and(a: Code<T>, b: Code<T>): Code<T>;
  /** a and not b. */
  andnot(a: Code<T>, b: Code<T>): Code<T>;
  or(a: Code<T>, b: Code<T>): Code<T>;
  xor(a: Code<T>, b: Code<T>): Code<T>;
  not(a: Code<T>): Code<T>;
  /** To the left, 0 < count < bits. */
  rotl(a: Code<T>, count: number): Code<T>;
  shrU(a: Code<T>, count: number): Code<T>;
  /** The same number in every lane. */
  constant(value: bigint): Code<T>;
  /** One number of memory, in every lane. */
  spread(address: I32Like, offset: number): Code<T>;
  load(address: I32Like, offset: number): Code<T>;
  store(address: I32Like, value: Code<T>, offset: number): Statement;
  /** The word of each lane from a place of its own. */
  gather(address: Local<'i32'>, offsets: readonly number[]): Code<T>;
  /** The word of each lane to a place of its own. @param value is written once a lane. */
  scatter(addresses: readonly Local<'i32'>[], value: Code<T>, offset: number): Statement;
}

/** Numbers that several lanes share are in memory once: a load that spreads one is cheaper than making it. */
export interface Constants {
  /** @returns the place of `value`. */
  at(value: bigint, bytes: 4 | 8): number;
  /** All of them, from address 0 on. */
  bytes(): number[];
}

/** Constants that are side by side from address 0 on, and others after them. */
export function constantTable(values: readonly bigint[], size: 4 | 8, limit: number): Constants {
  const all = constants(limit);
  for (const [index, value] of values.entries()) {
    if (all.at(value, size) !== index * size) throw new RangeError('a table has every number once');
  }
  return all;
}

/** @param limit bytes that the kernel's layout keeps for them. */
export function constants(limit: number): Constants {
  const places = new Map<string, number>();
  const bytes: number[] = [];
  return {
    at(value, size) {
      const key = `${size} ${value}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      while (bytes.length % size !== 0) bytes.push(0);
      const place = bytes.length;
      for (let i = 0; i < size; i++) bytes.push(Number((value >> BigInt(8 * i)) & 255n));
      if (bytes.length > limit) throw new RangeError(`constants take more than ${limit} bytes`);
      places.set(key, place);
      return place;
    },
    bytes: () => bytes,
  };
}

export const WORDS_32: Words<'i32'> = {
  type: 'i32',
  bits: 32,
  lanes: 1,
  add,
  and,
  andnot: (a, b) => and(a, xor(b, -1)),
  or,
  xor,
  not: (a) => xor(a, -1),
  rotl: (a, count) => rotl(a, count),
  shrU: (a, count) => shrU(a, count),
  constant: (value) => i32(Number(BigInt.asIntN(32, value))),
  spread: load32,
  load: load32,
  store: store32,
  gather: (address, [offset]) => load32(address.get, offset),
  scatter: ([address], value, offset) => store32((address as Local<'i32'>).get, value, offset),
};

export const WORDS_64: Words<'i64'> = {
  type: 'i64',
  bits: 64,
  lanes: 1,
  add: add64,
  and: and64,
  andnot: (a, b) => and64(a, xor64(b, i64(-1n))),
  or: or64,
  xor: xor64,
  not: (a) => xor64(a, i64(-1n)),
  rotl: (a, count) => rotl64(a, i64(BigInt(count))),
  shrU: (a, count) => shrU64(a, i64(BigInt(count))),
  constant: i64,
  spread: load64,
  load: load64,
  store: store64,
  gather: (address, [offset]) => load64(address.get, offset),
  scatter: ([address], value, offset) => store64((address as Local<'i32'>).get, value, offset),
};

type InLanes = typeof lanes32;

function gather128({ loadZero, loadLane }: InLanes): Words<'v128'>['gather'] {
  return (address, [first, ...others]) =>
    others.reduce(
      (vector, offset, i) => loadLane(address.get, vector, i + 1, offset),
      loadZero(address.get, first as number),
    );
}

function scatter128({ storeLane }: InLanes): Words<'v128'>['scatter'] {
  return (addresses, value, offset) =>
    block(...addresses.map((address, lane) => storeLane(address.get, value, lane, offset)));
}

const LOGIC_128 = { and: v128.and, andnot: v128.andnot, or: v128.or, xor: v128.xor, not: v128.not };

/** Four lanes of 32 bits. */
export function words32x4(shared: Constants): Words<'v128'> {
  return {
    type: 'v128',
    bits: 32,
    lanes: 4,
    ...LOGIC_128,
    add: i32x4.add,
    // An addition leaves the ports of the shifts free.
    rotl: (a, count) => v128.or(count === 1 ? i32x4.add(a, a) : i32x4.shl(a, count), i32x4.shrU(a, 32 - count)),
    shrU: i32x4.shrU,
    constant: (value) => load32Splat(0, shared.at(value, 4)),
    spread: load32Splat,
    load: load128,
    store: store128,
    gather: gather128(lanes32),
    scatter: scatter128(lanes32),
  };
}

/** Two lanes of 64 bits. */
export function words64x2(shared: Constants): Words<'v128'> {
  return {
    type: 'v128',
    bits: 64,
    lanes: 2,
    ...LOGIC_128,
    add: i64x2.add,
    rotl: (a, count) => v128.or(i64x2.shl(a, count), i64x2.shrU(a, 64 - count)),
    shrU: i64x2.shrU,
    constant: (value) => load64Splat(0, shared.at(value, 8)),
    spread: load64Splat,
    load: load128,
    store: store128,
    gather: gather128(lanes64),
    scatter: scatter128(lanes64),
  };
}

/** A place in memory, used as a local is. */
export function memoryWord<T extends ValueType>(words: Words<T>, address: I32Like, offset: number): Local<T> {
  return { get: words.load(address, offset), set: (value) => words.store(address, value, offset) };
}
