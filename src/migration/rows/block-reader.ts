/** The table of readers that read in blocks. */

import type { Format } from '../../reports/check-report.js';
import type { BlockFormat, BlockReader, Settled } from './block.js';
import type { Bind } from './contract.js';
import { type CsvSettled, csvBlocks } from './csv.js';
import { type JsonSettled, jsonBlocks } from './json.js';
import { type NdjsonSettled, ndjsonBlocks } from './ndjson.js';

/** @param settled by another reader of the same file. */
export function createBlockReader(format: BlockFormat, bind: Bind, settled?: Settled): BlockReader {
  switch (format) {
    case 'csv':
      return csvBlocks(bind, settled as CsvSettled | undefined);
    case 'ndjson':
      return ndjsonBlocks(bind, settled as NdjsonSettled | undefined);
    case 'json':
      return jsonBlocks(bind, settled as JsonSettled | undefined);
  }
}

export function isBlockFormat(format: Format): format is BlockFormat {
  return format === 'csv' || format === 'ndjson' || format === 'json';
}
