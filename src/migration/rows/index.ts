/** The table of readers. */

import { rowsInBlocks } from './blocks.js';
import { readColons } from './colons.js';
import type { Format, Reader } from './contract.js';
import { csvBlocks } from './csv.js';
import { readJson } from './json.js';
import { readLdif } from './ldif.js';
import { ndjsonBlocks } from './ndjson.js';
import { sqlBlocks } from './sql.js';

export const readers: Readonly<Record<Format, Reader>> = {
  csv: (text, bind) => rowsInBlocks(text, csvBlocks, bind),
  ndjson: (text, bind) => rowsInBlocks(text, ndjsonBlocks, bind),
  json: readJson,
  ldif: readLdif,
  colons: readColons,
  sql: (text, bind) => rowsInBlocks(text, (bound) => sqlBlocks(bound), bind),
};
