/** The table of readers that read in blocks. */

import type { Format } from '../../reports/check-report.js';
import type { BlockReader, Settled } from './block.js';
import { type ColonsSettled, colonBlocks } from './colons.js';
import type { Bind } from './contract.js';
import { type CsvSettled, csvBlocks } from './csv.js';
import { type JsonSettled, jsonBlocks } from './json.js';
import { type LdifSettled, ldifBlocks } from './ldif.js';
import { type NdjsonSettled, ndjsonBlocks } from './ndjson.js';
import { type SqlSettled, sqlBlocks } from './sql.js';

/** @param settled by another reader of the same file. */
export function createBlockReader(format: Format, bind: Bind, settled?: Settled): BlockReader {
  switch (format) {
    case 'csv':
    // Its rows come as a CSV.
    case 'xlsx':
      return csvBlocks(bind, settled as CsvSettled | undefined);
    case 'ndjson':
      return ndjsonBlocks(bind, settled as NdjsonSettled | undefined);
    case 'json':
      return jsonBlocks(bind, settled as JsonSettled | undefined);
    case 'ldif':
      return ldifBlocks(bind, settled as LdifSettled | undefined);
    case 'colons':
      return colonBlocks(bind, settled as ColonsSettled | undefined);
    case 'sql':
      return sqlBlocks(bind, settled as SqlSettled | undefined);
  }
}
