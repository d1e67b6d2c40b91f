/**
 * WebAssembly modules from expressions. https://webassembly.github.io/spec/core/binary/
 *
 * What is written here comes out in the order in which it is written: no pass moves a definition to its use. A kernel
 * that interleaves lanes lives by that order. A well-kept library for this (binaryen) is 104 MB; what kernels need is
 * this page.
 */
import { CONSTANTS } from './names.js';

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

const TYPE_BYTE = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const;
const BLOCK_EMPTY = 0x40;
const CALLEE = 0x100;

function code<T extends ValueType | 'none'>(type: T, ...parts: readonly (number | readonly number[])[]): Code<T> {
  return { type, bytes: parts.flat() };
}

/** LEB128, unsigned. */
function u32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed. */
function s64(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const last = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
    bytes.push(last ? byte : byte | 0x80);
    if (last) return bytes;
  }
}

const simd = (opcode: number): number[] => [0xfd, ...u32(opcode)];

export function i32(value: number): I32 {
  return code('i32', 0x41, s64(BigInt(value | 0)));
}

export function i64(value: bigint): I64 {
  return code('i64', 0x42, s64(BigInt.asIntN(64, value)));
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

/** `offset` is a constant part of the address, in bytes. */
export function load32(address: I32Like, offset = 0): I32 {
  return code('i32', asI32(address).bytes, 0x28, 2, u32(offset));
}

/** Reads and forgets: what a prefetch is in WebAssembly. */
export function touch(address: I32Like, offset = 0): Statement {
  return code('none', load32(address, offset).bytes, 0x1a);
}

export function store32(address: I32Like, value: I32Like, offset = 0): Statement {
  return code('none', asI32(address).bytes, asI32(value).bytes, 0x36, 2, u32(offset));
}

export function load64(address: I32Like, offset = 0): I64 {
  return code('i64', asI32(address).bytes, 0x29, 3, u32(offset));
}

export function store64(address: I32Like, value: I64, offset = 0): Statement {
  return code('none', asI32(address).bytes, value.bytes, 0x37, 3, u32(offset));
}

export function load128(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(0), 4, u32(offset));
}

export function store128(address: I32Like, value: V128, offset = 0): Statement {
  return code('none', asI32(address).bytes, value.bytes, simd(11), 4, u32(offset));
}

/** One 32-bit word of memory in all four lanes. */
export function load32Splat(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(9), 2, u32(offset));
}

/** One 64-bit word of memory in both lanes. */
export function load64Splat(address: I32Like, offset = 0): V128 {
  return code('v128', asI32(address).bytes, simd(10), 3, u32(offset));
}

const binary128 =
  (opcode: number) =>
  (a: V128, b: V128): V128 =>
    code('v128', a.bytes, b.bytes, simd(opcode));
const shift128 =
  (opcode: number) =>
  (a: V128, bits: number): V128 =>
    code('v128', a.bytes, i32(bits).bytes, simd(opcode));

/** Sixteen lanes of 8 bits: a byte in all of them; which are equal, or not greater, as all bits or none; the highest
 * bit of each. */
export const splat8 = (value: I32Like): V128 => code('v128', asI32(value).bytes, simd(15));
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

export interface WasmFunction {
  /** Exported under this name. */
  readonly name: string;
  /** All are i32; nothing is returned. */
  readonly params: number;
  body(scope: Scope): Statement;
}

/** Functions that work on one layout of a memory. They see each other by index. */
export interface WasmKernel {
  readonly functions: readonly WasmFunction[];
  /** Bytes at address 0 from the start; asked for after the functions' bodies. Absent: none. */
  constants?(): readonly number[];
}

/** A module of one kernel, with an imported memory `env.memory` of a page or more. */
export function wasmModule({ functions, constants }: WasmKernel): Uint8Array<ArrayBuffer> {
  const bodies = functions.map((one) => functionBody(one, 0));
  const bytes = constants?.() ?? [];
  const data = bytes.length === 0 ? [] : section(11, vector([[0x00, ...i32(0).bytes, 0x0b, ...sized(bytes)]]));
  return assembled(functions, bodies, data);
}

/**
 * A module of several kernels, for runtimes that compile none and import files. A function of a kernel is exported as
 * `kernel.name`. Each kernel may be given a memory of its own, so its constants are written by `kernel.constants()`.
 */
export function wasmLibrary(kernels: Readonly<Record<string, WasmKernel>>): Uint8Array<ArrayBuffer> {
  const functions: WasmFunction[] = [];
  const bodies: number[][] = [];
  const segments: number[][] = [];
  for (const [kernel, { functions: own, constants }] of Object.entries(kernels)) {
    const base = functions.length;
    bodies.push(...own.map((one) => functionBody(one, base)));
    functions.push(...own.map((one) => ({ ...one, name: `${kernel}.${one.name}` })));
    const bytes = constants?.() ?? [];
    if (bytes.length === 0) continue;
    const initialize: WasmFunction = {
      name: `${kernel}.${CONSTANTS}`,
      params: 0,
      body: () => initialized(segments.length, bytes.length),
    };
    functions.push(initialize);
    bodies.push(functionBody(initialize, base));
    segments.push([0x01, ...sized(bytes)]);
  }
  return assembled(functions, bodies, section(11, vector(segments)), section(12, u32(segments.length)));
}

/** memory.init: a passive segment to address 0. */
function initialized(segment: number, length: number): Statement {
  return code('none', i32(0).bytes, i32(0).bytes, i32(length).bytes, 0xfc, 8, u32(segment), 0);
}

function assembled(
  functions: readonly WasmFunction[],
  bodies: readonly (readonly number[])[],
  data: readonly number[],
  dataCount: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map(({ params }) => params))];
  const types = arities.map((params) => [0x60, ...vector(Array.from({ length: params }, () => [TYPE_BYTE.i32])), 0]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...u32(1)];
  const exports = functions.map(({ name }, index) => [...text(name), 0x00, ...u32(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map(({ params }) => u32(arities.indexOf(params))))),
    ...section(7, vector(exports)),
    ...dataCount,
    ...section(10, vector(bodies)),
    ...data,
  ]);
}

/** @param base index of the kernel's first function. */
function functionBody({ params: count, body }: WasmFunction, base: number): number[] {
  const locals: ValueType[] = [];
  const place = <T extends ValueType>(type: T, index: number): Local<T> => ({
    get: code(type, 0x20, u32(index)),
    set: (value) => code('none', value.bytes, 0x21, u32(index)),
  });
  const { bytes } = body({
    params: Array.from({ length: count }, (_, index) => place('i32', index)),
    local(type) {
      locals.push(type);
      return place(type, count + locals.length - 1);
    },
  });
  const declared = vector(locals.map((type) => [1, TYPE_BYTE[type]]));
  const linked = bytes.flatMap((byte) => (byte < CALLEE ? [byte] : u32(base + byte - CALLEE)));
  return sized([...declared, ...linked, 0x0b]);
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...u32(items.length), ...items.flat()];
}

function sized(bytes: readonly number[]): number[] {
  return [...u32(bytes.length), ...bytes];
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...sized(bytes)];
}

function text(value: string): number[] {
  return sized([...new TextEncoder().encode(value)]);
}
