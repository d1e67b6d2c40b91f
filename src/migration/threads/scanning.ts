/**
 * The blocks that one thread of several scans: one thread at a time scans, and all assess rows at the same time. After the
 * end of a list of JSON only the thread that found it knows where it is, so that it reads the rest of the file alone.
 */

import { InputProblem } from '../../files/input-problem.js';
import type { LineRange } from '../input/ranges.js';
import type { BlockReader, FileBlocks } from '../rows/index.js';
import { type BlockPlace, noteOffset, passTurn, type Turn, takeTurn } from './turn.js';

/** A block that was scanned by this thread. */
export interface Scan {
  readonly number: number;
  /** The block begins outside of the range. */
  readonly isOutside: boolean;
  /** Why the file cannot be read after it. */
  readonly problem: InputProblem | undefined;
}

/** @yields after each block, whose rows the reader then delivers. */
export function* scanBlocks(blocks: FileBlocks, reader: BlockReader, turn: Turn, range: LineRange): Generator<Scan> {
  const isOutside = ({ offset }: BlockPlace): boolean => offset < range.start || offset >= range.end;
  for (let place = takeTurn(turn); place !== undefined; place = takeTurn(turn)) {
    let step: Step | undefined;
    let isAlone = false;
    try {
      step = scanOne(blocks, reader, place, range);
      isAlone = reader.settled === undefined && !step.isLast;
    } finally {
      passTurn(turn, step?.next, step === undefined || step.isLast || isAlone);
    }
    yield { number: place.number, isOutside: isOutside(place), problem: step.problem };
    if (!isAlone) continue;
    for (let { number } = place; !step.isLast; ) {
      const { next } = step;
      step = scanOne(blocks, reader, next, range);
      noteOffset(turn, step.next);
      yield { number: ++number, isOutside: isOutside(next), problem: step.problem };
    }
  }
}

interface Step {
  /** The next block. */
  readonly next: BlockPlace;
  readonly isLast: boolean;
  readonly problem: InputProblem | undefined;
}

function scanOne(blocks: FileBlocks, reader: BlockReader, { offset, line }: BlockPlace, range: LineRange): Step {
  try {
    const { consumed, lines, last, problem } = blocks.scan(reader, offset, line);
    const next = { offset: offset + consumed, line: line + lines };
    return { next, isLast: last || problem !== undefined || next.offset >= range.end, problem };
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return { next: { offset, line }, isLast: true, problem: error };
  }
}
