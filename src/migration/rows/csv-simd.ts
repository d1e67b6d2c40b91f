/** Records that the kernel finds, 16 bytes at a time, as the machine would have found them. */

import { PLACES_AT } from '../../kernels/structure-layout.js';
import { LF } from '../ascii.js';
import type { CsvLayout } from './csv-layout.js';
import { type Finder, findFrom } from './finder.js';

/**
 * Adds records from the one at `at` on to the layout, whole ones, up to the first that the kernel cannot read. None of
 * them has a doubled or a stray quote, or a line end within quotes.
 * @returns after the last of them.
 */
export function takeRecords(
  finder: Finder,
  bytes: Uint8Array,
  at: number,
  to: number,
  delimiter: number,
  layout: CsvLayout,
): number {
  const places = findFrom(finder, bytes, at, to, delimiter);
  let { count, line } = layout;
  let used = layout.records[count] as number;
  layout.reservePositions(used + 2 * places + 2);
  layout.reserveRecords(count + places + 1);
  const { positions, records, lines, quotes } = layout;
  const { words, start } = finder;
  let recordAt = at;
  let next = used;
  positions[next++] = at - 1;
  for (let i = 0; i < places; i++) {
    const position = start + (words[PLACES_AT / 4 + i] as number);
    positions[next++] = position;
    if (bytes[position] !== LF) continue;
    lines[count] = line++;
    quotes[count++] = 0;
    records[count] = used = next;
    recordAt = position + 1;
    positions[next++] = position;
  }
  layout.count = count;
  layout.used = used;
  layout.line = line;
  return recordAt;
}
