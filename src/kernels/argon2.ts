/**
 * Filling the memory of Argon2. RFC 9106 §3.4 to §3.6.
 *
 * A block of 1024 bytes is 8 rows of 8 `v128`. P works on 8 of them, in two pairs of G side by side: first on each row
 * of R = X ⊕ Y, then on each column. R is not kept: X and Y are in the first cache and are combined again at the end.
 *
 * What the next block refers to is somewhere in main memory. Its place is known as soon as the first column is done, so
 * it is asked for then, all lines at once, and arrives while the other columns are made (measured at 64 MiB: an eighth
 * of the time).
 *
 * BlaMka multiplies the low halves of 64-bit words. WebAssembly has that product for neighbouring 32-bit words only, so
 * that the low halves of two vectors are gathered in one, whose lower and upper part give both products.
 *
 * Memory: argon2-layout.ts. Exports for others, with blocks counted from the first of lane 0:
 * - compress(x, y, old, to): block at `to` ← old ⊕ G(x, y), all four addresses in bytes;
 * - fill(i, end, current, previous, area, start, p, lanes, own, q, addresses, old): columns i to end of a segment.
 *   `current` and `previous` are the blocks to make and to start from; `area` is how many columns of a lane can be
 *   referred to at i = 0 and `start` the first of them; `lanes` is the first block of the p lanes to choose from, `own`
 *   that of the lane that is filled; `addresses` is the place of J1 and J2 for i, or 0 if the previous block has them;
 *   `old` is 1 where the old block is combined with the new one (version 19 from the second pass on).
 */
import { BLOCK_BYTES, BLOCKS_AT, STATE_AT, ZERO_AT } from './argon2-layout.js';
import {
  add,
  block,
  call,
  doWhile,
  eq,
  eqz,
  geU,
  type I32,
  i32,
  i64x2,
  type Local,
  load32,
  load128,
  ltU,
  mul,
  mulHighU,
  ne,
  remU,
  type Scope,
  type Statement,
  select,
  shl,
  shuffle32,
  store128,
  sub,
  touch,
  type V128,
  v128,
} from './assembler.js';
import type { WasmFunction, WasmKernel } from './wasm-module.js';

const ROW_BYTES = 128;
const VECTOR_BYTES = 16;
const LINE_BYTES = 64;
const ROWS = 0;
const COLUMNS = 1;

type Pair = readonly [Local<'v128'>, Local<'v128'>];
/** v0 to v15 of RFC 9106 §3.6, two words in each vector: a is v0–v3, b is v4–v7, and so on. */
interface Words {
  readonly a: Pair;
  readonly b: Pair;
  readonly c: Pair;
  readonly d: Pair;
  /** Low halves, for the products. */
  readonly low: Pair;
  readonly spare: Local<'v128'>;
}

function makeWords({ local }: Scope): Words {
  const pair = (): Pair => [local('v128'), local('v128')];
  return { a: pair(), b: pair(), c: pair(), d: pair(), low: pair(), spare: local('v128') };
}

/** v0 to v15, in order. */
const listVectors = ({ a, b, c, d }: Words): Local<'v128'>[] => [a, b, c, d].flat();

/** x ← x + y + 2·low(x)·low(y), in both of a pair. */
function blamka(x: Pair, y: Pair, { low: [lowX, lowY], spare: product }: Words): Statement {
  const gather = ([first, second]: Pair): V128 => shuffle32(first.get, second.get, [0, 2, 4, 6]);
  const sum = (index: 0 | 1, multiply: (a: V128, b: V128) => V128): Statement =>
    block(
      product.set(multiply(lowX.get, lowY.get)),
      x[index].set(i64x2.add(x[index].get, y[index].get)),
      x[index].set(i64x2.add(x[index].get, i64x2.add(product.get, product.get))),
    );
  return block(lowX.set(gather(x)), lowY.set(gather(y)), sum(0, i64x2.extmulLowU), sum(1, i64x2.extmulHighU));
}

/** x ← (x ⊕ y) >>> bits, in both of a pair. */
function turn(x: Pair, y: Pair, rotate: (value: V128) => V128): Statement {
  return block(
    ...([0, 1] as const).map((index) => x[index].set(v128.xor(x[index].get, y[index].get))),
    ...([0, 1] as const).map((index) => x[index].set(rotate(x[index].get))),
  );
}

const rotr32 = (value: V128): V128 => shuffle32(value, value, [1, 0, 3, 2]);
const bytes =
  (...eight: readonly number[]) =>
  (value: V128): V128 =>
    v128.shuffle(value, value, [...eight, ...eight.map((byte) => byte + 8)]);
const rotr24 = bytes(3, 4, 5, 6, 7, 0, 1, 2);
const rotr16 = bytes(2, 3, 4, 5, 6, 7, 0, 1);
const rotr63 = (value: V128): V128 => v128.or(i64x2.shrU(value, 63), i64x2.add(value, value));

/** Two G side by side, twice: four columns, or four diagonals. */
function quarters(words: Words): Statement {
  const { a, b, c, d } = words;
  return block(
    ...[blamka(a, b, words), turn(d, a, rotr32), blamka(c, d, words), turn(b, c, rotr24)],
    ...[blamka(a, b, words), turn(d, a, rotr16), blamka(c, d, words), turn(b, c, rotr63)],
  );
}

/** (first, second) ← the upper word of one and the lower of the other, both ways. */
function shift(into: Pair, from: Pair, spare: Local<'v128'>): Statement {
  const join = (x: V128, y: V128): V128 => shuffle32(x, y, [2, 3, 4, 5]);
  const [first, second] = from;
  return block(
    spare.set(join(first.get, second.get)),
    into[1].set(join(second.get, first.get)),
    into[0].set(spare.get),
  );
}

/** The permutation P. */
function permutation(words: Words): Statement {
  const { b, c, d, spare } = words;
  const crossed = ([first, second]: Pair): Pair => [second, first];
  return block(
    quarters(words),
    shift(b, b, spare),
    shift(d, crossed(d), spare),
    quarters({ ...words, c: crossed(c) }),
    shift(b, crossed(b), spare),
    shift(d, d, spare),
  );
}

/** The first half of G: P on each row of x ⊕ y, left in the state. */
const rows: WasmFunction = {
  name: 'rows',
  params: 2,
  body(scope) {
    const [x, y] = scope.params as readonly [Local<'i32'>, Local<'i32'>];
    const words = makeWords(scope);
    const offset = scope.local('i32');
    return block(
      offset.set(i32(0)),
      doWhile(
        ltU(offset.get, BLOCK_BYTES),
        ...listVectors(words).map((vector, k) => {
          const part = (from: Local<'i32'>): V128 => load128(add(from.get, offset.get), VECTOR_BYTES * k);
          return vector.set(v128.xor(part(x), part(y)));
        }),
        permutation(words),
        ...listVectors(words).map((vector, k) => store128(offset.get, vector.get, STATE_AT + VECTOR_BYTES * k)),
        offset.set(add(offset.get, ROW_BYTES)),
      ),
    );
  },
};

/** The second half: P on the columns from `offset` to `end` (in bytes of a row), and the sum of all. */
const columns: WasmFunction = {
  name: 'columns',
  params: 6,
  body(scope) {
    const [offset, end, x, y, old, to] = scope.params as Six<Local<'i32'>>;
    const words = makeWords(scope);
    return doWhile(
      ltU(offset.get, end.get),
      ...listVectors(words).map((vector, k) => vector.set(load128(offset.get, STATE_AT + ROW_BYTES * k))),
      permutation(words),
      ...listVectors(words).map((vector, k) => {
        const part = (from: Local<'i32'>): V128 => load128(add(from.get, offset.get), ROW_BYTES * k);
        const result = v128.xor(v128.xor(vector.get, part(x)), v128.xor(part(y), part(old)));
        return store128(add(to.get, offset.get), result, ROW_BYTES * k);
      }),
      offset.set(add(offset.get, VECTOR_BYTES)),
    );
  },
};

const compress: WasmFunction = {
  name: 'compress',
  params: 4,
  body({ params }) {
    const [x, y, old, to] = params as readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>];
    return block(call(ROWS, x.get, y.get), call(COLUMNS, 0, ROW_BYTES, x.get, y.get, old.get, to.get));
  },
};

const fill: WasmFunction = {
  name: 'fill',
  params: 12,
  body({ params, local }: Scope) {
    const [i, end, current, previous, area, start, p, lanes, own, q, addresses, old] = params as Twelve<Local<'i32'>>;
    const [lane, size, column, x, y, to] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ];
    const address = (index: I32): I32 => add(mul(index, BLOCK_BYTES), BLOCKS_AT);
    /** y ← the block that column i refers to, by J1 and J2. */
    const refer = (pseudoRandom: I32): Statement => {
      const [j1, j2] = [load32(pseudoRandom), load32(pseudoRandom, 4)];
      return block(
        lane.set(add(lanes.get, mul(remU(j2, p.get), q.get))),
        // §3.4.2: in its own lane all but the previous block; in others one less where this is the first of a segment.
        size.set(select(sub(add(area.get, i.get), 1), sub(area.get, eqz(i.get)), eq(lane.get, own.get))),
        // §3.4.2: column = start + W − 1 − (W·(J1² / 2^32) / 2^32), going round.
        column.set(sub(add(start.get, sub(size.get, 1)), mulHighU(size.get, mulHighU(j1, j1)))),
        column.set(sub(column.get, select(q.get, 0, geU(column.get, q.get)))),
        y.set(address(add(lane.get, column.get))),
      );
    };
    /** What y was before `refer` found the next. */
    const reference = local('i32');
    const part = (from: number, until: number): Statement =>
      call(COLUMNS, from, until, x.get, reference.get, select(to.get, ZERO_AT, old.get), to.get);
    return block(
      x.set(address(previous.get)),
      to.set(address(current.get)),
      refer(select(addresses.get, x.get, addresses.get)),
      doWhile(
        ne(i.get, end.get),
        reference.set(y.get),
        call(ROWS, x.get, reference.get),
        // J1 and J2 of the next block are the first words of this one: known after its first column.
        part(0, VECTOR_BYTES),
        addresses.set(add(addresses.get, shl(ne(addresses.get, 0), 3))),
        i.set(add(i.get, 1)),
        refer(select(addresses.get, to.get, addresses.get)),
        ...Array.from({ length: BLOCK_BYTES / LINE_BYTES }, (_, line) => touch(y.get, LINE_BYTES * line)),
        part(VECTOR_BYTES, ROW_BYTES),
        x.set(to.get),
        to.set(add(to.get, BLOCK_BYTES)),
      ),
    );
  },
};
type Six<T> = readonly [T, T, T, T, T, T];
type Twelve<T> = readonly [T, T, T, T, T, T, T, T, T, T, T, T];

export function argon2Kernel(): WasmKernel {
  return { functions: [rows, columns, compress, fill] };
}
