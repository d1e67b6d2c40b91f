/** NDJSON: one JSON object a line. https://github.com/ndjson/ndjson-spec */

import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE, type Row, unreadable } from '../row.js';
import { type Block, type BlockReader, type RowSink, RowSpans, type Scanned } from './block.js';
import type { Bind } from './contract.js';
import { linesIn, newFinder } from './finder.js';
import { type FlatReader, flatReader } from './flat-json.js';
import { recordReader } from './records.js';

/** The fields of the first record. */
export interface NdjsonSettled {
  readonly fields: readonly string[];
}

export function ndjsonBlocks(bind: Bind, settled?: NdjsonSettled): BlockReader {
  return new NdjsonBlocks(bind, settled);
}

class NdjsonBlocks implements BlockReader {
  readonly #bind: Bind;
  #reader: ReturnType<typeof recordReader>;
  #fields: readonly string[] | undefined;
  #flat: FlatReader | undefined;
  #block: Block | undefined;
  readonly #finder = newFinder();
  readonly #spans = new RowSpans();
  #consumed = 0;

  constructor(bind: Bind, settled: NdjsonSettled | undefined) {
    this.#bind = bind;
    this.#reader = recordReader(bind);
    if (settled !== undefined) this.#settle(settled.fields);
  }

  get source(): string | undefined {
    return this.#reader.source;
  }

  get settled(): NdjsonSettled | undefined {
    return this.#fields && { fields: this.#fields };
  }

  get digestSeen(): boolean {
    return this.#reader.digestSeen;
  }

  set digestSeen(seen: boolean) {
    this.#reader.digestSeen = seen;
  }

  scan(block: Block): Scanned {
    this.#block = block;
    const { bytes, length, line, last } = block;
    const { lines, end } = linesIn(this.#finder, bytes, length);
    const consumed = last ? length : end;
    this.#consumed = consumed;
    if (this.#fields === undefined) this.#findFields();
    if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
    const detail = { line: line + lines, fix: 'is this a file of lines?' };
    return {
      consumed,
      lines,
      problem: new InputProblem('record-too-long', `the line is longer than ${MAX_RECORD_SIZE} bytes`, detail),
    };
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    const { bytes, line: firstLine } = this.#block;
    const consumed = this.#consumed;
    const flat = this.#flat;
    const spans = this.#spans;
    let start = 0;
    let next = 0;
    spans.enter(bytes, () => this.#readText(bytes.toString('utf8', start, next - 1), spans.line));
    spans.line = firstLine;
    for (; start < consumed; spans.line++) {
      next = flat === undefined ? -1 : flat.read(start, consumed);
      if (next !== -1) {
        this.#reader.digestSeen = true;
        sink.take(spans);
      } else {
        const end = bytes.indexOf(LF, start);
        next = end === -1 || end > consumed ? consumed + 1 : end + 1;
        const row = spans.readText();
        if (row !== undefined) sink.takeRow(row);
      }
      start = next;
    }
  }

  end(): void {
    this.#reader.end();
  }

  #readText(source: string, line: number): Row | undefined {
    if (source.trim() === '') return undefined;
    const record = parseJson(source);
    return isRecord(record)
      ? this.#reader.row(record, line)
      : unreadable(line, { code: 'not-an-object', where: 'line' });
  }

  /** Of the first line that is a record. */
  #findFields(): void {
    const { bytes } = this.#block as Block;
    for (let at = 0; at < this.#consumed; ) {
      const found = bytes.indexOf(LF, at);
      const end = found === -1 || found > this.#consumed ? this.#consumed : found;
      const record = parseJson(bytes.toString('utf8', at, end));
      if (isRecord(record)) {
        this.#settle(Object.keys(record));
        return;
      }
      at = end + 1;
    }
  }

  #settle(fields: readonly string[]): void {
    this.#fields = fields;
    this.#reader.open(fields);
    const { plain } = this.#bind(fields, false);
    // Of a record that may be something else all is looked at.
    if (plain !== undefined && plain.usual === undefined) this.#flat = flatReader(plain, this.#spans);
  }
}
