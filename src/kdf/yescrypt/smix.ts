/** SMix of scrypt and of yescrypt. RFC 7914 §5 and §6; https://www.openwall.com/yescrypt/ */
import { BOXES_BYTES, type Boxes, pwxform } from './pwxform.js';
import { BLOCK_WORDS, readBlocks, salsa20, writeBlocks } from './salsa20.js';

/** Blocks of 64 bytes a slice: about a millisecond. */
const SLICE = 2048;
/** Words wiped in one slice. */
const WIPE_WORDS = 2 ** 21;
const SALSA20_8 = 4;
const SALSA20_2 = 1;

type Slices = Generator<void, void, void>;

/** One lane of SMix. */
export interface Lane {
  /** 128·r bytes, in place. */
  readonly B: Uint8Array;
  /** Its blocks of 128·r bytes in V. */
  readonly N: number;
  /** The first of them. */
  readonly first: number;
}

/** V, and what works in it. */
export interface Room {
  /** The first loop: writes V. With boxes, each block depends on an earlier one, too. */
  fill(lane: Lane, boxes: Boxes | undefined): Slices;
  /**
   * The second loop: reads V by what the block says.
   * @param rewrites V as it goes.
   */
  mix(lane: Lane, times: number, boxes: Boxes | undefined, rewrites: boolean): Slices;
  /** Wipes V. */
  release(): Slices;
}

/** Room for N blocks of 128·r bytes. */
export type OpenRoom = (N: number, r: number) => Room;

/** Fills the boxes of yescrypt with what scrypt's first loop makes of the first 128 bytes of B, which it changes. */
export function* fillBoxes(boxes: Boxes, B: Uint8Array): Slices {
  yield* fill(boxes.words, 1, { B: B.subarray(0, 128), N: BOXES_BYTES / 128, first: 0 }, undefined);
}

/** In JavaScript. */
export const openRoom: OpenRoom = (N, r) => {
  const V = new Int32Array(2 * BLOCK_WORDS * r * N);
  return {
    fill: (lane, boxes) => fill(V, r, lane, boxes),
    mix: (lane, times, boxes, rewrites) => mix(V, r, lane, times, boxes, rewrites),
    *release() {
      for (let from = 0; from < V.length; from += WIPE_WORDS) {
        V.fill(0, from, from + WIPE_WORDS);
        yield;
      }
    },
  };
};

function* fill(V: Int32Array, r: number, { B, N, first }: Lane, boxes: Boxes | undefined): Slices {
  const size = 2 * BLOCK_WORDS * r;
  const from = first * size;
  const block = new Int32Array(size);
  const before = new Int32Array(boxes === undefined ? size : 0);
  const X = new Int32Array(BLOCK_WORDS);
  const steps = Math.max(1, Math.floor(SLICE / (2 * r)));
  try {
    readBlocks(B, block, 0);
    let n = 1;
    for (let i = 0; i < N; i++) {
      if (i % steps === 0) yield;
      V.set(block, from + i * size);
      if (boxes === undefined) {
        mixSalsa(X, block, before);
        continue;
      }
      if (i <= 1) {
        mixWithBoxes(X, block, undefined, 0, false, boxes);
        continue;
      }
      // n: the largest power of two up to i. One of the last n blocks, by what the block says.
      while (2 * n <= i) n *= 2;
      const j = ((block[size - BLOCK_WORDS] as number) & (n - 1)) + i - n;
      mixWithBoxes(X, block, V, from + j * size, false, boxes);
    }
    writeBlocks(block, 0, B);
  } finally {
    for (const secret of [block, before, X]) secret.fill(0);
  }
}

function* mix(
  V: Int32Array,
  r: number,
  { B, N, first }: Lane,
  times: number,
  boxes: Boxes | undefined,
  rewrites: boolean,
): Slices {
  if (times === 0) return;
  const size = 2 * BLOCK_WORDS * r;
  const block = new Int32Array(size);
  const before = new Int32Array(boxes === undefined ? size : 0);
  const X = new Int32Array(BLOCK_WORDS);
  const steps = Math.max(1, Math.floor(SLICE / (2 * r)));
  try {
    readBlocks(B, block, 0);
    for (let i = 0; i < times; i++) {
      if (i % steps === 0) yield;
      const at = (first + ((block[size - BLOCK_WORDS] as number) & (N - 1))) * size;
      if (boxes !== undefined) {
        mixWithBoxes(X, block, V, at, rewrites, boxes);
        continue;
      }
      for (let k = 0; k < size; k++) block[k] = (block[k] as number) ^ (V[at + k] as number);
      mixSalsa(X, block, before);
    }
    writeBlocks(block, 0, B);
  } finally {
    for (const secret of [block, before, X]) secret.fill(0);
  }
}

/** block ← BlockMix of Salsa20/8. @param before room for as much. */
function mixSalsa(X: Int32Array, block: Int32Array, before: Int32Array): void {
  before.set(block);
  const half = block.length / 2;
  for (let k = 0; k < BLOCK_WORDS; k++) X[k] = before[block.length - BLOCK_WORDS + k] as number;
  for (let from = 0, to = 0; from < block.length; from += 2 * BLOCK_WORDS, to += BLOCK_WORDS) {
    for (let k = 0; k < BLOCK_WORDS; k++) X[k] = (X[k] as number) ^ (before[from + k] as number);
    salsa20(X, SALSA20_8);
    block.set(X, to);
    for (let k = 0; k < BLOCK_WORDS; k++) X[k] = (X[k] as number) ^ (before[from + BLOCK_WORDS + k] as number);
    salsa20(X, SALSA20_8);
    block.set(X, half + to);
  }
}

/** block ← BlockMix of pwxform over block ⊕ V at a place. */
function mixWithBoxes(
  X: Int32Array,
  block: Int32Array,
  V: Int32Array | undefined,
  at: number,
  rewrites: boolean,
  boxes: Boxes,
): void {
  if (V !== undefined) {
    for (let k = 0; k < block.length; k++) block[k] = (block[k] as number) ^ (V[at + k] as number);
    if (rewrites) V.set(block, at);
  }
  const last = block.length - BLOCK_WORDS;
  for (let k = 0; k < BLOCK_WORDS; k++) X[k] = block[last + k] as number;
  for (let from = 0; from <= last; from += BLOCK_WORDS) {
    for (let k = 0; k < BLOCK_WORDS; k++) X[k] = (X[k] as number) ^ (block[from + k] as number);
    pwxform(X, boxes);
    if (from === last) salsa20(X, SALSA20_2);
    block.set(X, from);
  }
}
