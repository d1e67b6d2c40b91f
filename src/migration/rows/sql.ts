/**
 * Dumps in SQL, in blocks: INSERTs of any size and PostgreSQL's COPY. Among the rows of the users' table, a block ends
 * after one of them, so that another thread can go on; elsewhere one thread reads the blocks in their order. Bytes that are
 * not text are read too: in values that are not needed they do not matter.
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
import { type SqlPlace, SqlStatements } from './sql-statements.js';
import { TableChoice, type TableChosen } from './sql-table.js';

/** Of the beginning, which shows the dialect. */
const DIALECT_BYTES = 64 * 1024;

/** The dialect, and the rows that another thread can read. */
export interface SqlSettled extends SqlDialect {
  readonly among?: { readonly place: SqlPlace; readonly made: TableChosen };
}

/** @param settled where the dialect is known; else the first block shows it. */
export function sqlBlocks(bind: Bind, settled?: SqlSettled): BlockReader {
  return new SqlBlocks(bind, settled);
}

class SqlBlocks implements BlockReader {
  readonly #choice: TableChoice;
  readonly #lexer = new SqlLexer({ mysql: false, postgres: false, isData: false });
  readonly #lines = new BlockLines();
  readonly #rows: SqlRows;
  readonly #statements: SqlStatements;
  #isDetected = false;

  constructor(bind: Bind, settled: SqlSettled | undefined) {
    const layout = new SqlLayout();
    this.#choice = new TableChoice(bind, settled?.among?.made);
    this.#rows = new SqlRows(this.#choice, layout, this.#lines);
    this.#statements = new SqlStatements(this.#choice, this.#lexer, layout, this.#lines, this.#rows);
    if (settled !== undefined) this.#begin(settled);
    if (settled?.among !== undefined) this.#statements.beginAt(settled.among.place);
  }

  get source(): string | undefined {
    return this.#choice.source;
  }

  get settled(): SqlSettled | undefined {
    const { place } = this.#statements;
    const { made } = this.#choice;
    if (place === undefined || made === undefined) return undefined;
    return { ...this.#lexer.dialect, among: { place, made } };
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
    statements.enter();
    let at = 0;
    let problem: InputProblem | undefined;
    try {
      for (let next = statements.step(at); next !== MORE; next = statements.step(at)) at = next;
      if (last) {
        at = Math.max(at, statements.resume(at));
        problem = statements.findCut(at);
      } else {
        const back = statements.goBack(at);
        at = back < at ? back : Math.max(at, statements.resume(at));
        if (length - at > MAX_RECORD_SIZE) problem = endless(this.#lines, at);
      }
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
