/** Finds fields and records of a CSV in its bytes, RFC 4180. What is not well-formed is left to a slower reader. */

import { PLACES_AT } from '../../kernels/structure-layout.js';
import { type Finder, findFrom, MIN_TEXT } from './finder.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Where fields and records are. One object is filled again and again. */
export interface Layout {
  /** Positions of what is before, between and behind the fields, record after record. */
  positions: Int32Array;
  /** Of each record: the place in `positions` before its first field. One more behind the last. */
  records: Int32Array;
  /** Of each record: lines from the beginning of the block. */
  lines: Int32Array;
  /** Of each record: 1 where a quote within a value is doubled. */
  doubled: Uint8Array;
  count: number;
}

/** Where a scan goes on: a record, and the lines before it in the block. */
export interface ScanStart {
  readonly at: number;
  readonly line: number;
}

/** Where and why a scan ended. */
export interface ScanEnd {
  /** Behind the last whole record. */
  readonly at: number;
  /** Line ends so far. */
  readonly lines: number;
  /** `cut`: the rest is no whole record; `odd`: a value goes on after its closing quote. */
  readonly why: 'end' | 'cut' | 'odd';
  /** The rest begins a value in quotes that has no end. */
  readonly quoted: boolean;
}

export function newLayout(): Layout {
  return {
    positions: new Int32Array(1 << 12),
    records: new Int32Array(1 << 10),
    lines: new Int32Array(1 << 10),
    doubled: new Uint8Array(1 << 10),
    count: 0,
  };
}

/**
 * Scans `bytes[from.at, to)`; records end with LF, and are added to those of the layout.
 * @param bytes with room for one more behind `to`.
 * @param last the text ends at `to`, and with it a last record.
 */
export function scanCsv(
  bytes: Uint8Array,
  from: ScanStart,
  to: number,
  last: boolean,
  delimiter: number,
  layout: Layout,
  finder?: Finder,
): ScanEnd {
  let { positions, records, lines, doubled } = layout;
  let count = layout.count;
  let used = count === 0 ? 0 : (records[count] as number);
  let line = from.line;
  let at = from.at;
  let recordAt = from.at;
  let why: ScanEnd['why'] = 'end';
  let quoted = false;
  const kept = bytes[to] as number;
  // Ends the search for the end of a value.
  bytes[to] = LF;
  if (finder !== undefined) finder.isOdd = false;
  scan: while (recordAt < to) {
    if (finder !== undefined && to - recordAt >= MIN_TEXT) {
      const places = findFrom(finder, bytes, recordAt, to, delimiter);
      const { words, start } = finder;
      while (used + 2 * places + 2 >= positions.length) layout.positions = positions = grown(positions);
      const before = recordAt;
      let next = used;
      positions[next++] = recordAt - 1;
      for (let i = 0; i < places; i++) {
        const position = start + (words[PLACES_AT / 4 + i] as number);
        positions[next++] = position;
        if (bytes[position] !== LF) continue;
        if (count + 1 >= records.length) {
          layout.records = records = grown(records);
          layout.lines = lines = grown(lines);
          layout.doubled = doubled = Uint8Array.from({ length: 2 * doubled.length }, (_, k) => doubled[k] ?? 0);
        }
        records[count] = used;
        lines[count] = line++;
        doubled[count++] = 0;
        recordAt = position + 1;
        used = next;
        positions[next++] = position;
      }
      if (!finder.isOdd && recordAt > before) continue;
    }
    const first = used;
    const firstLine = line;
    let isDoubled = 0;
    at = recordAt;
    if (count + 1 >= records.length) {
      layout.records = records = grown(records);
      layout.lines = lines = grown(lines);
      layout.doubled = doubled = Uint8Array.from({ length: 2 * doubled.length }, (_, i) => doubled[i] ?? 0);
    }
    if (used + 2 >= positions.length) layout.positions = positions = grown(positions);
    positions[used++] = at - 1;
    for (;;) {
      let byte = bytes[at] as number;
      if (byte === QUOTE && at < to) {
        at++;
        for (;;) {
          for (byte = bytes[at] as number; byte !== QUOTE && at < to; byte = bytes[++at] as number) {
            if (byte === LF) line++;
          }
          if (at >= to) {
            why = 'cut';
            quoted = true;
            used = first;
            line = firstLine;
            break scan;
          }
          if (at + 1 < to && bytes[at + 1] === QUOTE) {
            isDoubled = 1;
            at += 2;
            continue;
          }
          break;
        }
        at++;
        byte = bytes[at] as number;
        if (byte === CR && at < to && bytes[at + 1] === LF) byte = bytes[++at] as number;
        if (at < to && byte !== LF && byte !== delimiter) {
          // A CR at the very end may be the first half of a CRLF.
          why = !last && byte === CR && at + 1 === to ? 'cut' : 'odd';
          used = first;
          line = firstLine;
          break scan;
        }
      } else {
        while (byte !== delimiter && byte !== LF) byte = bytes[++at] as number;
      }
      if (at >= to) {
        if (!last) {
          why = 'cut';
          used = first;
          line = firstLine;
          break scan;
        }
        at = to;
        byte = LF;
      }
      if (used + 2 >= positions.length) layout.positions = positions = grown(positions);
      positions[used++] = at;
      if (byte === LF) break;
      at++;
    }
    records[count] = first;
    lines[count] = firstLine;
    doubled[count] = isDoubled;
    count++;
    if (at < to) line++;
    recordAt = at < to ? at + 1 : to;
  }
  bytes[to] = kept;
  records[count] = used;
  layout.count = count;
  return { at: recordAt, lines: line, why, quoted };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * array.length);
  more.set(array);
  return more;
}
