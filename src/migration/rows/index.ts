/** Records of an export, by their format. */

import { createBlockReader } from './block-reader.js';
import { rowsInBlocks } from './blocks.js';
import type { Bind, Format, RowBatches } from './contract.js';

export type { BlockReader, RowSink, RowSpans, Settled } from './block.js';
export { createBlockReader } from './block-reader.js';
export type { Bind, TableNames } from './contract.js';
export { FileBlocks } from './file-blocks.js';
export { linesOf } from './lines.js';
export { readText } from './records.js';
export { isSql } from './sql-dialect.js';
export { streamBlocks } from './stream.js';
export { shareStructureModule, structureModule } from './structure-module.js';

/** @throws {InputProblem} where the text cannot be read, or not to its end. */
export function readRows(format: Format, text: AsyncIterable<string>, bind: Bind): RowBatches {
  return rowsInBlocks(text, (bound) => createBlockReader(format, bound), bind);
}
