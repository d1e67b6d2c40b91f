/** The rows of the users' table in a block, from their values in a layout to the sink. */
import type { Block, RowSink } from './block.js';
import { type SqlLayout, TOO_LONG } from './sql-layout.js';
import type { BlockLines } from './sql-problems.js';
import type { SqlTable, TableChoice } from './sql-table.js';

/** A table of an INSERT or a COPY: opened at its first row. */
export class SqlTarget {
  readonly name: string;
  readonly columns: readonly string[] | undefined;
  isOpened: boolean;
  /** Undefined where it does not hold the users. */
  table: SqlTable | undefined;

  constructor(name: string, columns: readonly string[] | undefined, isOpened = false) {
    this.name = name;
    this.columns = columns;
    this.isOpened = isOpened;
  }

  get isPassed(): boolean {
    return this.isOpened && this.table === undefined;
  }
}

export class SqlRows {
  readonly #choice: TableChoice;
  readonly #layout: SqlLayout;
  readonly #lines: BlockLines;
  #block!: Block;
  /** The tables of the rows of the layout: each from a row on. */
  #parts: { readonly from: number; readonly table: SqlTable }[] = [];

  constructor(choice: TableChoice, layout: SqlLayout, lines: BlockLines) {
    this.#choice = choice;
    this.#layout = layout;
    this.#lines = lines;
  }

  enter(block: Block): void {
    this.#block = block;
    this.#layout.clear();
    this.#parts = [];
  }

  /** Adds the values since the last row as one. @param at where the row begins. */
  add(target: SqlTarget, at: number): void {
    const layout = this.#layout;
    if (!target.isOpened) this.#open(target, layout.used - (layout.records[layout.count] as number));
    if (target.table === undefined) layout.rewind();
    else this.#addRow(target.table, at, 0);
  }

  /** Adds a row whose values were not kept. */
  addTooLong(target: SqlTarget, at: number): void {
    if (!target.isOpened) this.#open(target, 0);
    if (target.table !== undefined) this.#addRow(target.table, at, TOO_LONG);
  }

  deliver(sink: RowSink, mysql: boolean): void {
    for (const [i, { from, table }] of this.#parts.entries()) {
      const to = this.#parts[i + 1]?.from ?? this.#layout.count;
      table.deliver(sink, this.#block, this.#layout, from, to, mysql);
    }
  }

  #open(target: SqlTarget, width: number): void {
    target.table = this.#choice.open(target.name, target.columns, width);
    target.isOpened = true;
  }

  #addRow(table: SqlTable, at: number, fault: number): void {
    const { count } = this.#layout;
    if (this.#parts.at(-1)?.table !== table) this.#parts.push({ from: count, table });
    this.#layout.addRecord(this.#lines.lineAt(at) - this.#block.line, fault);
  }
}
