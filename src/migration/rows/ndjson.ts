/** NDJSON: one JSON object a line. https://github.com/ndjson/ndjson-spec */
import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../problem.js';
import { MAX_RECORD_SIZE, unreadable } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { linesIn, newFinder } from './finder.js';
import { type FlatReader, flatReader } from './flat-json.js';
import { recordReader } from './records.js';

const LF = 10;

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
    return { consumed, lines, problem: new InputProblem(`the line is longer than ${MAX_RECORD_SIZE} bytes`, detail) };
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    const { bytes, line: firstLine } = this.#block;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const flat = this.#flat;
    let line = firstLine;
    for (let at = 0; at < this.#consumed; line++) {
      if (flat?.read(bytes, view, at, this.#consumed) && flat.digest !== -1) {
        const { id, idEnd, hasher, hasherEnd, digest, digestEnd, next } = flat;
        this.#reader.digestSeen = true;
        if (sink.bytes(bytes, view, id, idEnd, hasher, hasherEnd, digest, digestEnd, line)) {
          at = next;
          continue;
        }
      }
      let end = bytes.indexOf(LF, at);
      if (end === -1 || end > this.#consumed) end = this.#consumed;
      this.#readText(bytes.toString('utf8', at, end), line, sink);
      at = end + 1;
    }
  }

  end(): void {
    this.#reader.end();
  }

  #readText(source: string, line: number, sink: RowSink): void {
    if (source.trim() === '') return;
    const record = parseJson(source);
    const row = isRecord(record) ? this.#reader.row(record, line) : unreadable(line, 'the line is not a JSON object');
    if (row !== undefined) sink.row(row);
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
    if (plain !== undefined && plain.usual === undefined) this.#flat = flatReader(plain);
  }
}
