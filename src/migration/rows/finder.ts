/** What is found in the bytes of a block 16 at a time, by the kernel `structure`. */

import { type Kernel, smallKernel } from '../../kernels/load.js';
import {
  PLACES_AT,
  STRUCTURE_BYTES,
  STRUCTURE_RESULT_AT,
  TEXT_AT,
  TEXT_BYTES,
} from '../../kernels/structure-layout.js';
import { LF } from '../ascii.js';

/** Of less it makes nothing. */
export const MIN_TEXT = 256;

/** Finds many records at once where they are simple; a slower scan takes the others. */
export interface Finder {
  readonly kernel: Kernel;
  readonly text: Uint8Array;
  /** Its memory as i32. */
  readonly words: Int32Array;
  /** The part of the block that is in its memory. */
  start: number;
  end: number;
  /** It stopped before a record that it cannot read. */
  isIrregular: boolean;
}

/** Undefined where this runtime cannot run it: the slower scan finds the same. */
export function newFinder(): Finder | undefined {
  try {
    const kernel = smallKernel('structure', STRUCTURE_BYTES);
    const { buffer } = kernel.memory;
    const text = new Uint8Array(buffer, TEXT_AT, TEXT_BYTES);
    return { kernel, text, words: new Int32Array(buffer), start: 0, end: 0, isIrregular: false };
  } catch {
    return undefined;
  }
}

/** @returns how many places it found from the record at `at` on. */
export function findFrom(finder: Finder, bytes: Uint8Array, at: number, to: number, delimiter: number): number {
  const { kernel, words } = finder;
  if (!finder.isIrregular || finder.end - at < MIN_TEXT) {
    finder.start = at;
    finder.end = Math.min(to, at + TEXT_BYTES);
    finder.text.set(bytes.subarray(at, finder.end));
  }
  const end = TEXT_AT + finder.end - finder.start;
  kernel.functions['scan']?.(TEXT_AT + at - finder.start, end, delimiter);
  finder.isIrregular = (words[STRUCTURE_RESULT_AT / 4 + 1] as number) + 15 < end;
  return ((words[STRUCTURE_RESULT_AT / 4] as number) - PLACES_AT) >> 2;
}

/** Line ends in `bytes[0, length)`, and where the last line ends, 0 where none does. */
export function linesIn(
  finder: Finder | undefined,
  bytes: Uint8Array,
  length: number,
): { readonly lines: number; readonly end: number } {
  let lines = 0;
  let end = 0;
  let at = 0;
  if (finder !== undefined) {
    const { kernel, words, text } = finder;
    for (; length - at >= MIN_TEXT; ) {
      const size = Math.min(length - at, TEXT_BYTES) & ~15;
      text.set(bytes.subarray(at, at + size));
      kernel.functions['count']?.(TEXT_AT, TEXT_AT + size);
      lines += words[STRUCTURE_RESULT_AT / 4] as number;
      const last = words[STRUCTURE_RESULT_AT / 4 + 1] as number;
      if (last > 0) end = at + last - TEXT_AT;
      at += size;
    }
  }
  for (; at < length; at++) {
    if (bytes[at] !== LF) continue;
    lines++;
    end = at + 1;
  }
  return { lines, end };
}
