/**
 * Dumps in SQL, in blocks: INSERTs of any size and PostgreSQL's COPY. A block may begin within a statement, so that one
 * thread reads the blocks in their order. Bytes that are not text are read too: in values that are not
 * needed they do not matter.
 */

import { InputProblem } from '../../files/input-problem.js';
import { LF, QUOTE, TAB } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { detectSqlDialect, type SqlDialect } from './sql-dialect.js';
import { readHead, type SqlHead } from './sql-head.js';
import { C_STYLE, COPY, DOUBLED, EXPRESSION, HEX, MYSQL, NULL, PLAIN, SqlLayout, TOO_LONG } from './sql-layout.js';
import { APOSTROPHE, BACKSLASH, CLOSE, COMMA, isWordByte, MORE, OPEN, SEMICOLON, SqlLexer } from './sql-lexer.js';
import { LineSkip, SqlSkip } from './sql-skip.js';
import { type SqlTable, TableChoice } from './sql-table.js';

/** Of the beginning, which shows the dialect. */
const DIALECT_BYTES = 64 * 1024;
/** A dump has as many kinds of them as tables. */
const MAX_HEAD = 64 * 1024;
const COLON = 58;
const BAR = 124;
const CR = 13;
const END_OF_COPY = '\\.';

/** What mysqldump writes around the rows of a table, and SQLite around all of them. */
const UNLOCKS = new Map([
  ['LOCK', 'UNLOCK TABLES'],
  ['UNLOCK', ''],
  ['BEGIN', 'COMMIT'],
  ['COMMIT', ''],
  ['ROLLBACK', ''],
  ['END', ''],
]);

/** Where the scan is. */
type State =
  /** Before a statement. */
  | 'statement'
  /** Before a row of an INSERT. */
  | 'row'
  /** After a row of an INSERT. */
  | 'next'
  /** Before a line of a COPY. */
  | 'copy'
  /** Within a statement that is not read. */
  | 'skip'
  /** Within a row that is not read. */
  | 'skip-row'
  /** Within the data of a COPY that is not read. */
  | 'skip-copy'
  /** Within a line of a COPY that is not read. */
  | 'skip-line'
  /** Within a routine, between two DELIMITERs. */
  | 'skip-routine';

/** A table of an INSERT or a COPY: opened at its first row. */
interface Target {
  readonly name: string;
  readonly columns: readonly string[] | undefined;
  table: SqlTable | undefined;
  opened: boolean;
}

/** @param dialect where it is known; else the first block shows it. */
export function sqlBlocks(bind: Bind, dialect?: SqlDialect): BlockReader {
  return new SqlBlocks(bind, dialect);
}

class SqlBlocks implements BlockReader {
  readonly settled = undefined;
  readonly #choice: TableChoice;
  readonly #layout = new SqlLayout();
  readonly #lexer = new SqlLexer({ mysql: false, postgres: false, isData: false });
  readonly #skip = new SqlSkip(this.#lexer);
  readonly #copySkip = new LineSkip((line) => /^\\\.\r?$/.test(line));
  readonly #lineSkip = new LineSkip(() => true);
  readonly #routineSkip = new LineSkip((line) => /^\s*delimiter\s+;\s*$/i.test(line));
  #state: State = 'statement';
  #target: Target | undefined;
  /** The last head of an INSERT, whose next one is likely the same. */
  #head: { readonly bytes: Buffer; readonly target: Target } | undefined;
  #block: Block | undefined;
  /** The tables of the rows of the layout: each from a row on. */
  #parts: { readonly from: number; readonly table: SqlTable }[] = [];
  #isDetected = false;
  /** The statement that has to follow before the dump ends; empty where none has to. */
  #unlock = '';
  // Lines of the block, counted as far as they were asked for.
  #counted = 0;
  #lines = 0;
  #nextLf = 0;

  constructor(bind: Bind, dialect: SqlDialect | undefined) {
    this.#choice = new TableChoice(bind);
    if (dialect !== undefined) this.#setDialect(dialect);
  }

  get source(): string | undefined {
    return this.#choice.source;
  }

  get digestSeen(): boolean {
    return this.#choice.isMade;
  }

  set digestSeen(_: boolean) {}

  scan(block: Block): Scanned {
    const { bytes, length, last } = block;
    this.#block = block;
    this.#layout.clear();
    this.#parts = [];
    this.#counted = this.#lines = 0;
    this.#nextLf = -1;
    if (!this.#isDetected && !this.#detect(block)) return { consumed: 0, lines: 0 };
    this.#lexer.enter(bytes, length, last);
    let at = 0;
    let problem: InputProblem | undefined;
    try {
      for (let next = this.#step(at); next !== MORE; next = this.#step(at)) at = next;
      at = Math.max(at, this.#resume(at));
      problem = last ? this.#findCut(at) : this.#findEndless(at);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problem = error;
    }
    const lines = this.#countLines(at);
    return { consumed: at, lines, problem };
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    for (const [i, { from, table }] of this.#parts.entries()) {
      const to = this.#parts[i + 1]?.from ?? this.#layout.count;
      table.deliver(sink, this.#block, this.#layout, from, to, this.#lexer.dialect.mysql);
    }
  }

  end(): void {
    this.#choice.end();
  }

  /** @returns false where a larger block is needed. */
  #detect({ bytes, length, last }: Block): boolean {
    if (length < DIALECT_BYTES && !last) return false;
    this.#setDialect(detectSqlDialect(bytes.toString('latin1', 0, Math.min(length, DIALECT_BYTES))));
    return true;
  }

  #setDialect(dialect: SqlDialect): void {
    this.#lexer.dialect = dialect;
    this.#isDetected = true;
    if (!dialect.isData) return;
    this.#target = { name: '', columns: undefined, table: undefined, opened: false };
    this.#state = 'copy';
  }

  /** Of blanks that end with the block: these are read. */
  #resume(at: number): number {
    const isBetween = this.#state === 'statement' || this.#state === 'row' || this.#state === 'next';
    if (!isBetween || this.#lexer.skipBlanks(at) !== MORE) return at;
    return this.#lexer.resume;
  }

  /** @returns where the next step begins; `MORE` where the block ends before that. */
  #step(at: number): number {
    if (at >= this.#lexer.to) return MORE;
    switch (this.#state) {
      case 'statement':
        return this.#readStatement(at);
      case 'row':
        return this.#readRow(at);
      case 'next':
        return this.#readNext(at);
      case 'copy':
        return this.#readLine(at);
      case 'skip':
        return this.#passOver(at, 'statement');
      case 'skip-row':
        return this.#passOver(at, 'next');
      case 'skip-copy':
        return this.#passLines(at, this.#copySkip, 'statement');
      case 'skip-line':
        return this.#passLines(at, this.#lineSkip, 'copy');
      case 'skip-routine':
        return this.#passLines(at, this.#routineSkip, 'statement');
    }
  }

  #passOver(at: number, after: State): number {
    const { at: next, ended } = this.#skip.skip(at, (place) => this.#lineAt(place));
    if (ended) this.#state = after;
    return next === at ? MORE : next;
  }

  #passLines(at: number, skip: LineSkip, after: State): number {
    const { bytes, to, last } = this.#lexer;
    const { at: next, ended } = skip.skip(bytes, at, to, last);
    if (ended) this.#state = after;
    return next === at ? MORE : next;
  }

  #readStatement(start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    const at = lexer.skipBlanks(start);
    if (at === MORE) return MORE;
    if (bytes[at] === SEMICOLON) return at + 1;
    if (bytes[at] === BACKSLASH) {
      // A command of psql.
      const found = bytes.indexOf(LF, at);
      return found !== -1 && found < to ? found + 1 : lexer.last ? to : MORE;
    }
    const known = this.#head;
    if (known !== undefined && startsWith(bytes, at, to, known.bytes)) {
      this.#state = 'row';
      this.#target = known.target;
      return at + known.bytes.length;
    }
    const head = readHead(lexer, at);
    if (head === MORE) {
      if (to - at <= MAX_RECORD_SIZE || lexer.last) return this.#giveUp(at);
      this.#begin('statement');
      return at;
    }
    return this.#enter(head, at);
  }

  /** A statement that is not whole when the dump ends, and has no users. */
  #giveUp(at: number): number {
    if (!this.#lexer.last) return MORE;
    this.#begin('statement');
    return at;
  }

  #begin(kind: 'statement' | 'routine' | 'row'): void {
    this.#skip.begin(kind);
    this.#state = kind === 'row' ? 'skip-row' : 'skip';
  }

  #enter(head: SqlHead, start: number): number {
    switch (head.kind) {
      case 'create':
        this.#choice.declare(head.table, head.columns);
        this.#begin('statement');
        return head.end;
      case 'insert': {
        const target = { name: head.table, columns: head.columns, table: undefined, opened: false };
        if (head.end - start <= MAX_HEAD) {
          const bytes = Uint8Array.prototype.slice.call(this.#lexer.bytes, start, head.end) as Buffer;
          this.#head = { bytes, target };
        }
        this.#target = target;
        this.#state = 'row';
        return head.end;
      }
      case 'copy':
        this.#target = { name: head.table, columns: head.columns, table: undefined, opened: head.table === '' };
        this.#state = 'copy';
        return head.end;
      case 'delimiter':
        this.#routineSkip.begin(false);
        this.#state = 'skip-routine';
        return head.end;
      case 'other':
        this.#unlock = UNLOCKS.get(head.word) ?? this.#unlock;
        this.#begin(head.routine ? 'routine' : 'statement');
        return head.end;
    }
  }

  #readRow(start: number): number {
    const lexer = this.#lexer;
    const target = this.#target as Target;
    if (target.opened && target.table === undefined) {
      this.#begin('statement');
      return start;
    }
    const at = lexer.skipBlanks(start);
    if (at === MORE) return MORE;
    if (lexer.bytes[at] !== OPEN) {
      // INSERT … VALUES ROW(…), and what is not a row.
      throw this.#notSql(at);
    }
    const end = this.#readValues(at + 1);
    if (end === MORE) {
      this.#layout.rewind();
      if (lexer.to - at <= MAX_RECORD_SIZE || lexer.last) return MORE;
      if (!target.opened) this.#openTarget(target, 0);
      if (target.table !== undefined) this.#addRow(target.table, at, TOO_LONG);
      this.#begin('row');
      return at + 1;
    }
    this.#state = 'next';
    if (!target.opened)
      this.#openTarget(target, this.#layout.used - (this.#layout.records[this.#layout.count] as number));
    if (target.table === undefined) this.#layout.rewind();
    else this.#addRow(target.table, at, 0);
    return end;
  }

  #openTarget(target: Target, width: number): void {
    target.table = this.#choice.open(target.name, target.columns, width);
    target.opened = true;
  }

  #addRow(table: SqlTable, at: number, fault: number): void {
    const { count } = this.#layout;
    if (this.#parts.at(-1)?.table !== table) this.#parts.push({ from: count, table });
    this.#layout.addRecord(this.#lineAt(at) - (this.#block as Block).line, fault);
  }

  #readNext(start: number): number {
    const lexer = this.#lexer;
    const at = lexer.skipBlanks(start);
    if (at === MORE) return MORE;
    const byte = lexer.bytes[at] as number;
    if (byte === COMMA) {
      this.#state = 'row';
      return at + 1;
    }
    // ON CONFLICT, ON DUPLICATE KEY UPDATE, RETURNING, AS.
    if (byte !== SEMICOLON && !isWordByte(byte)) throw this.#notSql(at);
    this.#begin('statement');
    return at;
  }

  /** The values of a row, after its parenthesis. @returns after the closing one. */
  #readValues(start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    let at = lexer.skipBlanks(start);
    if (at !== MORE && bytes[at] === CLOSE) return at + 1;
    while (at !== MORE) {
      const begin = at;
      at = this.#readValue(at);
      if (at === MORE) return MORE;
      let byte = bytes[at] as number;
      if (at >= to || (byte !== COMMA && byte !== CLOSE)) {
        const next = lexer.skipBlanks(at);
        if (next === MORE) return MORE;
        byte = bytes[next] as number;
        if (byte !== COMMA && byte !== CLOSE) {
          at = this.#readRest(begin, at, next);
          if (at === MORE) return MORE;
          byte = bytes[at] as number;
        } else at = next;
      }
      at++;
      if (byte === CLOSE) return at;
      if (at >= to || !beginsValue(bytes[at] as number)) at = lexer.skipBlanks(at);
    }
    return MORE;
  }

  /** A literal; the beginning of any other expression. */
  #readValue(start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    const byte = bytes[start] as number;
    if (byte === APOSTROPHE || byte === QUOTE) return this.#readText(start, lexer.dialect.mysql ? MYSQL : DOUBLED);
    if (byte === 48 && ((bytes[start + 1] as number) | 32) === 120 && start + 1 < to) {
      const end = lexer.skipWord(start);
      if (end !== MORE) this.#layout.addValue(start + 2, end, HEX);
      return end;
    }
    if (byte === 45 || byte === 43 || byte === 46 || (byte >= 48 && byte <= 57)) {
      let at = start + 1;
      while (at < to && (isWordByte(bytes[at] as number) || isSign(bytes, at))) at++;
      if (at >= to) return MORE;
      this.#layout.addValue(start, at, PLAIN);
      return at;
    }
    if (!isWordByte(byte)) {
      this.#layout.addValue(start, start, EXPRESSION);
      return start;
    }
    const end = lexer.skipWord(start);
    if (end === MORE || end >= to) return MORE;
    return this.#readWord(start, end);
  }

  #readWord(start: number, end: number): number {
    const lexer = this.#lexer;
    const { bytes } = lexer;
    const isPrefix = bytes[end] === APOSTROPHE;
    const word = end - start > 8 && bytes[start] !== 95 ? '' : lexer.word(start, end);
    if (word === 'NULL' || word === 'DEFAULT') this.#layout.addValue(start, start, NULL);
    else if (word === 'TRUE' || word === 'FALSE') this.#layout.addValue(start, end, PLAIN);
    else if (isPrefix && word === 'X') return this.#readQuoted(end, HEX);
    else if (isPrefix && word === 'B') return this.#readQuoted(end, PLAIN);
    else if (isPrefix && word === 'E') return this.#readText(end, C_STYLE);
    else if (isPrefix && word === 'N') return this.#readText(end, lexer.dialect.mysql ? MYSQL : DOUBLED);
    else if (bytes[start] === 95 || word === 'DATE' || word === 'TIME' || word === 'TIMESTAMP') {
      // Introducers of character sets, and types.
      const at = lexer.skipBlanks(end);
      if (at === MORE) return MORE;
      const next = bytes[at] as number;
      if (next === APOSTROPHE || next === 48 || (next | 32) === 120) return this.#readValue(at);
      this.#layout.addValue(start, start, EXPRESSION);
    } else this.#layout.addValue(start, start, EXPRESSION);
    return end;
  }

  #readText(start: number, kind: number): number {
    const lexer = this.#lexer;
    const end = lexer.skipText(start, kind === C_STYLE || kind === MYSQL);
    if (end !== MORE) this.#layout.addValue(start + 1, end - 1, lexer.escaped ? kind : PLAIN);
    return end;
  }

  #readQuoted(start: number, kind: number): number {
    const end = this.#lexer.skipText(start, false);
    if (end !== MORE) this.#layout.addValue(start + 1, end - 1, kind);
    return end;
  }

  /**
   * What follows a literal or begins an expression: casts, operators, calls.
   * @returns at the comma or the parenthesis that ends it.
   */
  #readRest(begin: number, valueEnd: number, start: number): number {
    const lexer = this.#lexer;
    const { bytes, to } = lexer;
    const layout = this.#layout;
    const value = layout.used - 1;
    const first = bytes[start] as number;
    const isCast = first === COLON && layout.kinds[value] !== EXPRESSION;
    // After a literal: a word or a text is where a quote is missing.
    const isLiteral = layout.kinds[value] !== EXPRESSION && valueEnd > begin;
    if (isLiteral && !isCast && first !== BAR && !isOperator(first)) throw this.#notSql(start);
    let depth = 0;
    let end = start;
    for (let at = start; ; ) {
      at = lexer.skipBlanks(at);
      if (at === MORE) return MORE;
      const byte = bytes[at] as number;
      if (depth === 0 && (byte === COMMA || byte === CLOSE)) {
        if (!isCast) {
          layout.starts[value] = begin;
          layout.ends[value] = end;
          layout.kinds[value] = EXPRESSION;
        }
        return at;
      }
      if (byte === SEMICOLON) throw this.#notSql(at);
      if (byte === OPEN || byte === 91) depth++;
      else if (byte === CLOSE || byte === 93) depth--;
      if (byte === APOSTROPHE || byte === QUOTE) {
        const before = bytes[at - 1] as number;
        const isC = byte === APOSTROPHE && (before === 69 || before === 101) && !isWordByte(bytes[at - 2] as number);
        at = lexer.skipText(at, lexer.dialect.mysql || isC);
        if (at === MORE) return MORE;
      } else if (isWordByte(byte)) {
        at = lexer.skipWord(at);
        if (at === MORE || at >= to) return MORE;
      } else at++;
      end = at;
    }
  }

  /** A line of COPY's text format. https://www.postgresql.org/docs/current/sql-copy.html */
  #readLine(start: number): number {
    const { bytes, to, last } = this.#lexer;
    const { isData } = this.#lexer.dialect;
    const target = this.#target as Target;
    if (target.opened && target.table === undefined) {
      this.#copySkip.begin(false);
      this.#state = 'skip-copy';
      return start;
    }
    let found = bytes.indexOf(LF, start);
    if (last && isData && (found === -1 || found >= to)) found = to;
    if (found === -1 || (found >= to && !(last && isData))) {
      if (last && bytes.toString('latin1', start, Math.min(to, start + 3)).trimEnd() === END_OF_COPY) {
        this.#state = 'statement';
        return to;
      }
      if (last || to - start <= MAX_RECORD_SIZE) return MORE;
      if (!target.opened) this.#openTarget(target, 0);
      if (target.table !== undefined) this.#addRow(target.table, start, TOO_LONG);
      this.#lineSkip.begin(true);
      this.#state = 'skip-line';
      return start;
    }
    const end = bytes[found - 1] === CR && found > start ? found - 1 : found;
    if (end === start + 2 && bytes[start] === BACKSLASH && bytes[start + 1] === 46) {
      this.#state = 'statement';
      return found + 1;
    }
    this.#readFields(start, end);
    if (!target.opened)
      this.#openTarget(target, this.#layout.used - (this.#layout.records[this.#layout.count] as number));
    if (target.table === undefined) this.#layout.rewind();
    else this.#addRow(target.table, start, 0);
    return Math.min(found + 1, to);
  }

  #readFields(start: number, end: number): void {
    const { bytes } = this.#lexer;
    let begin = start;
    let kind = PLAIN;
    for (let at = start; at <= end; at++) {
      const byte = at === end ? TAB : (bytes[at] as number);
      if (byte === TAB) {
        const isNull = kind === COPY && at === begin + 2 && bytes[begin + 1] === 78;
        this.#layout.addValue(begin, isNull ? begin : at, isNull ? NULL : kind);
        begin = at + 1;
        kind = PLAIN;
      } else if (byte === BACKSLASH) {
        kind = COPY;
        at++;
      }
    }
  }

  /** Where the dump ends within a statement, or among the rows of a table. */
  #findCut(at: number): InputProblem | undefined {
    const lexer = this.#lexer;
    const fix = 'dump it again';
    const isEnd = at >= lexer.to;
    const state = this.#state;
    const inText =
      (state === 'row' || state === 'statement') && lexer.unclosed >= at ? this.#lineAt(lexer.unclosed) : undefined;
    const line = this.#skipsText() ? this.#skip.openedLine : inText;
    if (line !== undefined) {
      return new InputProblem('unclosed-quote', 'the dump ends within a text: it is cut off, or a quote is missing', {
        line,
        byteOffset: (this.#block as Block).offset + lexer.to,
        fix,
      });
    }
    const isBetween = state === 'statement' || lexer.dialect.isData;
    if (isBetween && isEnd && this.#unlock === '') return undefined;
    const message =
      state === 'statement' && isEnd
        ? `the dump ends before ${this.#unlock}: it is cut off`
        : 'the dump ends within a statement: it is cut off';
    return new InputProblem('cut-off', message, {
      line: this.#lineAt(at),
      byteOffset: (this.#block as Block).offset + lexer.to,
      fix,
    });
  }

  #skipsText(): boolean {
    return (this.#state === 'skip' || this.#state === 'skip-row') && this.#skip.isText;
  }

  /** A comment, or a name, takes in more and more of the dump. */
  #findEndless(at: number): InputProblem | undefined {
    const { to } = this.#lexer;
    if (to - at <= MAX_RECORD_SIZE) return undefined;
    return new InputProblem('record-too-long', `a comment or a name is longer than ${MAX_RECORD_SIZE} bytes`, {
      line: this.#lineAt(at),
      byteOffset: (this.#block as Block).offset + at,
      fix: 'dump it again',
    });
  }

  #notSql(at: number): InputProblem {
    return new InputProblem(
      'not-sql',
      'the values of a row are not SQL from here on: a quote in a text is not escaped',
      {
        line: this.#lineAt(at),
        byteOffset: (this.#block as Block).offset + at,
        fix: 'dump the table again',
      },
    );
  }

  /** The physical line of a place in the block; places come in order, or nearly so. */
  #lineAt(at: number): number {
    return (this.#block as Block).line + this.#countLines(at);
  }

  #countLines(at: number): number {
    const { bytes } = this.#block as Block;
    if (at < this.#counted) {
      this.#counted = this.#lines = 0;
      this.#nextLf = -1;
    }
    if (this.#nextLf < this.#counted) this.#nextLf = findLf(bytes, this.#counted);
    while (this.#nextLf < at) {
      this.#lines++;
      this.#nextLf = findLf(bytes, this.#nextLf + 1);
    }
    this.#counted = at;
    return this.#lines;
  }
}

/** Not a blank, and not what may begin a comment. */
function beginsValue(byte: number): boolean {
  return byte === APOSTROPHE || byte >= 48 || byte === QUOTE;
}

function findLf(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(LF, from);
  return found === -1 ? Number.POSITIVE_INFINITY : found;
}

function startsWith(bytes: Buffer, at: number, to: number, head: Buffer): boolean {
  const { length } = head;
  // The word after VALUES may go on.
  if (at + length >= to || isWordByte(bytes[at + length] as number)) return false;
  for (let i = length - 1; i >= 0; i--) if (bytes[at + i] !== head[i]) return false;
  return true;
}

/** In a number: a dot, or the sign of an exponent. */
function isSign(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] as number;
  if (byte === 46) return true;
  return (byte === 43 || byte === 45) && ((bytes[at - 1] as number) | 32) === 101;
}

/** + - * / % */
function isOperator(byte: number): boolean {
  return byte === 43 || byte === 45 || byte === 42 || byte === 47 || byte === 37;
}
