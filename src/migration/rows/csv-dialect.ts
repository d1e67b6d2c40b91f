/** How a CSV separates fields and records, detected from its first line. */

import type { Buffer } from 'node:buffer';
import { CR, LF } from '../ascii.js';
import { CsvLayout } from './csv-layout.js';
import { CsvMachine } from './csv-machine.js';

/** Plain data, for other threads. */
export interface Dialect {
  /** A byte. */
  readonly delimiter: number;
  /** CR, or LF, before which a CR may be: files of mixed line ends are read too. */
  readonly recordEnd: number;
}

/** The more likely first. */
const DELIMITERS = [...',;\t|'].map((delimiter) => delimiter.charCodeAt(0));
const HASH = 35;
const MAX_SEPARATOR_LINE = '"sep=;"'.length;
/** The first line of a file for Excel, which says what separates the fields of all others. */
const SEPARATOR_LINE = /^sep=([\t!#-/:-@[-`{-~])$/i;

/**
 * Of the first record from `start` on that is neither blank nor a comment. It is read as if each delimiter separated
 * fields and each line end records: the one that separates most is the delimiter, unless a line before it names one.
 * @param bytes with room for one more after `end`.
 * @param whole nothing follows `end`.
 * @returns undefined where that record may go on.
 */
export function detectDialect(bytes: Buffer, start: number, end: number, whole: boolean): Dialect | undefined {
  const layout = new CsvLayout();
  const machine = new CsvMachine(DELIMITERS, [LF, CR], layout);
  let named: number | undefined;
  for (let at = start; ; ) {
    const { at: next, rest } = machine.scan(bytes, at, end, whole, 1);
    const ending = layout.count > 0 ? (layout.positions[layout.used - 1] as number) : end;
    const isCr = bytes[ending] === CR && ending < end;
    // The CR may be the first half of a CRLF.
    if (!whole && (rest !== 'none' || ending >= end || (isCr && ending + 1 === end))) return undefined;
    const separator = findSeparator(bytes, at, ending);
    named ??= separator;
    if (ending < end && (separator !== undefined || isBeforeHeader(bytes, at, ending))) {
      at = next;
      continue;
    }
    const recordEnd = isCr && !(bytes[ending + 1] === LF && ending + 1 < end) ? CR : LF;
    return { delimiter: named ?? mostFrequentDelimiter(bytes, layout, end), recordEnd };
  }
}

/** Whether these are the fields of a line that says what separates the fields of all others. */
export function isSeparatorLine(fields: readonly string[]): boolean {
  const [first = '', second] = fields;
  return second === undefined
    ? SEPARATOR_LINE.test(first)
    : fields.length === 2 && second === '' && /^sep=$/i.test(first);
}

function findSeparator(bytes: Buffer, start: number, end: number): number | undefined {
  if (end - start > MAX_SEPARATOR_LINE) return undefined;
  const line = bytes.toString('latin1', start, end);
  return SEPARATOR_LINE.exec(line.startsWith('"') && line.endsWith('"') ? line.slice(1, -1) : line)?.[1]?.charCodeAt(0);
}

function isBeforeHeader(bytes: Buffer, start: number, end: number): boolean {
  return start === end || bytes[start] === HASH || bytes.toString('utf8', start, end).trim() === '';
}

/** Among the positions in use: of a record that ends within quotes those before them. */
function mostFrequentDelimiter(bytes: Uint8Array, { positions, used }: CsvLayout, end: number): number {
  const separators = positions.subarray(1, used).filter((position) => position < end);
  const counts = DELIMITERS.map(() => 0);
  for (const position of separators) {
    const index = DELIMITERS.indexOf(bytes[position] as number);
    if (index >= 0) counts[index] = (counts[index] as number) + 1;
  }
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as number;
}
