/** Where the values of the rows of a dump are: spans of bytes, and how each is written. */

// How a value is written.
/** NULL and DEFAULT. The span is empty. */
export const NULL = 0;
/** The bytes of the span are the value. */
export const PLAIN = 1;
/** A text in which a quote is written twice. */
export const DOUBLED = 2;
/** A text with the escapes of MySQL, and quotes that are written twice. */
export const MYSQL = 3;
/** A text with the escapes of PostgreSQL's E'…'. */
export const C_STYLE = 4;
/** A field of COPY's text format with escapes. */
export const COPY = 5;
/** Hexadecimal digits. */
export const HEX = 6;
/** An expression of SQL. */
export const EXPRESSION = 7;

// What is wrong with a row.
/** Longer than a record may be: its values are not kept. */
export const TOO_LONG = 1;

export class SqlLayout {
  starts: Int32Array<ArrayBuffer> = new Int32Array(1 << 12);
  ends: Int32Array<ArrayBuffer> = new Int32Array(1 << 12);
  kinds: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 12);
  /** Of each row: its first value. One more after the last. */
  records: Int32Array<ArrayBuffer> = new Int32Array(1 << 10);
  /** Of each row: the line on which it begins, counted from the beginning of the block. */
  lines: Int32Array<ArrayBuffer> = new Int32Array(1 << 10);
  faults: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 10);
  count = 0;
  /** Values in use, also of a row that is not whole. */
  used = 0;

  clear(): void {
    this.count = this.used = 0;
    this.records[0] = 0;
  }

  addValue(start: number, end: number, kind: number): void {
    const { used } = this;
    if (used >= this.starts.length) this.#growValues();
    this.starts[used] = start;
    this.ends[used] = end;
    this.kinds[used] = kind;
    this.used++;
  }

  /** Of the values since the last row. */
  addRecord(line: number, fault: number): void {
    const { count } = this;
    if (count + 1 >= this.records.length) this.#growRecords();
    this.lines[count] = line;
    this.faults[count] = fault;
    this.records[++this.count] = this.used;
  }

  /** Forgets the values since the last row. */
  rewind(): void {
    this.used = this.records[this.count] as number;
  }

  #growValues(): void {
    this.starts = doubled(this.starts);
    this.ends = doubled(this.ends);
    const kinds = new Uint8Array(this.starts.length);
    kinds.set(this.kinds);
    this.kinds = kinds;
  }

  #growRecords(): void {
    this.records = doubled(this.records);
    this.lines = doubled(this.lines);
    const faults = new Uint8Array(this.records.length);
    faults.set(this.faults);
    this.faults = faults;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * array.length);
  more.set(array);
  return more;
}
