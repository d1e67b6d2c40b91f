/** NDJSON: one JSON object a line. https://github.com/ndjson/ndjson-spec */

import { isRecord, parseJson } from '../../encoding/json.js';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block, BlockReader, RowSink, Scanned } from './block.js';
import type { Bind } from './contract.js';
import { linesIn, newFinder } from './finder.js';
import { JsonRows } from './json-rows.js';

/** The fields of the first record. */
export interface NdjsonSettled {
  readonly fields: readonly string[];
}

export function ndjsonBlocks(bind: Bind, settled?: NdjsonSettled): BlockReader {
  return new NdjsonBlocks(bind, settled);
}

class NdjsonBlocks implements BlockReader {
  readonly #rows: JsonRows;
  readonly #finder = newFinder();
  #block: Block | undefined;
  #consumed = 0;

  constructor(bind: Bind, settled: NdjsonSettled | undefined) {
    this.#rows = new JsonRows(bind, 'line');
    if (settled !== undefined) this.#rows.open(settled.fields);
  }

  get source(): string | undefined {
    return this.#rows.reader.source;
  }

  get settled(): NdjsonSettled | undefined {
    const { fields } = this.#rows;
    return fields && { fields };
  }

  get digestSeen(): boolean {
    return this.#rows.reader.digestSeen;
  }

  set digestSeen(seen: boolean) {
    this.#rows.reader.digestSeen = seen;
  }

  scan(block: Block): Scanned {
    this.#block = block;
    const { bytes, length, line, last } = block;
    const { lines, end } = linesIn(this.#finder, bytes, length);
    const consumed = last ? length : end;
    this.#consumed = consumed;
    if (this.#rows.fields === undefined) this.#findFields();
    if (length - consumed <= MAX_RECORD_SIZE) return { consumed, lines };
    const detail = { line: line + lines, fix: 'is this a file of lines?' };
    return {
      consumed,
      lines,
      problem: new InputProblem('record-too-long', `the line is longer than ${MAX_RECORD_SIZE} bytes`, detail),
    };
  }

  deliver(sink: RowSink): void {
    if (this.#block !== undefined) this.#rows.deliverLines(this.#block, this.#consumed, sink);
  }

  end(): void {
    this.#rows.reader.end();
  }

  /** Of the first line that is a record. */
  #findFields(): void {
    const { bytes } = this.#block as Block;
    for (let at = 0; at < this.#consumed; ) {
      const found = bytes.indexOf(LF, at);
      const end = found === -1 || found > this.#consumed ? this.#consumed : found;
      const record = parseJson(bytes.toString('utf8', at, end));
      if (isRecord(record)) {
        this.#rows.open(Object.keys(record));
        return;
      }
      at = end + 1;
    }
  }
}
