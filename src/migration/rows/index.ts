/** The table of readers. */

import { rowsInBlocks } from './blocks.js';
import { readColons } from './colons.js';
import type { Format, Reader } from './contract.js';
import { csvBlocks } from './csv.js';
import { jsonBlocks } from './json.js';
import { readLdif } from './ldif.js';
import { ndjsonBlocks } from './ndjson.js';

export type { BlockFormat, BlockReader, RowSink, RowSpans, Settled } from './block.js';
export { createBlockReader, isBlockFormat } from './block-reader.js';
export type { Bind } from './contract.js';
export { FileBlocks } from './file-blocks.js';
export { linesOf } from './lines.js';
export { readText } from './records.js';
export { streamBlocks } from './stream.js';

export const readers: Readonly<Record<Format, Reader>> = {
  csv: (text, bind) => rowsInBlocks(text, csvBlocks, bind),
  ndjson: (text, bind) => rowsInBlocks(text, ndjsonBlocks, bind),
  json: (text, bind) => rowsInBlocks(text, jsonBlocks, bind),
  ldif: readLdif,
  colons: readColons,
};
