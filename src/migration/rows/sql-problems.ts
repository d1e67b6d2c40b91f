/** Lines of a block of SQL, and the problems that end the dump there. */
import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block } from './block.js';

/** Counts lines of a block as far as they are asked for. */
export class BlockLines {
  #block!: Block;
  #counted = 0;
  #lines = 0;
  #nextLf = 0;

  enter(block: Block): void {
    this.#block = block;
    this.#restart();
  }

  /** The physical line of a place in the block; places come in order, or nearly so. */
  lineAt(at: number): number {
    return this.#block.line + this.count(at);
  }

  /** @returns the line ends before a place. */
  count(at: number): number {
    const { bytes } = this.#block;
    if (at < this.#counted) this.#restart();
    if (this.#nextLf < this.#counted) this.#nextLf = findLf(bytes, this.#counted);
    while (this.#nextLf < at) {
      this.#lines++;
      this.#nextLf = findLf(bytes, this.#nextLf + 1);
    }
    this.#counted = at;
    return this.#lines;
  }

  byteOffset(at: number): number {
    return this.#block.offset + at;
  }

  #restart(): void {
    this.#counted = this.#lines = 0;
    this.#nextLf = -1;
  }
}

function findLf(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(LF, from);
  return found === -1 ? Number.POSITIVE_INFINITY : found;
}

export function notSql(lines: BlockLines, at: number): InputProblem {
  return new InputProblem('not-sql', 'the values of a row are not SQL from here on: a quote in a text is not escaped', {
    line: lines.lineAt(at),
    byteOffset: lines.byteOffset(at),
    fix: 'dump the table again',
  });
}

/** A comment, or a name, takes in more and more of the dump. */
export function endless(lines: BlockLines, at: number): InputProblem {
  return new InputProblem('record-too-long', `a comment or a name is longer than ${MAX_RECORD_SIZE} bytes`, {
    line: lines.lineAt(at),
    byteOffset: lines.byteOffset(at),
    fix: 'dump it again',
  });
}

/** @param end of the dump. */
export function unclosedText(lines: BlockLines, line: number, end: number): InputProblem {
  return new InputProblem('unclosed-quote', 'the dump ends within a text: it is cut off, or a quote is missing', {
    line,
    byteOffset: lines.byteOffset(end),
    fix: 'dump it again',
  });
}

/** @param end of the dump. */
export function cutOff(lines: BlockLines, message: string, at: number, end: number): InputProblem {
  return new InputProblem('cut-off', message, {
    line: lines.lineAt(at),
    byteOffset: lines.byteOffset(end),
    fix: 'dump it again',
  });
}
