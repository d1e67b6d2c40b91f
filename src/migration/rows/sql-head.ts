/** The heads of statements: the columns that CREATE TABLE, INSERT and COPY name. */

import { LF } from '../ascii.js';
import { APOSTROPHE, CLOSE, COMMA, MORE, OPEN, SEMICOLON, type SqlLexer } from './sql-lexer.js';

export interface SqlColumn {
  readonly name: string;
  /** Its value is computed: some dumps leave it out. */
  readonly generated: boolean;
  /** For bytes. */
  readonly binary: boolean;
}

export type SqlHead =
  | { readonly kind: 'create'; readonly end: number; readonly table: string; readonly columns: readonly SqlColumn[] }
  /** `columns`: undefined where the statement names none. */
  | {
      readonly kind: 'insert' | 'copy';
      readonly end: number;
      readonly table: string;
      readonly columns: readonly string[] | undefined;
    }
  /** Client commands between two of these are the body of a routine. */
  | { readonly kind: 'delimiter'; readonly end: number }
  /** Nothing of rows. `routine`: its body may have semicolons. */
  | { readonly kind: 'other'; readonly end: number; readonly word: string; readonly routine: boolean };

const INSERT_WORDS = new Set([
  ...[
    'LOW_PRIORITY',
    'DELAYED',
    'HIGH_PRIORITY',
    'IGNORE',
    'OR',
    'REPLACE',
    'ROLLBACK',
    'ABORT',
    'FAIL',
    'INTO',
    'ONLY',
  ],
]);
const CREATE_WORDS = new Set([
  'OR',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'UNLOGGED',
  'GLOBAL',
  'LOCAL',
  'FOREIGN',
  'EXTERNAL',
]);
const ROUTINES = new Set(['TRIGGER', 'FUNCTION', 'PROCEDURE', 'EVENT', 'DEFINER', 'CONSTRAINT']);
/** In the place of a column. In MySQL's dumps columns are in quotes, elsewhere a column may be called key or index. */
const CONSTRAINTS = new Set(['PRIMARY', 'UNIQUE', 'CONSTRAINT', 'FOREIGN', 'CHECK', 'EXCLUDE', 'LIKE', 'PERIOD']);
const KEYS = new Set(['KEY', 'INDEX', 'FULLTEXT', 'SPATIAL']);
const BINARY = /^(?:(?:var)?binary|(?:tiny|medium|long)?blob|bytea|image|bit)$/i;

/** @returns `MORE` where the block ends before the head does. */
export function readHead(lexer: SqlLexer, start: number): SqlHead | typeof MORE {
  const end = lexer.skipWord(start);
  if (end === MORE) return MORE;
  const first = lexer.word(start, end);
  switch (first) {
    case 'INSERT':
    case 'REPLACE':
      return readInsert(lexer, start, end);
    case 'COPY':
      return readCopy(lexer, start, end);
    case 'CREATE':
      return readCreate(lexer, start, end);
    case 'DELIMITER': {
      const line = lexer.bytes.indexOf(LF, end);
      if (line === -1 || line >= lexer.to) return lexer.last ? { kind: 'delimiter', end: lexer.to } : MORE;
      return { kind: 'delimiter', end: line + 1 };
    }
    default:
      return { kind: 'other', end: start, word: first, routine: false };
  }
}

/** The statement is passed over from its beginning on: a quote may be anywhere in it. */
function other(start: number, routine: boolean): SqlHead {
  return { kind: 'other', end: start, word: '', routine };
}

function readInsert(lexer: SqlLexer, start: number, afterInsert: number): SqlHead | typeof MORE {
  let at = skipWords(lexer, afterInsert, INSERT_WORDS);
  if (at === MORE) return MORE;
  const afterName = lexer.skipName(at);
  const table = lexer.name;
  if (afterName === MORE) return MORE;
  if (afterName === at) return other(start, false);
  at = lexer.skipBlanks(afterName);
  if (at === MORE) return MORE;
  let columns: string[] | undefined;
  if (lexer.bytes[at] === OPEN) {
    columns = [];
    at = readNames(lexer, at, columns);
    if (at === MORE) return MORE;
    if (columns.length === 0) return other(start, false);
  }
  for (;;) {
    const end = lexer.skipWord(at);
    if (end === MORE) return MORE;
    const word = lexer.word(at, end);
    if (word === 'VALUES' || word === 'VALUE') return { kind: 'insert', end, table, columns };
    // OVERRIDING SYSTEM VALUE is before VALUES.
    if (word !== 'OVERRIDING') return other(start, false);
    const kind = lexer.skipBlanks(end);
    const kindEnd = kind === MORE ? MORE : lexer.skipWord(kind);
    const value = kindEnd === MORE ? MORE : lexer.skipBlanks(kindEnd);
    const valueEnd = value === MORE ? MORE : lexer.skipWord(value);
    at = valueEnd === MORE ? MORE : lexer.skipBlanks(valueEnd);
    if (at === MORE) return MORE;
  }
}

/** COPY table (columns) FROM stdin; and the rest of the line. */
function readCopy(lexer: SqlLexer, start: number, afterCopy: number): SqlHead | typeof MORE {
  const { bytes } = lexer;
  let at = lexer.skipBlanks(afterCopy);
  if (at === MORE) return MORE;
  const afterName = lexer.skipName(at);
  const table = lexer.name;
  if (afterName === MORE) return MORE;
  at = lexer.skipBlanks(afterName);
  if (at === MORE) return MORE;
  let columns: string[] | undefined;
  if (bytes[at] === OPEN) {
    columns = [];
    at = readNames(lexer, at, columns);
    if (at === MORE) return MORE;
  }
  const found = bytes.indexOf(LF, at);
  if (found === -1 || found >= lexer.to) return MORE;
  const rest = bytes.toString('latin1', at, found).trim().toUpperCase();
  if (!/^FROM\s+STDIN\b/.test(rest) || !rest.endsWith(';')) return other(start, false);
  // Data in another form is passed over.
  const isText = /^FROM\s+STDIN\s*;$/.test(rest);
  return { kind: 'copy', end: found + 1, table: isText ? table : '', columns };
}

function readCreate(lexer: SqlLexer, start: number, afterCreate: number): SqlHead | typeof MORE {
  const { bytes } = lexer;
  let at = skipWords(lexer, afterCreate, CREATE_WORDS);
  if (at === MORE) return MORE;
  let end = lexer.skipWord(at);
  if (end === MORE) return MORE;
  const word = lexer.word(at, end);
  if (word !== 'TABLE') return other(start, ROUTINES.has(word));
  at = skipWords(lexer, end, new Set(['IF', 'NOT', 'EXISTS']));
  if (at === MORE) return MORE;
  end = lexer.skipName(at);
  const table = lexer.name;
  if (end === MORE) return MORE;
  at = lexer.skipBlanks(end);
  if (at === MORE) return MORE;
  if (bytes[at] !== OPEN) return other(start, false);
  const columns: SqlColumn[] = [];
  at++;
  for (;;) {
    at = lexer.skipBlanks(at);
    if (at === MORE) return MORE;
    at = readDefinition(lexer, at, columns);
    if (at === MORE) return MORE;
    if (bytes[at++] !== COMMA) return { kind: 'create', end: at, table, columns };
  }
}

/** A column or a constraint. @returns at the comma or the parenthesis after it. */
function readDefinition(lexer: SqlLexer, start: number, columns: SqlColumn[]): number {
  const { bytes } = lexer;
  const end = lexer.skipName(start);
  if (end === MORE) return MORE;
  const { name } = lexer;
  const isQuoted = end > start && lexer.skipWord(start) === start;
  const word = isQuoted ? '' : name.toUpperCase();
  const isColumn = end > start && !CONSTRAINTS.has(word) && !(lexer.dialect.mysql && KEYS.has(word));
  let depth = 0;
  let generated = false;
  let type: string | undefined;
  let wasAs = false;
  for (let at = end; ; ) {
    at = lexer.skipBlanks(at);
    if (at === MORE) return MORE;
    const byte = bytes[at] as number;
    if (depth === 0 && (byte === COMMA || byte === CLOSE)) {
      if (isColumn) columns.push({ name, generated, binary: BINARY.test(type ?? '') });
      return at;
    }
    if (byte === OPEN) {
      if (wasAs && depth === 0) generated = true;
      depth++;
      at++;
    } else if (byte === CLOSE) {
      depth--;
      at++;
    } else if (byte === SEMICOLON) {
      // Not a list of columns after all.
      return at;
    } else {
      const next = byte === APOSTROPHE ? lexer.skipText(at, lexer.dialect.mysql) : lexer.skipName(at);
      if (next === MORE) return MORE;
      const said = byte === APOSTROPHE || next === at ? '' : lexer.name.toUpperCase();
      type ??= said;
      wasAs = said === 'AS';
      at = next === at ? at + 1 : next;
      continue;
    }
    wasAs = false;
  }
}

/** Names between parentheses. @returns after these and the blanks that follow; no names where something else is there. */
function readNames(lexer: SqlLexer, open: number, names: string[]): number {
  const { bytes } = lexer;
  let at = open + 1;
  for (;;) {
    at = lexer.skipBlanks(at);
    if (at === MORE) return MORE;
    const end = lexer.skipName(at);
    if (end === MORE) return MORE;
    const { name } = lexer;
    const next = lexer.skipBlanks(end);
    if (next === MORE) return MORE;
    if (end === at || (bytes[next] !== COMMA && bytes[next] !== CLOSE)) {
      names.length = 0;
      return next;
    }
    names.push(name);
    at = next + 1;
    if (bytes[next] === CLOSE) return lexer.skipBlanks(at);
  }
}

/** @returns at the first other word, or at what is not a word. */
function skipWords(lexer: SqlLexer, start: number, words: ReadonlySet<string>): number {
  let at = start;
  for (;;) {
    at = lexer.skipBlanks(at);
    if (at === MORE) return MORE;
    const end = lexer.skipWord(at);
    if (end === MORE) return MORE;
    if (end === at || !words.has(lexer.word(at, end))) return at;
    at = end;
  }
}
