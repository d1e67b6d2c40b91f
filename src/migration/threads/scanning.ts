/** The blocks that one thread of several scans: one thread at a time scans, and all assess rows at the same time. */

import { InputProblem } from '../../files/input-problem.js';
import type { LineRange } from '../input/ranges.js';
import type { BlockReader, FileBlocks } from '../rows/index.js';
import { type BlockPlace, passTurn, type Turn, takeTurn } from './turn.js';

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
  for (let place = takeTurn(turn); place !== undefined; place = takeTurn(turn)) {
    const { number, offset, line } = place;
    let next: BlockPlace | undefined;
    let isLast = true;
    let problem: InputProblem | undefined;
    try {
      const { consumed, lines, last, problem: found } = blocks.scan(reader, offset, line);
      problem = found;
      next = { offset: offset + consumed, line: line + lines };
      isLast = last || problem !== undefined || next.offset >= range.end;
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      yield { number, isOutside: true, problem: error };
      return;
    } finally {
      passTurn(turn, next, isLast);
    }
    yield { number, isOutside: offset < range.start || offset >= range.end, problem };
  }
}
