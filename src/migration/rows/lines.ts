/** Lines of a text that comes in chunks, and of blocks of bytes. */
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, Scanned } from './block.js';
import { type Finder, linesIn } from './finder.js';

/**
 * The lines of each chunk together, without their ends (LF or CRLF).
 * @throws {InputProblem} on a line over `MAX_RECORD_SIZE`.
 */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = '';
  let count = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    count += lines.length;
    if (lines.length > 0) yield lines.map(withoutCr);
    if (rest.length > MAX_RECORD_SIZE) {
      throw new InputProblem('record-too-long', `the line is longer than ${MAX_RECORD_SIZE} characters`, {
        line: count + 1,
        fix: 'is this a file of lines?',
      });
    }
  }
  if (rest !== '') yield [withoutCr(rest)];
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The whole lines of a block. */
export function scanLines(finder: Finder | undefined, { bytes, length, line, last }: Block): Scanned {
  const { lines, end } = linesIn(finder, bytes, length);
  const consumed = last ? length : end;
  if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
  const detail = { line: line + lines, fix: 'is this a file of lines?' };
  return {
    consumed,
    lines,
    problem: new InputProblem('record-too-long', `the line is longer than ${MAX_RECORD_SIZE} bytes`, detail),
  };
}

/** Where the line of `bytes[at, limit)` ends: its LF, or `limit`. */
export function findLineEnd(bytes: Uint8Array, view: DataView, start: number, limit: number): number {
  let at = start;
  for (const last = limit - 4; at <= last; at += 4) {
    // Four bytes at once: the highest bit of one is set where it is an LF; of one after that perhaps too.
    const word = view.getInt32(at, true) ^ 0x0a0a0a0a;
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break;
  }
  while (at < limit && bytes[at] !== LF) at++;
  return at;
}
