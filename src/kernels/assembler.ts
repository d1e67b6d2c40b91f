/**
 * WebAssembly code from expressions. https://webassembly.github.io/spec/core/binary/
 *
 * What is written here comes out in the order in which it is written: no pass moves a definition to its use. A kernel
 * that interleaves lanes lives by that order. A well-kept library for this (binaryen) is 104 MB; what kernels need is
 * this page.
 */
import { encodeS64, encodeU32 } from './binary.js';

/** Instructions that leave one value of type T, or none. */
export interface Code<T extends ValueType | 'none'> {
  readonly type: T;
  readonly bytes: readonly number[];
}

export type ValueType = 'i32' | 'i64' | 'v128';
export type I32 = Code<'i32'>;
export type I64 = Code<'i64'>;
export type V128 = Code<'v128'>;
export type Statement = Code<'none'>;

/** Something to compute with: code, or a plain number where an i32 is needed. */
export type I32Like = I32 | number;
const BLOCK_EMPTY = 0x40;
export const CALLEE = 0x100;

export function code<T extends ValueType | 'none'>(
  type: T,
  ...parts: readonly (number | readonly number[])[]
): Code<T> {
  return { type, bytes: parts.flat() };
}

const simd = (opcode: number): number[] => [0xfd, ...encodeU32(opcode)];

export function i32(value: number): I32 {
  return code('i32', 0x41, encodeS64(BigInt(value | 0)));
}

export function i64(value: bigint): I64 {
  return code('i64', 0x42, encodeS64(BigInt.asIntN(64, value)));
}

const asI32 = (value: I32Like): I32 => (typeof value === 'number' ? i32(value) : value);

const binary32 =
  (opcode: number) =>
  (a: I32Like, b: I32Like): I32 =>
    code('i32', asI32(a).bytes, asI32(b).bytes, opcode);

export const add: (a: I32Like, b: I32Like) => I32 = binary32(0x6a);
export const sub: (a: I32Like, b: I32Like) => I32 = binary32(0x6b);
export const mul: (a: I32Like, b: I32Like) => I32 = binary32(0x6c);
export const and: (a: I32Like, b: I32Like) => I32 = binary32(0x71);
export const or: (a: I32Like, b: I32Like) => I32 = binary32(0x72);
export const xor: (a: I32Like, b: I32Like) => I32 = binary32(0x73);
export const shl: (a: I32Like, b: I32Like) => I32 = binary32(0x74);
export const shrU: (a: I32Like, b: I32Like) => I32 = binary32(0x76);
export const rotl: (a: I32Like, b: I32Like) => I32 = binary32(0x77);
export const remU: (a: I32Like, b: I32Like) => I32 = binary32(0x70);
export const geU: (a: I32Like, b: I32Like) => I32 = binary32(0x4f);
export const ltU: (a: I32Like, b: I32Like) => I32 = binary32(0x49);
export const ne: (a: I32Like, b: I32Like) => I32 = binary32(0x47);
export const eq: (a: I32Like, b: I32Like) => I32 = binary32(0x46);

/** Zero bits below the lowest one that is set, above the highest; and ones. */
export const ctz = (value: I32): I32 => code('i32', value.bytes, 0x68);
export const clz = (value: I32): I32 => code('i32', value.bytes, 0x67);
export const popcnt = (value: I32): I32 => code('i32', value.bytes, 0x69);
export const eqz = (value: I32): I32 => code('i32', value.bytes, 0x45);
/** The high 32 bits of the product, unsigned. */
export function mulHighU(a: I32, b: I32): I32 {
  const wide = (value: I32): number[] => [...value.bytes, 0xad];
  return code('i32', wide(a), wide(b), 0x7e, i64(32n).bytes, 0x88, 0xa7);
}
/** `a` where the condition is not zero, else `b`; both are computed. */
export function select(a: I32Like, b: I32Like, condition: I32): I32 {
  return code('i32', asI32(a).bytes, asI32(b).bytes, condition.bytes, 0x1b);
}
const binary64 =
  (opcode: number) =>
  (a: I64, b: I64): I64 =>
    code('i64', a.bytes, b.bytes, opcode);

export const add64: (a: I64, b: I64) => I64 = binary64(0x7c);
export const and64: (a: I64, b: I64) => I64 = binary64(0x83);
export const or64: (a: I64, b: I64) => I64 = binary64(0x84);
export const xor64: (a: I64, b: I64) => I64 = binary64(0x85);
export const shrU64: (a: I64, b: I64) => I64 = binary64(0x88);
export const rotl64: (a: I64, b: I64) => I64 = binary64(0x89);
export const sub64: (a: I64, b: I64) => I64 = binary64(0x7d);
export const shl64: (a: I64, b: I64) => I64 = binary64(0x86);

/** Zero bits below the lowest one that is set; and ones. */
export const ctz64 = (value: I64): I64 => code('i64', value.bytes, 0x7a);
export const popcnt64 = (value: I64): I64 => code('i64', value.bytes, 0x7b);
export const eqz64 = (value: I64): I32 => code('i32', value.bytes, 0x50);
/** The low half; and an i32, unsigned, as an i64. */
export const wrap = (value: I64): I32 => code('i32', value.bytes, 0xa7);
export const extendU = (value: I32): I64 => code('i64', value.bytes, 0xad);

/** `offset` is a constant part of the address, in bytes. */
export function load32(address: I32Like, offset = 0): I32 {
  return code('i32', asI32(address).bytes, 0x28, 2, encodeU32(offset));
}

/** One byte, unsigned. */
export function load8(address: I32Like, offset = 0): I32 {
  return code('i32', asI32(address).bytes, 0x2d, 0, encodeU32(offset));
}

/** Reads and forgets: what a prefetch is in WebAssembly. */
export function touch(address: I32Like, offset = 0): Statement {
  return code('none', load32(address, offset).bytes, 0x1a);
}

export function store32(address: I32Like, value: I32Like, offset = 0): Statement {
  return code('none', asI32(address).bytes, asI32(value).bytes, 0x36, 2, encodeU32(offset));
}

export function load64(address: I32Like, offset = 0): I64 {
  return code('i64', asI32(address).bytes, 0x29, 3, encodeU32(offset));
}

export function store64(address: I32Like, value: I64, offset = 0): Statement {
  return code('none', asI32(address).bytes, value.bytes, 0x37, 3, encodeU32(offset));
}

export function load128(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(0), 4, encodeU32(offset));
}

export function store128(address: I32Like, value: V128, offset = 0): Statement {
  return code('none', asI32(address).bytes, value.bytes, simd(11), 4, encodeU32(offset));
}

/** One 32-bit word of memory in all four lanes. */
export function load32Splat(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(9), 2, encodeU32(offset));
}

/** One 64-bit word of memory in both lanes. */
export function load64Splat(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(10), 3, encodeU32(offset));
}

/** Words of memory in single lanes: in lane 0 of zeros; in one lane of a vector; and from one lane to memory. */
const inLanes = (bytes: 4 | 8) => {
  const [log, zero, load, store] = bytes === 4 ? ([2, 92, 86, 90] as const) : ([3, 93, 87, 91] as const);
  return {
    loadZero: (address: I32Like, offset: number): V128 =>
      code('v128', asI32(address).bytes, simd(zero), log, encodeU32(offset)),
    loadLane: (address: I32Like, vector: V128, lane: number, offset: number): V128 =>
      code('v128', asI32(address).bytes, vector.bytes, simd(load), log, encodeU32(offset), lane),
    storeLane: (address: I32Like, vector: V128, lane: number, offset: number): Statement =>
      code('none', asI32(address).bytes, vector.bytes, simd(store), log, encodeU32(offset), lane),
  };
};
export const lanes32: ReturnType<typeof inLanes> = inLanes(4);
export const lanes64: ReturnType<typeof inLanes> = inLanes(8);

const binary128 =
  (opcode: number) =>
  (a: V128, b: V128): V128 =>
    code('v128', a.bytes, b.bytes, simd(opcode));
const shift128 =
  (opcode: number) =>
  (a: V128, bits: number): V128 =>
    code('v128', a.bytes, i32(bits).bytes, simd(opcode));

/** Sixteen lanes of 8 bits: a byte in all of them; sums and differences; which are equal, or not greater, as all bits or
 * none; the highest bit of each. */
export const splat8 = (value: I32Like): V128 => code('v128', asI32(value).bytes, simd(15));
export const add8: (a: V128, b: V128) => V128 = binary128(110);
export const sub8: (a: V128, b: V128) => V128 = binary128(113);
export const eq8: (a: V128, b: V128) => V128 = binary128(35);
export const leU8: (a: V128, b: V128) => V128 = binary128(42);
export const bitmask8 = (a: V128): I32 => code('i32', a.bytes, simd(100));

/** Four lanes of 32 bits. */
export const i32x4 = {
  splat: (value: I32Like): V128 => code('v128', asI32(value).bytes, simd(17)),
  add: binary128(174) as (a: V128, b: V128) => V128,
  shl: shift128(171) as (a: V128, bits: number) => V128,
  shrU: shift128(173) as (a: V128, bits: number) => V128,
  extract: (a: V128, lane: number): I32 => code('i32', a.bytes, simd(27), lane),
  replace: (a: V128, lane: number, value: I32Like): V128 => code('v128', a.bytes, asI32(value).bytes, simd(28), lane),
};

/** Two lanes of 64 bits. */
export const i64x2 = {
  splat: (value: I64): V128 => code('v128', value.bytes, simd(18)),
  add: binary128(206) as (a: V128, b: V128) => V128,
  shl: shift128(203) as (a: V128, bits: number) => V128,
  shrU: shift128(205) as (a: V128, bits: number) => V128,
  /** Products of the low halves of both, unsigned: 32 × 32 → 64 bits. */
  extmulLowU: binary128(222) as (a: V128, b: V128) => V128,
  /** The same of the high halves. */
  extmulHighU: binary128(223) as (a: V128, b: V128) => V128,
};

export const v128 = {
  /** Whether a bit of it is set. */
  any: (a: V128): I32 => code('i32', a.bytes, simd(83)),
  not: (a: V128): V128 => code('v128', a.bytes, simd(77)),
  const: (...words: readonly [number, number, number, number]): V128 =>
    code(
      'v128',
      simd(12),
      words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, (word >>> 24) & 255]),
    ),
  and: binary128(78) as (a: V128, b: V128) => V128,
  /** a and not b. */
  andnot: binary128(79) as (a: V128, b: V128) => V128,
  or: binary128(80) as (a: V128, b: V128) => V128,
  xor: binary128(81) as (a: V128, b: V128) => V128,
  /** Bits of a where the mask is 1, of b where it is 0. */
  bitselect: (a: V128, b: V128, mask: V128): V128 => code('v128', a.bytes, b.bytes, mask.bytes, simd(82)),
  /** Bytes of a (0–15) and b (16–31) by their indices. */
  shuffle: (a: V128, b: V128, bytes: readonly number[]): V128 => code('v128', a.bytes, b.bytes, simd(13), bytes),
};

/** 32-bit words of a (0–3) and b (4–7) by their indices. */
export function shuffle32(a: V128, b: V128, words: readonly [number, number, number, number]): V128 {
  return v128.shuffle(
    a,
    b,
    words.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]),
  );
}

export interface Local<T extends ValueType> {
  readonly get: Code<T>;
  set(value: Code<T>): Statement;
}

/** Statements one after the other. */
export function block(...statements: readonly Statement[]): Statement {
  return code('none', ...statements.map(({ bytes }) => bytes));
}

/** The statements, then again as long as `condition` is not zero. */
export function doWhile(condition: I32, ...statements: readonly Statement[]): Statement {
  return code('none', 0x03, BLOCK_EMPTY, block(...statements).bytes, condition.bytes, 0x0d, 0, 0x0b);
}

/** The statements where the condition is not zero. */
export function when(condition: I32, ...statements: readonly Statement[]): Statement {
  return code('none', condition.bytes, 0x04, BLOCK_EMPTY, block(...statements).bytes, 0x0b);
}

/** The index is among the functions of the same kernel; as a number beyond bytes, until the whole module is known. */
export function call(index: number, ...args: readonly I32Like[]): Statement {
  return code('none', ...args.map((arg) => asI32(arg).bytes), 0x10, CALLEE + index);
}

/** What a function body is written with. */
export interface Scope {
  readonly params: readonly Local<'i32'>[];
  local<T extends ValueType>(type: T): Local<T>;
}
