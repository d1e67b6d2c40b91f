/**
 * The loops of yescrypt's SMix. https://www.openwall.com/yescrypt/
 *
 * BlockMix has pwxform in the place of Salsa20/8 and works in place; blocks are in the diagonal layout of scrypt's kernel,
 * in which pwxform takes them, too. Memory is as in `yescrypt-layout.ts`.
 *
 * Exports, with n steps and addresses and sizes in bytes; X is the block, Integerify(X) its first word of the last 64 bytes:
 * - start(v, n, 128·r): V[i] ← X, X ← BlockMix(X), the first V[i] being at `v`;
 * - fill(v, n, 128·r, span, mask): V[i] ← X, X ← BlockMix(X ⊕ V[j]), where V[j] is at V[i] − span + 128·r·(Integerify(X) & mask);
 * - read(v, n, 128·r, mask): X ← BlockMix(X ⊕ V[Integerify(X) & mask]), V[0] being at `v`;
 * - rewrite(v, n, 128·r, mask): the same, and V[…] ← X ⊕ V[…].
 */
import {
  add,
  and,
  block,
  doWhile,
  type I32,
  i32,
  i32x4,
  i64x2,
  type Local,
  load32,
  load128,
  mul,
  type Scope,
  type Statement,
  shuffle32,
  store32,
  store128,
  sub,
  v128,
} from './assembler.js';
import { doubleRound } from './scrypt.js';
import type { WasmFunction, WasmKernel } from './wasm-module.js';
import { BLOCK, STATE } from './yescrypt-layout.js';

const ROUNDS = 6;
/** What pwxform takes and gives. */
const BYTES = 64;
/** Of an address in a box: entries of 16 bytes. */
const ENTRIES = 0xff0;
const WORDS = [0, 1, 2, 3] as const;

type Mode = 'start' | 'fill' | 'read' | 'rewrite';

interface Names {
  readonly t: readonly Local<'v128'>[];
  readonly before: readonly Local<'v128'>[];
  readonly sum: Local<'v128'>;
  readonly product: readonly Local<'v128'>[];
  /** Boxes: read first, read second, written. */
  readonly boxes: readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>];
  readonly write: Local<'i32'>;
  readonly to: Local<'i32'>;
  readonly swap: Local<'i32'>;
  readonly entries: readonly (readonly [Local<'i32'>, Local<'i32'>])[];
}

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T;
}

function makeNames({ local }: Scope): Names {
  const four = (): Local<'v128'>[] => WORDS.map(() => local('v128'));
  return {
    t: four(),
    before: four(),
    sum: local('v128'),
    product: four(),
    boxes: [local('i32'), local('i32'), local('i32')],
    write: local('i32'),
    to: local('i32'),
    swap: local('i32'),
    entries: WORDS.map(() => [local('i32'), local('i32')] as const),
  };
}

/** t ← pwxform(t). */
function pwxform({ t, product, boxes: [first, second, third], write, to, swap, entries }: Names): Statement {
  const address = (box: Local<'i32'>, word: number, half: 0 | 1): I32 =>
    add(box.get, and(i32x4.extract(at(t, word).get, half), ENTRIES));
  const round = (number: number): Statement[] => [
    ...WORDS.flatMap((word) => [
      at(entries, word)[0].set(address(first, word, 0)),
      at(entries, word)[1].set(address(second, word, 1)),
    ]),
    // Low halves next to each other, and high halves: the product of each number's halves.
    ...WORDS.map((word) => at(product, word).set(shuffle32(at(t, word).get, at(t, word).get, [0, 2, 1, 3]))),
    ...WORDS.map((word) => {
      const { get } = at(product, word);
      return at(product, word).set(i64x2.extmulLowU(get, shuffle32(get, get, [2, 3, 2, 3])));
    }),
    ...WORDS.map((word) =>
      at(t, word).set(
        v128.xor(
          i64x2.add(at(product, word).get, load128(at(entries, word)[0].get)),
          load128(at(entries, word)[1].get),
        ),
      ),
    ),
    ...(number === 0 || number === ROUNDS - 1
      ? []
      : WORDS.map((word) => store128(to.get, at(t, word).get, BYTES * (number - 1) + 16 * word))),
  ];
  return block(
    to.set(add(third.get, write.get)),
    ...Array.from({ length: ROUNDS }, (_, number) => round(number)).flat(),
    write.set(and(add(write.get, 4 * BYTES), ENTRIES)),
    swap.set(third.get),
    third.set(second.get),
    second.set(first.get),
    first.set(swap.get),
  );
}

function smix(mode: Mode): WasmFunction {
  const hasV = mode !== 'start';
  const stores = mode === 'start' || mode === 'fill';
  return {
    name: mode,
    params: { start: 3, fill: 5, read: 4, rewrite: 4 }[mode],
    body(scope) {
      const [v, steps, blockBytes, fourth, fifth] = scope.params as unknown as readonly [
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
        Local<'i32'>,
      ];
      const names = makeNames(scope);
      const { t, before, sum, boxes, write } = names;
      const [x, from, copy, last] = [scope.local('i32'), scope.local('i32'), scope.local('i32'), scope.local('i32')];
      const mask = mode === 'fill' ? fifth : fourth;
      const origin = mode === 'fill' ? sub(v.get, fourth.get) : v.get;
      const state = [...boxes, write];
      return block(
        ...state.map((local, i) => local.set(load32(i32(STATE), 4 * i))),
        last.set(add(sub(blockBytes.get, BYTES), BLOCK)),
        doWhile(
          steps.get,
          ...(hasV ? [from.set(add(origin, mul(and(load32(last.get), mask.get), blockBytes.get)))] : []),
          ...(stores ? [copy.set(v.get)] : []),
          ...WORDS.map((word) => {
            const own = load128(last.get, 16 * word);
            if (!hasV) return at(t, word).set(own);
            const theirs = load128(add(from.get, sub(last.get, BLOCK)), 16 * word);
            return at(t, word).set(v128.xor(own, theirs));
          }),
          x.set(i32(BLOCK)),
          doWhile(
            // As long as the place is not after the last one.
            sub(add(last.get, BYTES), x.get),
            ...WORDS.flatMap((word) => {
              const mine = at(before, word);
              return [
                mine.set(load128(x.get, 16 * word)),
                ...(stores ? [store128(copy.get, mine.get, 16 * word)] : []),
                ...(hasV ? [mine.set(v128.xor(mine.get, load128(from.get, 16 * word)))] : []),
                ...(mode === 'rewrite' ? [store128(from.get, mine.get, 16 * word)] : []),
                at(t, word).set(v128.xor(at(t, word).get, mine.get)),
              ];
            }),
            pwxform(names),
            ...WORDS.map((word) => store128(x.get, at(t, word).get, 16 * word)),
            x.set(add(x.get, BYTES)),
            ...(hasV ? [from.set(add(from.get, BYTES))] : []),
            ...(stores ? [copy.set(add(copy.get, BYTES))] : []),
          ),
          // Salsa20/2 of the last 64 bytes.
          ...WORDS.map((word) => at(before, word).set(at(t, word).get)),
          doubleRound([{ x: t }], sum),
          ...WORDS.map((word) => store128(last.get, i32x4.add(at(t, word).get, at(before, word).get), 16 * word)),
          ...(stores ? [v.set(copy.get)] : []),
          steps.set(sub(steps.get, 1)),
        ),
        ...state.map((local, i) => store32(i32(STATE), local.get, 4 * i)),
      );
    },
  };
}

export function yescryptKernel(): WasmKernel {
  return { functions: [smix('start'), smix('fill'), smix('read'), smix('rewrite')] };
}
