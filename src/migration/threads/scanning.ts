/**
 * The blocks that one thread of several scans: one thread at a time scans, and all assess rows at the same time. After the
 * end of a list of JSON only the thread that found it knows where it is, so that it reads the rest of the file alone.
 */

import { InputProblem } from '../../files/input-problem.js';
import type { LineRange } from '../input/ranges.js';
import type { BlockReader, FileBlocks } from '../rows/index.js';
import { type BlockPlace, isStopped, noteOffset, passTurn, type Turn, takeTurn, type tryTurn } from './turn.js';

/** A block that was scanned by this thread. */
export interface Scan {
  readonly number: number;
  /** The block begins outside of the range. */
  readonly isOutside: boolean;
  /** Why the file cannot be read after it. */
  readonly problem: InputProblem | undefined;
}

/**
 * @param take takes a turn.
 * @yields after each block, whose rows the reader then delivers; undefined where the turn is another thread's.
 */
export function* scanBlocks(
  blocks: FileBlocks,
  reader: BlockReader,
  turn: Turn,
  range: LineRange,
  take: typeof tryTurn = takeTurn,
): Generator<Scan | undefined> {
  for (let place = take(turn); place !== undefined; place = take(turn)) {
    if (place === 'busy') {
      yield undefined;
      continue;
    }
    let step: Step | undefined;
    let isAlone = false;
    try {
      step = scanOne(blocks, reader, place, range);
      isAlone = reader.settled === undefined && !step.isLast;
    } finally {
      passTurn(turn, step?.next, step === undefined || step.isLast || isAlone);
    }
    yield { number: place.number, isOutside: step.isOutside, problem: step.problem };
    if (!isAlone) continue;
    for (let { number } = place; !step.isLast && !isStopped(turn); ) {
      step = scanOne(blocks, reader, step.next, range);
      noteOffset(turn, step.next);
      yield { number: ++number, isOutside: step.isOutside, problem: step.problem };
    }
  }
}

interface Step {
  /** The next block. */
  readonly next: BlockPlace;
  readonly isLast: boolean;
  /** Nothing of the block counts. */
  readonly isOutside: boolean;
  readonly problem: InputProblem | undefined;
}

function scanOne(blocks: FileBlocks, reader: BlockReader, { offset, line }: BlockPlace, range: LineRange): Step {
  try {
    const { consumed, lines, last, problem } = blocks.scan(reader, offset, line);
    const next = { offset: offset + consumed, line: line + lines };
    const isOutside = offset < range.start || offset >= range.end;
    return { next, isLast: last || problem !== undefined || next.offset >= range.end, isOutside, problem };
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    return { next: { offset, line }, isLast: true, isOutside: true, problem: error };
  }
}
