/**
 * eksblowfish for 1 to 4 passwords at once. Provos and Mazières, "A Future-Adaptable Password Scheme", §4.
 *
 * A Blowfish round is a chain: a table lookup that the next one waits for. One password leaves most of a core waiting;
 * the rounds of two or three independent ones fill it. The order is therefore: round n of lane 0, of lane 1, of lane 2,
 * then round n + 1.
 *
 * Memory of lane l, from `BCRYPT_LANE_BYTES`·l: P (18 words), S (4 × 256 words), key (18 words), salt (4 words). Words
 * are little-endian i32.
 */
import {
  add,
  and,
  block,
  doWhile,
  type I32,
  type Local,
  load32,
  ne,
  type Scope,
  type Statement,
  shl,
  shrU,
  store32,
  sub,
  xor,
} from './assembler.js';
import { BCRYPT_LANE_BYTES } from './bcrypt-layout.js';
import type { WasmKernel } from './wasm-module.js';

const P_WORDS = 18;
const S_WORDS = 4 * 256;
const KEY_AT = 4 * (P_WORDS + S_WORDS);
const SALT_AT = KEY_AT + 4 * P_WORDS;
const ROUNDS = 16;

interface BlowfishLane {
  readonly base: number;
  readonly left: Local<'i32'>;
  readonly right: Local<'i32'>;
}

/** F: four lookups by the bytes of x, most significant first. Indices are made as byte offsets at once. */
function feistel(base: number, x: I32): I32 {
  const s = (box: number, index: I32): I32 => load32(index, base + 4 * P_WORDS + 1024 * box);
  const a = s(0, and(shrU(x, 22), 0x3fc));
  const b = s(1, and(shrU(x, 14), 0x3fc));
  const c = s(2, and(shrU(x, 6), 0x3fc));
  const d = s(3, and(shl(x, 2), 0x3fc));
  return add(xor(add(a, b), c), d);
}

/** One block of every lane: (left, right) ← Blowfish(left, right) with the state as it is. */
function encipher(lanes: readonly BlowfishLane[]): Statement {
  const p = ({ base }: BlowfishLane, n: number): I32 => load32(0, base + 4 * n);
  const steps: Statement[] = lanes.map((lane) => lane.left.set(xor(lane.left.get, p(lane, 0))));
  for (let n = 1; n <= ROUNDS; n++) {
    for (const lane of lanes) {
      const [from, to] = n % 2 === 1 ? [lane.left, lane.right] : [lane.right, lane.left];
      steps.push(to.set(xor(xor(to.get, p(lane, n)), feistel(lane.base, from.get))));
    }
  }
  // The halves are crossed after the last round: the caller reads right as the new left.
  for (const lane of lanes) steps.push(lane.right.set(xor(lane.right.get, p(lane, ROUNDS + 1))));
  return block(...steps);
}

/** ExpandKey without its first step: all of P and S is replaced by encrypting on with the state so far. */
function expand(lanes: readonly BlowfishLane[], { local }: Scope): Statement {
  const at = local('i32');
  const swap = local('i32');
  const end = 4 * (P_WORDS + S_WORDS);
  return block(
    ...lanes.flatMap(({ left, right }) => [left.set(xor(0, 0)), right.set(xor(0, 0))]),
    at.set(add(0, 0)),
    doWhile(
      ne(at.get, end),
      encipher(lanes),
      ...lanes.flatMap(({ base, left, right }) => [
        swap.set(right.get),
        right.set(left.get),
        left.set(swap.get),
        store32(at.get, left.get, base),
        store32(at.get, right.get, base + 4),
      ]),
      at.set(add(at.get, 8)),
    ),
  );
}

/** P ← P ⊕ the words from `from`, going round after `words` of them. */
function mix(lanes: readonly BlowfishLane[], from: number, words: number): Statement {
  return block(
    ...lanes.flatMap(({ base }) =>
      Array.from({ length: P_WORDS }, (_, n) =>
        store32(0, xor(load32(0, base + 4 * n), load32(0, base + from + 4 * (n % words))), base + 4 * n),
      ),
    ),
  );
}

/** The module for `count` lanes: `rounds(n)` does n rounds of the key schedule, n ≥ 1. */
export function bcryptKernel(count: 1 | 2 | 3 | 4): WasmKernel {
  return {
    functions: [
      {
        name: 'rounds',
        params: 1,
        body(scope) {
          const [rest] = scope.params as [Local<'i32'>];
          const lanes = Array.from(
            { length: count },
            (_, index): BlowfishLane => ({
              base: index * BCRYPT_LANE_BYTES,
              left: scope.local('i32'),
              right: scope.local('i32'),
            }),
          );
          return doWhile(
            rest.get,
            mix(lanes, KEY_AT, P_WORDS),
            expand(lanes, scope),
            mix(lanes, SALT_AT, 4),
            expand(lanes, scope),
            rest.set(sub(rest.get, 1)),
          );
        },
      },
    ],
  };
}
