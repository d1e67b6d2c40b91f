/**
 * Finds the fields and records of a CSV in its bytes, RFC 4180: the reference for each dialect, and the only place that
 * decides which quotes open and close a field; `CsvLayout` reads the text between them. A `CsvFinder` may find
 * records faster; it adds to the same layout what this would.
 *
 * - A quote opens a field as its first byte only. Later in an unquoted field it is text.
 * - In quotes, two are one. One closes the field where a delimiter, the end of the record or of the text follows, with
 *   blanks or a CR between. Where anything else follows, the record is irregular, and the field goes on.
 * - A record ends with LF or with CR. Where it ends with LF, a CR before that does not belong to the last field.
 * - All else is text: NUL, line ends of the other kind, bytes of UTF-8.
 */
import { CR, LF, QUOTE, SPACE, TAB } from '../ascii.js';
import { type CsvLayout, DOUBLED_QUOTE, STRAY_QUOTE } from './csv-layout.js';
import type { CsvFinder } from './csv-simd.js';
import { MIN_TEXT } from './finder.js';

// What a byte is outside quotes; 0 is text.
/** May be between a closing quote and what ends the field. */
const BLANK = 1;
/** A line ends, for editors, and the record does not. */
const LINE_END = 2;
const DELIMITER = 3;
const RECORD_END = 4;

export interface ScanEnd {
  /** After the last whole record. */
  readonly at: number;
  /** Line ends so far. */
  readonly lines: number;
  /** What the bytes after that are: nothing, the beginning of a record, or one that ends within quotes. */
  readonly rest: 'none' | 'record' | 'quoted';
}

export class CsvMachine {
  readonly #kinds: Uint8Array;
  readonly #recordEnd: number;
  readonly #layout: CsvLayout;
  readonly #finder: CsvFinder | undefined;
  /** Of the record that is read. */
  #line = 0;
  #quotes = 0;

  /**
   * @param delimiters each separates fields.
   * @param recordEnds LF, CR, or both where the dialect is not known yet.
   * @param finder of the same dialect, for the same layout.
   */
  constructor(delimiters: readonly number[], recordEnds: readonly number[], layout: CsvLayout, finder?: CsvFinder) {
    this.#kinds = new Uint8Array(256);
    for (const byte of [SPACE, TAB, CR]) this.#kinds[byte] = BLANK;
    this.#kinds[LF] = LINE_END;
    for (const byte of delimiters) this.#kinds[byte] = DELIMITER;
    for (const byte of recordEnds) this.#kinds[byte] = RECORD_END;
    this.#recordEnd = recordEnds[0] as number;
    this.#layout = layout;
    this.#finder = finder;
  }

  /**
   * Fills the layout with the records of `bytes[from, to)`.
   * @param bytes with room for one more after `to`.
   * @param last the text ends at `to`, and with it a last record.
   * @param limit stops when the layout has this number of records.
   */
  scan(bytes: Uint8Array, from: number, to: number, last: boolean, limit: number = Infinity): ScanEnd {
    const layout = this.#layout;
    const finder = this.#finder;
    let at = from;
    let rest: ScanEnd['rest'] = 'none';
    layout.clear(from);
    const kept = bytes[to] as number;
    // Ends the search for the end of a field.
    bytes[to] = this.#recordEnd;
    finder?.enter();
    while (at < to && layout.count < limit) {
      if (finder !== undefined && to - at >= MIN_TEXT) {
        at = finder.takeRecords(bytes, at, to);
        if (at === to) break;
      }
      const next = this.#scanRecord(bytes, at, to);
      if (next < 0 || (next > to && !last)) {
        rest = next < 0 ? 'quoted' : 'record';
        break;
      }
      this.#addRecord();
      at = Math.min(next, to);
    }
    bytes[to] = kept;
    return { at, lines: layout.line, rest };
  }

  /** @returns after what ends the record at `start`; -1 where a quote is not closed. */
  #scanRecord(bytes: Uint8Array, start: number, to: number): number {
    const layout = this.#layout;
    const kinds = this.#kinds;
    let { positions } = layout;
    let used = (layout.records[layout.count] as number) + 1;
    let at = start - 1;
    let kind = DELIMITER;
    this.#line = layout.line;
    this.#quotes = 0;
    while (kind === DELIMITER) {
      at++;
      if (bytes[at] === QUOTE) {
        at = this.#endOfQuoted(bytes, at + 1, to);
        if (at < 0) {
          layout.used = used;
          return -1;
        }
        kind = kinds[bytes[at] as number] as number;
      } else {
        kind = kinds[bytes[at] as number] as number;
        while (kind < DELIMITER) {
          if (kind === LINE_END) this.#line++;
          kind = kinds[bytes[++at] as number] as number;
        }
      }
      if (used >= positions.length) {
        layout.reservePositions(used + 1);
        positions = layout.positions;
      }
      positions[used++] = at;
    }
    layout.used = used;
    if (at < to) this.#line++;
    return at + 1;
  }

  /** @returns what ends the field whose opening quote is before `start`: a separator, or `to`; -1 where no quote does. */
  #endOfQuoted(bytes: Uint8Array, start: number, to: number): number {
    const kinds = this.#kinds;
    const recordEnd = this.#recordEnd;
    for (let at = start; ; at++) {
      for (let byte = bytes[at] as number; byte !== QUOTE; byte = bytes[++at] as number) {
        if (at >= to) return -1;
        if (byte > CR) continue;
        // A CRLF is one line end.
        if (byte === recordEnd || (byte === LF && bytes[at - 1] !== CR)) this.#line++;
      }
      if (bytes[at + 1] === QUOTE) {
        this.#quotes |= DOUBLED_QUOTE;
        at++;
        continue;
      }
      let end = at + 1;
      while (kinds[bytes[end] as number] === BLANK) end++;
      if ((kinds[bytes[end] as number] as number) >= DELIMITER) return end;
      this.#quotes |= STRAY_QUOTE;
    }
  }

  #addRecord(): void {
    const layout = this.#layout;
    const { count } = layout;
    layout.reserveRecords(count + 1);
    layout.quotes[count] = this.#quotes;
    layout.records[count + 1] = layout.used - 1;
    layout.lines[count + 1] = this.#line;
    layout.count++;
    layout.line = this.#line;
  }
}
