/** A reader of blocks, over blocks of any size. */
import { Buffer } from 'node:buffer';
import type { InputProblem } from '../../src/files/input-problem.js';
import type { Row } from '../../src/migration/row.js';
import type { BlockReader } from '../../src/migration/rows/block.js';

/**
 * @param size of a block; one is larger where a record is.
 * @param next the reader of the next block, where threads take turns.
 */
export function readInBlocks(
  text: string,
  size: number,
  reader: BlockReader,
  next: (reader: BlockReader) => BlockReader = () => reader,
): { readonly rows: readonly Row[]; readonly problem: InputProblem | undefined; readonly source: string | undefined } {
  const all = Buffer.from(text);
  const rows: Row[] = [];
  let current = reader;
  const sink = {
    take({ readText }: { readonly readText: () => Row | undefined }) {
      const row = readText();
      if (row !== undefined) rows.push(row);
    },
    takeRow: (row: Row) => rows.push(row),
  };
  let line = 1;
  for (let offset = 0, room = size; offset < all.length; ) {
    const end = Math.min(all.length, offset + room);
    // After the block is something that would change what is read.
    const bytes = Buffer.concat([all.subarray(offset, end), Buffer.from(':')]);
    const block = { bytes, length: end - offset, offset, line, last: end === all.length };
    const { consumed, lines, problem } = current.scan(block);
    current.deliver(sink);
    offset += consumed;
    line += lines;
    if (problem !== undefined) return { rows, problem, source: current.source };
    room = consumed > 0 ? size : 2 * room;
    if (consumed > 0 && offset < all.length) current = next(current);
  }
  return { rows, problem: undefined, source: current.source };
}
