/** The readers of formats that are read in blocks, over a text. */

import type { Row } from '../row.js';
import type { BlockReader, RowSink } from './block.js';
import type { Bind, RowBatches } from './contract.js';
import { streamBlocks } from './stream.js';

/** @throws {InputProblem} where the text cannot be read, or not to its end. */
export async function* rowsInBlocks(
  text: AsyncIterable<string>,
  create: (bind: Bind) => BlockReader,
  bind: Bind,
): RowBatches {
  const reader = create(bind);
  let rows: Row[] = [];
  const sink: RowSink = {
    take({ readText }) {
      const row = readText();
      if (row !== undefined) rows.push(row);
    },
    takeRow: (row) => rows.push(row),
  };
  try {
    for await (const _ of streamBlocks(text, reader, sink)) {
      if (rows.length > 0) yield { source: reader.source, rows };
      rows = [];
    }
  } catch (error) {
    if (rows.length > 0) yield { source: reader.source, rows };
    throw error;
  }
  reader.end();
}
