/** The rows of the users' table in a block, from their values in a layout to the sink. */
import type { Block, RowSink } from './block.js';
import { readFields } from './sql-copy.js';
import { PLAIN, SqlLayout, TOO_LONG } from './sql-layout.js';
import type { BlockLines } from './sql-problems.js';
import type { SqlTable, TableChoice } from './sql-table.js';

/** A table of an INSERT or a COPY: opened at its first row. */
export class SqlTarget {
  readonly name: string;
  readonly columns: readonly string[] | undefined;
  isOpened: boolean;
  /** Values of its first row. */
  width = 0;
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

  /** Whether another head names the same table with the same columns. */
  isNamedBy(name: string, columns: readonly string[] | undefined): boolean {
    if (name !== this.name || columns?.length !== this.columns?.length) return false;
    return columns === undefined || columns.every((column, i) => column === this.columns?.[i]);
  }
}

interface Part {
  readonly from: number;
  readonly table: SqlTable;
  /** A row is one value, the line of a COPY: its fields are found when it is delivered, on any thread. */
  readonly isLines: boolean;
}

export class SqlRows {
  readonly #choice: TableChoice;
  readonly #layout: SqlLayout;
  readonly #lines: BlockLines;
  /** The fields of lines of a COPY. */
  readonly #fields = new SqlLayout();
  #block!: Block;
  /** The tables of the rows of the layout: each from a row on. */
  #parts: Part[] = [];

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
    if (!target.isOpened) this.open(target, layout.used - (layout.records[layout.count] as number));
    if (target.table === undefined) layout.rewind();
    else this.#addRow(target.table, at, 0, false);
  }

  /** Adds a line of a COPY. */
  addLine(target: SqlTarget, at: number, lineEnd: number): void {
    const layout = this.#layout;
    if (!target.isOpened) {
      this.#fields.clear();
      readFields(this.#fields, this.#block.bytes, at, lineEnd);
      this.open(target, this.#fields.used);
    }
    if (target.table === undefined) return;
    layout.addValue(at, lineEnd, PLAIN);
    this.#addRow(target.table, at, 0, true);
  }

  /** Adds a row whose values were not kept. */
  addTooLong(target: SqlTarget, at: number, isLine: boolean): void {
    if (!target.isOpened) this.open(target, 0);
    if (target.table !== undefined) this.#addRow(target.table, at, TOO_LONG, isLine);
  }

  deliver(sink: RowSink, mysql: boolean): void {
    for (const [i, { from, table, isLines }] of this.#parts.entries()) {
      const to = this.#parts[i + 1]?.from ?? this.#layout.count;
      if (isLines) {
        this.#splitLines(from, to);
        table.deliver(sink, this.#block, this.#fields, 0, to - from, mysql);
      } else table.deliver(sink, this.#block, this.#layout, from, to, mysql);
    }
  }

  #splitLines(from: number, to: number): void {
    const { starts, ends, records, lines, faults } = this.#layout;
    const { bytes } = this.#block;
    const fields = this.#fields;
    fields.clear();
    for (let row = from; row < to; row++) {
      const value = records[row] as number;
      if (faults[row] === 0) readFields(fields, bytes, starts[value] as number, ends[value] as number);
      fields.addRecord(lines[row] as number, faults[row] as number);
    }
  }

  open(target: SqlTarget, width: number): void {
    target.width = width;
    target.table = this.#choice.open(target.name, target.columns, width);
    target.isOpened = true;
  }

  #addRow(table: SqlTable, at: number, fault: number, isLines: boolean): void {
    const { count } = this.#layout;
    const part = this.#parts.at(-1);
    if (part?.table !== table || part.isLines !== isLines) this.#parts.push({ from: count, table, isLines });
    this.#layout.addRecord(this.#lines.lineAt(at) - this.#block.line, fault);
  }
}
