/** What is found in the bytes of a block many at a time, by the kernel `structure`. */

import type { Kernel } from '../../kernels/load.js';
import { STRUCTURE_BYTES, STRUCTURE_RESULT_AT, TEXT_AT, TEXT_BYTES } from '../../kernels/structure-layout.js';
import { LF } from '../ascii.js';
import { newStructureKernel } from './structure-module.js';

/** Of less it makes nothing. */
export const MIN_TEXT = 256;

/** Finds many at once where they are simple; a slower scan takes the others. */
export interface Finder {
  readonly kernel: Kernel;
  readonly text: Uint8Array;
  /** Its memory as i32. */
  readonly words: Int32Array;
}

/** Undefined where this runtime cannot run it: the slower scan finds the same. */
export function newFinder(): Finder | undefined {
  try {
    const kernel = newStructureKernel(STRUCTURE_BYTES);
    const { buffer } = kernel.memory;
    return { kernel, text: new Uint8Array(buffer, TEXT_AT, TEXT_BYTES), words: new Int32Array(buffer) };
  } catch {
    return undefined;
  }
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
