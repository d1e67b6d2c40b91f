/** SMix of scrypt and of yescrypt. RFC 7914 §5 and §6; https://www.openwall.com/yescrypt/ */
import { BOXES_BYTES, type Boxes, createBoxes, pwxform } from './pwxform.js';
import { BLOCK_WORDS, readBlocks, salsa20, writeBlocks } from './salsa20.js';

/** Blocks of 64 bytes a slice: about a millisecond. */
const SLICE = 2048;
const SALSA20_8 = 4;
const SALSA20_2 = 1;

export interface SmixJob {
  /** 128·r bytes, in place. */
  readonly B: Uint8Array;
  readonly r: number;
  /** Blocks of 128·r bytes in V. */
  readonly N: number;
  /** Words; the lane begins at `from`. */
  readonly V: Int32Array;
  readonly from: number;
}

type Slices = Generator<void, void, void>;

/** Words of a block of 128·r bytes. */
const sizeOf = (r: number): number => 2 * BLOCK_WORDS * r;

/** The boxes of yescrypt: what scrypt's first loop makes of the first 128 bytes of B, which it changes. */
export function* fillBoxes(B: Uint8Array): Generator<void, Boxes, void> {
  const words = new Int32Array(BOXES_BYTES / 4);
  yield* fill({ B: B.subarray(0, 128), r: 1, N: BOXES_BYTES / 128, V: words, from: 0 }, undefined);
  return createBoxes(words);
}

/** The first loop: writes V. With boxes, each block depends on an earlier one, too. */
export function* fill({ B, r, N, V, from }: SmixJob, boxes: Boxes | undefined): Slices {
  const size = sizeOf(r);
  const block = new Int32Array(size);
  const before = new Int32Array(boxes === undefined ? size : 0);
  const X = new Int32Array(BLOCK_WORDS);
  const steps = Math.max(1, Math.floor(SLICE / (2 * r)));
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
  for (const secret of [block, before, X]) secret.fill(0);
}

/**
 * The second loop: reads V by what the block says.
 * @param rewrites V as it goes.
 */
export function* mix(
  { B, r, N, V, from }: SmixJob,
  times: number,
  boxes: Boxes | undefined,
  rewrites: boolean,
): Slices {
  if (times === 0) return;
  const size = sizeOf(r);
  const block = new Int32Array(size);
  const before = new Int32Array(boxes === undefined ? size : 0);
  const X = new Int32Array(BLOCK_WORDS);
  const steps = Math.max(1, Math.floor(SLICE / (2 * r)));
  readBlocks(B, block, 0);
  for (let i = 0; i < times; i++) {
    if (i % steps === 0) yield;
    const at = from + ((block[size - BLOCK_WORDS] as number) & (N - 1)) * size;
    if (boxes !== undefined) {
      mixWithBoxes(X, block, V, at, rewrites, boxes);
      continue;
    }
    for (let k = 0; k < size; k++) block[k] = (block[k] as number) ^ (V[at + k] as number);
    mixSalsa(X, block, before);
  }
  writeBlocks(block, 0, B);
  for (const secret of [block, before, X]) secret.fill(0);
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
