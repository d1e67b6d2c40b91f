/**
 * Dumps in SQL, in blocks: INSERTs of any size and PostgreSQL's COPY. A block may begin within a statement, so that one
 * thread reads the blocks in their order. Bytes that are not text are read too: in values that are not
 * needed they do not matter.
 */
import { InputProblem } from '../../files/input-problem.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { detectSqlDialect, type SqlDialect } from './sql-dialect.js';
import { SqlLayout } from './sql-layout.js';
import { MORE, SqlLexer } from './sql-lexer.js';
import { BlockLines, endless } from './sql-problems.js';
import { SqlRows } from './sql-rows.js';
import { SqlStatements } from './sql-statements.js';
import { TableChoice } from './sql-table.js';

/** Of the beginning, which shows the dialect. */
const DIALECT_BYTES = 64 * 1024;

/** @param dialect where it is known; else the first block shows it. */
export function sqlBlocks(bind: Bind, dialect?: SqlDialect): BlockReader {
  return new SqlBlocks(bind, dialect);
}

class SqlBlocks implements BlockReader {
  readonly settled = undefined;
  readonly #choice: TableChoice;
  readonly #lexer = new SqlLexer({ mysql: false, postgres: false, isData: false });
  readonly #lines = new BlockLines();
  readonly #rows: SqlRows;
  readonly #statements: SqlStatements;
  #isDetected = false;

  constructor(bind: Bind, dialect: SqlDialect | undefined) {
    const layout = new SqlLayout();
    this.#choice = new TableChoice(bind);
    this.#rows = new SqlRows(this.#choice, layout, this.#lines);
    this.#statements = new SqlStatements(this.#choice, this.#lexer, layout, this.#lines, this.#rows);
    if (dialect !== undefined) this.#begin(dialect);
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
    const statements = this.#statements;
    this.#rows.enter(block);
    this.#lines.enter(block);
    if (!this.#isDetected && !this.#detect(block)) return { consumed: 0, lines: 0 };
    this.#lexer.enter(bytes, length, last);
    let at = 0;
    let problem: InputProblem | undefined;
    try {
      for (let next = statements.step(at); next !== MORE; next = statements.step(at)) at = next;
      at = Math.max(at, statements.resume(at));
      if (last) problem = statements.findCut(at);
      else if (length - at > MAX_RECORD_SIZE) problem = endless(this.#lines, at);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problem = error;
    }
    return { consumed: at, lines: this.#lines.count(at), problem };
  }

  deliver(sink: RowSink): void {
    this.#rows.deliver(sink, this.#lexer.dialect.mysql);
  }

  end(): void {
    this.#choice.end();
  }

  /** @returns false where a larger block is needed. */
  #detect({ bytes, length, last }: Block): boolean {
    if (length < DIALECT_BYTES && !last) return false;
    this.#begin(detectSqlDialect(bytes.toString('latin1', 0, Math.min(length, DIALECT_BYTES))));
    return true;
  }

  #begin(dialect: SqlDialect): void {
    this.#isDetected = true;
    this.#statements.begin(dialect);
  }
}
