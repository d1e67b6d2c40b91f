/**
 * Goes through the statements of a dump: the rows of INSERTs of any size and of PostgreSQL's COPY are read, all else is passed
 * over. Goes on in the next block where one ends, also within a statement.
 */
import type { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import { endsData, findLineEnd, isDataEnd } from './sql-copy.js';
import type { SqlDialect } from './sql-dialect.js';
import { SqlDumpEnd } from './sql-dump-end.js';
import { readHead, type SqlHead } from './sql-head.js';
import { SqlLastHead } from './sql-last-head.js';
import type { SqlLayout } from './sql-layout.js';
import { BACKSLASH, COMMA, isWordByte, MORE, OPEN, SEMICOLON, type SqlLexer } from './sql-lexer.js';
import { type SqlPart, SqlPass } from './sql-pass.js';
import { type BlockLines, cutOff, notSql, unclosedText } from './sql-problems.js';
import { SqlRowReader } from './sql-row.js';
import { type SqlRows, SqlTarget } from './sql-rows.js';
import type { TableChoice } from './sql-table.js';

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
  /** Within what is passed over. */
  | 'pass';

/** What comes after a part that is passed over. */
const AFTER: { readonly [P in SqlPart]: State } = {
  statement: 'statement',
  routine: 'statement',
  row: 'next',
  copy: 'statement',
  line: 'copy',
  delimited: 'statement',
};

/** Among the rows of the users' table: after a row of an INSERT, or before a line of a COPY. Plain data. */
export interface SqlPlace {
  readonly state: 'next' | 'copy';
  readonly name: string;
  readonly columns: readonly string[] | undefined;
  readonly width: number;
  readonly unlock: string;
  readonly isDumpOpen: boolean;
}

export class SqlStatements {
  readonly #choice: TableChoice;
  readonly #lexer: SqlLexer;
  readonly #layout: SqlLayout;
  readonly #lines: BlockLines;
  readonly #rows: SqlRows;
  readonly #row: SqlRowReader;
  readonly #pass: SqlPass;
  readonly #lastHead = new SqlLastHead();
  readonly #end = new SqlDumpEnd();
  #state: State = 'statement';
  #target: SqlTarget | undefined;
  /** After the last row in the block, where only heads of its own INSERTs may follow; -1 without one. */
  #rowEnd = -1;
  /** The table in which another reader was: where it ends, this one alone knows what follows. */
  #given: SqlTarget | undefined;

  constructor(choice: TableChoice, lexer: SqlLexer, layout: SqlLayout, lines: BlockLines, rows: SqlRows) {
    this.#choice = choice;
    this.#lexer = lexer;
    this.#layout = layout;
    this.#lines = lines;
    this.#rows = rows;
    this.#row = new SqlRowReader(lexer, layout, lines);
    this.#pass = new SqlPass(lexer, lines);
  }

  /** Before the first block. */
  begin(dialect: SqlDialect): void {
    this.#lexer.dialect = dialect;
    if (!dialect.isData) return;
    this.#target = new SqlTarget('', undefined);
    this.#state = 'copy';
  }

  /** Goes on where another reader of the same dump was. */
  beginAt({ state, name, columns, width, unlock, isDumpOpen }: SqlPlace): void {
    const target = new SqlTarget(name, columns);
    this.#rows.open(target, width);
    this.#given = this.#target = target;
    this.#state = state;
    this.#end.unlock = unlock;
    this.#lexer.isDumpOpen = isDumpOpen;
  }

  /** Undefined outside of the rows of the users' table. */
  get place(): SqlPlace | undefined {
    const target = this.#target;
    const state = this.#state;
    if (target?.table === undefined || (state !== 'next' && state !== 'copy')) return undefined;
    if (this.#lexer.executed) return undefined;
    if (this.#given !== undefined && this.#given !== target) return undefined;
    const { name, columns, width } = target;
    return { state, name, columns, width, unlock: this.#end.unlock, isDumpOpen: this.#lexer.isDumpOpen };
  }

  /** Begins a block. */
  enter(): void {
    this.#rowEnd = -1;
  }

  /**
   * Goes back to the last row, where the next block can be read by another thread.
   * @returns where that begins.
   */
  goBack(at: number): number {
    const lexer = this.#lexer;
    if (this.#rowEnd === -1 || lexer.to - this.#rowEnd > MAX_RECORD_SIZE) return at;
    this.#state = 'next';
    lexer.executed = false;
    return this.#rowEnd;
  }

  /** Of blanks that end with the block: these are read. */
  resume(at: number): number {
    const isBetween = this.#state === 'statement' || this.#state === 'row' || this.#state === 'next';
    if (!isBetween || this.#lexer.skipBlanks(at) !== MORE) return at;
    return this.#lexer.resume;
  }

  /** @returns where the next step begins; `MORE` where the block ends before that. */
  step(at: number): number {
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
      case 'pass': {
        const next = this.#pass.pass(at);
        if (this.#pass.isOver) this.#state = AFTER[this.#pass.part];
        return next;
      }
    }
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
    const known = this.#lastHead.at(bytes, at, to);
    if (known !== undefined) {
      this.#state = 'row';
      this.#target = known;
      return at + this.#lastHead.length;
    }
    const head = readHead(lexer, at);
    if (head === MORE) {
      if (to - at <= MAX_RECORD_SIZE && !lexer.last) return MORE;
      // A statement that is too long, or cut off: it has no users.
      this.#passOver('statement');
      return at;
    }
    return this.#enter(head, at);
  }

  #passOver(part: SqlPart): void {
    if (part === 'row') this.#rowEnd = -1;
    this.#pass.begin(part);
    this.#state = 'pass';
  }

  #enter(head: SqlHead, start: number): number {
    const isSame = head.kind === 'insert' && this.#target?.isNamedBy(head.table, head.columns) === true;
    if (!isSame) this.#rowEnd = -1;
    switch (head.kind) {
      case 'create':
        this.#choice.declare(head.table, head.columns);
        this.#passOver('statement');
        return head.end;
      case 'insert': {
        const target = isSame ? (this.#target as SqlTarget) : new SqlTarget(head.table, head.columns);
        this.#lastHead.keep(this.#lexer.bytes, start, head.end, target);
        this.#target = target;
        this.#state = 'row';
        return head.end;
      }
      case 'copy':
        // Data in another form is passed over.
        this.#target = new SqlTarget(head.table, head.columns, head.table === '');
        this.#state = 'copy';
        return head.end;
      case 'delimiter':
        this.#passOver('delimited');
        return head.end;
      case 'other':
        this.#end.note(head.word);
        this.#passOver(head.routine ? 'routine' : 'statement');
        return head.end;
    }
  }

  #readRow(start: number): number {
    const lexer = this.#lexer;
    const target = this.#target as SqlTarget;
    if (target.isPassed) {
      this.#passOver('statement');
      return start;
    }
    const at = lexer.skipBlanks(start);
    if (at === MORE) return MORE;
    // INSERT … VALUES ROW(…), and what is not a row.
    if (lexer.bytes[at] !== OPEN) throw notSql(this.#lines, at);
    const end = this.#row.read(at + 1);
    if (end === MORE) {
      this.#layout.rewind();
      if (lexer.to - at <= MAX_RECORD_SIZE || lexer.last) return MORE;
      this.#rows.addTooLong(target, at, false);
      this.#passOver('row');
      return at + 1;
    }
    this.#state = 'next';
    this.#rows.add(target, at);
    this.#rowEnd = target.isPassed || lexer.executed ? -1 : end;
    return end;
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
    if (byte !== SEMICOLON && !isWordByte(byte)) throw notSql(this.#lines, at);
    this.#passOver('statement');
    return at;
  }

  /** A line of a COPY. */
  #readLine(start: number): number {
    const lexer = this.#lexer;
    const target = this.#target as SqlTarget;
    if (target.isPassed) {
      this.#passOver('copy');
      return start;
    }
    const found = findLineEnd(lexer, start);
    if (found === MORE) {
      if (endsData(lexer, start)) {
        this.#state = 'statement';
        return lexer.to;
      }
      if (lexer.last || lexer.to - start <= MAX_RECORD_SIZE) return MORE;
      this.#rows.addTooLong(target, start, true);
      this.#passOver('line');
      return start;
    }
    if (isDataEnd(lexer.bytes, start, found)) this.#state = 'statement';
    else this.#rows.addLine(target, start, found);
    return Math.min(found + 1, lexer.to);
  }

  /** Where the dump ends within a statement, or among the rows of a table. */
  findCut(at: number): InputProblem | undefined {
    const lexer = this.#lexer;
    const lines = this.#lines;
    const isEnd = at >= lexer.to;
    const state = this.#state;
    const isRead = state === 'row' || state === 'statement';
    const inText = isRead && lexer.unclosed >= at ? lines.lineAt(lexer.unclosed) : undefined;
    const line = state === 'pass' ? this.#pass.textLine : inText;
    if (line !== undefined) return unclosedText(lines, line, lexer.to);
    const isBetween = state === 'statement' || lexer.dialect.isData;
    const missing = this.#end.findMissing(lexer.isDumpOpen);
    if (isBetween && isEnd && missing === '') return undefined;
    const message =
      state === 'statement' && isEnd
        ? `the dump ends before ${missing}: it is cut off`
        : 'the dump ends within a statement: it is cut off';
    return cutOff(lines, message, at, lexer.to);
  }
}
