/**
 * ROMix of scrypt for one block, or for two or three independent ones at once. RFC 7914 §3 to §5.
 *
 * Salsa20/8 is a chain of steps that each wait for the one before; others interleaved with it, step by step, fill the
 * waiting. Four would not find room in 16 vector registers.
 *
 * A block of 64 bytes is four `v128` in the diagonal layout: word i of memory is word 5·i mod 16 of the RFC. All quarter
 * rounds of a column round then are one, and between column and row rounds lanes only turn.
 *
 * Memory of lane l, from `laneBytes`·l: V (N blocks of 128·r bytes), X, Y (one block of this size each). X follows V, so
 * that V[i + 1] ← BlockMix(V[i]) ends with X and nothing is copied; then X and Y change places from step to step.
 *
 * Exports for 1 to 3 lanes, with n steps, addresses and sizes in bytes:
 * - fill1, fill2, fill3(from, n, 128·r, laneBytes): V[i + 1] ← BlockMix(V[i]), the first V[i] being at `from`;
 * - mix1, mix2, mix3(x, n, 128·r, laneBytes, N − 1): X ← BlockMix(X ⊕ V[Integerify(X) mod N]); n is even.
 */
import {
  add,
  and,
  block,
  doWhile,
  type I32,
  i32x4,
  type Local,
  load32,
  load128,
  mul,
  type Scope,
  type Statement,
  shrU,
  shuffle32,
  store128,
  sub,
  touch,
  type V128,
  v128,
} from './assembler.js';
import type { WasmFunction, WasmKernel } from './wasm-module.js';

const DOUBLE_ROUNDS = 4;
/** Bytes of what one Salsa20/8 takes and gives. */
const SALSA_BYTES = 64;

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T;
}

/** What Salsa20 works on. */
interface SalsaWords {
  readonly x: readonly Local<'v128'>[];
}

interface SalsaLane extends SalsaWords {
  /** The same before its rounds, to be added at the end. */
  readonly before: readonly Local<'v128'>[];
  /** Where the next 64 bytes are read. */
  readonly from: Local<'i32'>;
  /** Where the block is that they are combined with first, in the second half of ROMix. */
  readonly v: Local<'i32'>;
  /** Where the next two 64 bytes of output go: of even index to the first half, of odd index to the second. */
  readonly to: readonly [Local<'i32'>, Local<'i32'>];
}

function makeLane({ local }: Scope): SalsaLane {
  const four = (): Local<'v128'>[] => Array.from({ length: 4 }, () => local('v128'));
  return { x: four(), before: four(), from: local('i32'), v: local('i32'), to: [local('i32'), local('i32')] };
}

/** x[out] ← x[out] ⊕ (x[a] + x[b]) <<< bits, of every lane: four quarter rounds at once. */
function quarter(
  lanes: readonly SalsaWords[],
  sum: Local<'v128'>,
  out: number,
  a: number,
  b: number,
  bits: number,
): Statement {
  return block(
    ...lanes.flatMap(({ x }) => [
      sum.set(i32x4.add(at(x, a).get, at(x, b).get)),
      at(x, out).set(v128.xor(at(x, out).get, i32x4.shl(sum.get, bits))),
      at(x, out).set(v128.xor(at(x, out).get, i32x4.shrU(sum.get, 32 - bits))),
    ]),
  );
}

/** Turns the lanes of three of the four vectors, so that rows become columns, or back. */
function turn(lanes: readonly SalsaWords[], one: number, three: number): Statement {
  const rotated = (index: number, words: readonly [number, number, number, number]): Statement[] =>
    lanes.map(({ x }) => at(x, index).set(shuffle32(at(x, index).get, at(x, index).get, words)));
  return block(...rotated(one, [3, 0, 1, 2]), ...rotated(2, [2, 3, 0, 1]), ...rotated(three, [1, 2, 3, 0]));
}

export function doubleRound(lanes: readonly SalsaWords[], sum: Local<'v128'>): Statement {
  const q = (out: number, a: number, b: number, bits: number): Statement => quarter(lanes, sum, out, a, b, bits);
  return block(
    ...[q(1, 0, 3, 7), q(2, 1, 0, 9), q(3, 2, 1, 13), q(0, 3, 2, 18)],
    turn(lanes, 1, 3),
    ...[q(3, 0, 1, 7), q(2, 3, 0, 9), q(1, 2, 3, 13), q(0, 1, 2, 18)],
    turn(lanes, 3, 1),
  );
}

/** One of the 2·r turns of BlockMix in every lane: x ← Salsa20/8(x ⊕ input), stored; the outputs' halves alternate. */
function salsa(lanes: readonly SalsaLane[], sum: Local<'v128'>, swap: Local<'i32'>, withV: boolean): Statement {
  const words = [0, 1, 2, 3];
  const input = ({ from, v }: SalsaLane, word: number): V128 =>
    withV ? v128.xor(load128(from.get, 16 * word), load128(v.get, 16 * word)) : load128(from.get, 16 * word);
  return block(
    ...lanes.flatMap((lane) =>
      words.flatMap((word) => [
        at(lane.before, word).set(v128.xor(at(lane.x, word).get, input(lane, word))),
        at(lane.x, word).set(at(lane.before, word).get),
      ]),
    ),
    ...Array.from({ length: DOUBLE_ROUNDS }, () => doubleRound(lanes, sum)),
    ...lanes.flatMap(({ x, before, from, v, to: [even, odd] }) => [
      ...words.map((word) => at(x, word).set(i32x4.add(at(x, word).get, at(before, word).get))),
      ...words.map((word) => store128(even.get, at(x, word).get, 16 * word)),
      from.set(add(from.get, SALSA_BYTES)),
      ...(withV ? [v.set(add(v.get, SALSA_BYTES))] : []),
      swap.set(even.get),
      even.set(odd.get),
      odd.set(add(swap.get, SALSA_BYTES)),
    ]),
  );
}

/** Where the last 64 bytes of the block at `start` begin: what BlockMix starts with, and where Integerify reads. */
function addressLast(start: I32, blockBytes: I32): I32 {
  return add(start, sub(blockBytes, SALSA_BYTES));
}

/**
 * All of V[j] asked for at once, before its first use: it is somewhere in main memory, and one wait for all its lines
 * is shorter than one for each (measured with N = 2^15, r = 8: a fifth of the second half of ROMix).
 */
function prefetch(lanes: readonly SalsaLane[], rest: Local<'i32'>, blockBytes: I32): Statement {
  return block(
    rest.set(blockBytes),
    doWhile(
      rest.get,
      rest.set(sub(rest.get, 2 * SALSA_BYTES)),
      ...lanes.flatMap(({ v }) => [0, SALSA_BYTES].map((line) => touch(add(v.get, rest.get), line))),
    ),
  );
}

function romix(count: 1 | 2 | 3, withV: boolean): WasmFunction {
  return {
    name: `${withV ? 'mix' : 'fill'}${count}`,
    params: withV ? 5 : 4,
    body(scope) {
      const [x, steps, blockBytes, laneBytes, mask] = scope.params as readonly Local<'i32'>[] as [
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
      ];
      const [source, target, swap, rest] = [
        scope.local('i32'),
        scope.local('i32'),
        scope.local('i32'),
        scope.local('i32'),
      ];
      const lanes = Array.from({ length: count }, () => makeLane(scope));
      const sum = scope.local('v128');
      const laneAt = (index: number, address: I32): I32 => add(address, mul(laneBytes.get, index));
      return block(
        source.set(x.get),
        target.set(add(x.get, blockBytes.get)),
        doWhile(
          steps.get,
          ...lanes.flatMap(({ from, to: [even, odd] }, index) => [
            from.set(laneAt(index, source.get)),
            even.set(laneAt(index, target.get)),
            odd.set(add(even.get, shrU(blockBytes.get, 1))),
          ]),
          ...lanes.flatMap((lane, index) => {
            const last = addressLast(lane.from.get, blockBytes.get);
            const word = (n: number): V128 => load128(last, 16 * n);
            if (!withV) return lane.x.map((local, n) => local.set(word(n)));
            // Integerify: word 0 is word 0 in the diagonal layout too.
            return [
              lane.v.set(laneAt(index, mul(and(load32(last), mask.get), blockBytes.get))),
              ...lane.x.map((local, n) =>
                local.set(v128.xor(word(n), load128(addressLast(lane.v.get, blockBytes.get), 16 * n))),
              ),
            ];
          }),
          ...(withV ? [prefetch(lanes, rest, blockBytes.get)] : []),
          rest.set(blockBytes.get),
          doWhile(rest.get, salsa(lanes, sum, swap, withV), rest.set(sub(rest.get, SALSA_BYTES))),
          ...(withV
            ? [swap.set(source.get), source.set(target.get), target.set(swap.get)]
            : [source.set(target.get), target.set(add(target.get, blockBytes.get))]),
          steps.set(sub(steps.get, 1)),
        ),
      );
    },
  };
}

export function scryptKernel(): WasmKernel {
  return {
    functions: [romix(1, false), romix(1, true), romix(2, false), romix(2, true), romix(3, false), romix(3, true)],
  };
}
