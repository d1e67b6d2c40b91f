/** The table of readers. */

import { readColons } from './colons.js';
import type { Format, Reader } from './contract.js';
import { readCsv } from './csv.js';
import { readJson } from './json.js';
import { readLdif } from './ldif.js';
import { readNdjson } from './ndjson.js';

export const readers: Readonly<Record<Format, Reader>> = {
  csv: readCsv,
  ndjson: readNdjson,
  json: readJson,
  ldif: readLdif,
  colons: readColons,
};
