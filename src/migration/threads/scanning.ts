/** One thread's part of a file: blocks in turn with the other threads, rows side by side with them. */

import { InputProblem } from '../problem.js';
import type { BlockReader } from '../rows/block.js';
import type { FileBlocks } from '../rows/file.js';
import type { Range } from './protocol.js';
import { type BlockPlace, passTurn, type Turn, takeTurn } from './turn.js';

/** A block that was scanned by this thread. */
export interface Scan {
  readonly number: number;
  /** The block is of another part of the file. */
  readonly passedOver: boolean;
  /** What ends the file behind it. */
  readonly problem: InputProblem | undefined;
}

/** @yields after each block; its rows wait in the reader. */
export function* scansOf(blocks: FileBlocks, reader: BlockReader, turn: Turn, range: Range): Generator<Scan> {
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
      yield { number, passedOver: true, problem: error };
      return;
    } finally {
      passTurn(turn, next, isLast);
    }
    yield { number, passedOver: offset < range.start || offset >= range.end, problem };
  }
}
