/** The table of readers. */

import { rowsInBlocks } from './blocks.js';
import { colonBlocks } from './colons.js';
import type { Format, Reader } from './contract.js';
import { csvBlocks } from './csv.js';
import { jsonBlocks } from './json.js';
import { ldifBlocks } from './ldif.js';
import { ndjsonBlocks } from './ndjson.js';
import { sqlBlocks } from './sql.js';

export type { BlockReader, RowSink, RowSpans, Settled } from './block.js';
export { createBlockReader } from './block-reader.js';
export type { Bind, TableNames } from './contract.js';
export { FileBlocks } from './file-blocks.js';
export { linesOf } from './lines.js';
export { readText } from './records.js';
export { isSql } from './sql-dialect.js';
export { streamBlocks } from './stream.js';

export const readers: Readonly<Record<Format, Reader>> = {
  csv: (text, bind) => rowsInBlocks(text, csvBlocks, bind),
  ndjson: (text, bind) => rowsInBlocks(text, ndjsonBlocks, bind),
  json: (text, bind) => rowsInBlocks(text, jsonBlocks, bind),
  ldif: (text, bind) => rowsInBlocks(text, ldifBlocks, bind),
  colons: (text, bind) => rowsInBlocks(text, colonBlocks, bind),
  xlsx: (text, bind) => rowsInBlocks(text, csvBlocks, bind),
  sql: (text, bind) => rowsInBlocks(text, (bound) => sqlBlocks(bound), bind),
};
