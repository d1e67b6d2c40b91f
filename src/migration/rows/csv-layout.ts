/**
 * Where the records of a CSV and their fields are: spans of bytes. The machine writes them, and so does what accelerates
 * it: nothing after it knows which one did.
 */

import type { Buffer } from 'node:buffer';
import { CR, QUOTE } from '../ascii.js';

/** In a record: a quote within a quoted field is written twice. */
export const DOUBLED_QUOTE = 1;
/** In a record: text follows the closing quote of a field. The record is irregular: its meaning is not known. */
export const STRAY_QUOTE = 2;

/** The records of one block. It is cleared and filled again. */
export class CsvLayout {
  /** The byte before the first record, then the separator after each field: also the byte before the next field. */
  positions: Int32Array<ArrayBuffer> = new Int32Array(1 << 12);
  /** Of each record: where in `positions` the byte before its first field is. One more after the last. */
  records: Int32Array<ArrayBuffer> = new Int32Array(1 << 10);
  /** Of each record: the line on which it begins, counted from the beginning of the block. One more after the last. */
  lines: Int32Array<ArrayBuffer> = new Int32Array(1 << 10);
  /** Of each record: `DOUBLED_QUOTE`, `STRAY_QUOTE`, both or none. */
  quotes: Int32Array<ArrayBuffer> = new Int32Array(1 << 10);
  count = 0;
  /** Positions in use, also of a record that is not whole. */
  used = 0;
  /** Line ends in the records so far. */
  line = 0;

  /** For records from `start` on. */
  clear(start: number): void {
    this.positions[0] = start - 1;
    this.records[0] = this.lines[0] = this.count = this.line = 0;
    this.used = 1;
  }

  reservePositions(length: number): void {
    if (length > this.positions.length) this.positions = grown(this.positions, length);
  }

  /** With the one more after the last. */
  reserveRecords(count: number): void {
    if (count < this.records.length) return;
    this.records = grown(this.records, count + 1);
    this.lines = grown(this.lines, count + 1);
    this.quotes = grown(this.quotes, count + 1);
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(Math.max(length, 2 * array.length));
  more.set(array);
  return more;
}

/** After the opening quote, where there is one. `first` is where the record begins in `positions`. */
export function fieldStart(bytes: Uint8Array, positions: Int32Array, first: number, index: number): number {
  const start = (positions[first + index] as number) + 1;
  return bytes[start] === QUOTE && start < (positions[first + index + 1] as number) ? start + 1 : start;
}

/** Before the closing quote and the blanks after it, and before the CR of a CRLF. `width`: fields of the record. */
export function fieldEnd(
  bytes: Uint8Array,
  positions: Int32Array,
  first: number,
  index: number,
  width: number,
): number {
  const start = (positions[first + index] as number) + 1;
  let end = positions[first + index + 1] as number;
  if (end === start) return end;
  if (bytes[start] === QUOTE) {
    do end--;
    while (bytes[end] !== QUOTE);
    return end;
  }
  return index === width - 1 && bytes[end - 1] === CR ? end - 1 : end;
}

/** The value of a field. `quotes` of its record. */
export function fieldText(
  bytes: Buffer,
  positions: Int32Array,
  first: number,
  index: number,
  width: number,
  quotes: number,
): string {
  const start = fieldStart(bytes, positions, first, index);
  const text = bytes.toString('utf8', start, fieldEnd(bytes, positions, first, index, width));
  const isQuoted = start > (positions[first + index] as number) + 1;
  return isQuoted && (quotes & DOUBLED_QUOTE) !== 0 ? text.replaceAll('""', '"') : text;
}

/** The values of a record. */
export function recordTexts(bytes: Buffer, { positions, records, quotes }: CsvLayout, record: number): string[] {
  const first = records[record] as number;
  const width = (records[record + 1] as number) - first;
  return Array.from({ length: width }, (_, i) =>
    fieldText(bytes, positions, first, i, width, quotes[record] as number),
  );
}
