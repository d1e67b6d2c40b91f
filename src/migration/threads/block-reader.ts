/** The table of readers that read in blocks. */

import type { Format } from '../format.js';
import type { BlockReader, Settled } from '../rows/block.js';
import type { Bind } from '../rows/contract.js';
import { type CsvSettled, csvBlocks } from '../rows/csv.js';
import { type NdjsonSettled, ndjsonBlocks } from '../rows/ndjson.js';
import type { BlockFormat } from './protocol.js';

/** @param settled by another reader of the same file. */
export function blockReader(format: BlockFormat, bind: Bind, settled?: Settled): BlockReader {
  return format === 'csv'
    ? csvBlocks(bind, settled as CsvSettled | undefined)
    : ndjsonBlocks(bind, settled as NdjsonSettled | undefined);
}

export function isBlockFormat(format: Format): format is BlockFormat {
  return format === 'csv' || format === 'ndjson';
}
