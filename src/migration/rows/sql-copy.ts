/** Lines of COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
import type { Buffer } from 'node:buffer';
import { CR, LF, TAB } from '../ascii.js';
import { COPY, NULL, PLAIN, type SqlLayout } from './sql-layout.js';
import { BACKSLASH, MORE, type SqlLexer } from './sql-lexer.js';

const DOT = 46;
const UPPER_N = 78;

/** @returns the line end, or the end of rows without statements; `MORE` where the block ends before. */
export function findLineEnd({ bytes, to, last, dialect }: SqlLexer, start: number): number {
  const found = bytes.indexOf(LF, start);
  if (found !== -1 && found < to) return found;
  return last && dialect.isData ? to : MORE;
}

/** Whether the dump ends with the line that ends the data, which has no line end. */
export function endsData({ bytes, to, last }: SqlLexer, start: number): boolean {
  return last && bytes.toString('latin1', start, Math.min(to, start + 3)).trimEnd() === '\\.';
}

/** Whether the line ends the data. */
export function isDataEnd(bytes: Buffer, start: number, lineEnd: number): boolean {
  if (bytes[start] !== BACKSLASH || bytes[start + 1] !== DOT) return false;
  return lineEnd === start + 2 || (lineEnd === start + 3 && bytes[start + 2] === CR);
}

/** Adds the values of a line, which ends at `lineEnd`. */
export function readFields(layout: SqlLayout, bytes: Buffer, start: number, lineEnd: number): void {
  const end = bytes[lineEnd - 1] === CR && lineEnd > start ? lineEnd - 1 : lineEnd;
  let begin = start;
  let kind = PLAIN;
  for (let at = start; at <= end; at++) {
    const byte = at === end ? TAB : (bytes[at] as number);
    if (byte === TAB) {
      const isNull = kind === COPY && at === begin + 2 && bytes[begin + 1] === UPPER_N;
      layout.addValue(begin, isNull ? begin : at, isNull ? NULL : kind);
      begin = at + 1;
      kind = PLAIN;
    } else if (byte === BACKSLASH) {
      kind = COPY;
      at++;
    }
  }
}
