/** One user per line, fields between colons and never in quotes, in blocks: passwd(5), shadow(5), htpasswd. */
import type { Buffer } from 'node:buffer';
import { COLON, CR, LF } from '../ascii.js';
import { makeRow, type Row, unreadable } from '../row.js';
import { countFields } from '../row-problem.js';
import type { Bound } from '../sources/index.js';
import { type Block, type BlockReader, type RowSink, RowSpans, type Scanned } from './block.js';
import type { Bind } from './contract.js';
import { newFinder } from './finder.js';
import { findLineEnd, scanLines } from './lines.js';

const HASH = 35;
const NAMES = ['user', 'digest'];
const MIN_FIELDS = 2;

/** The number of fields of the first line that has several. */
export interface ColonsSettled {
  readonly width: number;
}

export function colonBlocks(bind: Bind, settled?: ColonsSettled): BlockReader {
  return new ColonBlocks(bind, settled);
}

class ColonBlocks implements BlockReader {
  readonly digestSeen = true;
  readonly #bind: Bind;
  #bound: Bound | undefined;
  #width = 0;
  /** Line that decided on the width; what is before it has no colon. */
  #firstLine = 0;
  #block: Block | undefined;
  #consumed = 0;
  readonly #finder = newFinder();
  readonly #spans = new RowSpans();
  /** The fields of the last line are in the spans. */
  #isRegular = false;

  constructor(bind: Bind, settled: ColonsSettled | undefined) {
    this.#bind = bind;
    if (settled !== undefined) this.#settle(settled.width, 0);
  }

  get source(): string | undefined {
    return this.#bound?.source;
  }

  get settled(): ColonsSettled | undefined {
    return this.#bound && { width: this.#width };
  }

  scan(block: Block): Scanned {
    this.#block = block;
    const scanned = scanLines(this.#finder, block);
    this.#consumed = scanned.consumed;
    if (this.#bound === undefined) this.#findWidth();
    return scanned;
  }

  deliver(sink: RowSink): void {
    if (this.#block === undefined) return;
    const { bytes, line } = this.#block;
    const consumed = this.#consumed;
    const spans = this.#spans;
    spans.enter(bytes, this.#readFields);
    spans.line = line;
    for (let start = 0; start < consumed; spans.line++) {
      const stop = this.#findFields(start, consumed);
      if (this.#isRegular) sink.take(spans);
      else {
        const row = this.#readText(bytes.toString('utf8', start, withoutCr(bytes, start, stop)), spans.line);
        if (row !== undefined) sink.takeRow(row);
      }
      start = stop + 1;
    }
  }

  end(): void {}

  /**
   * Finds the fields of the line at `start`, and whether it need not be read as text.
   * @returns where it ends: its LF, or `limit`.
   */
  #findFields(start: number, limit: number): number {
    const spans = this.#spans;
    const { bytes, view } = spans;
    let colons = 0;
    let at = start;
    for (; at < limit; at++) {
      // Four bytes at once: the highest bit of one is set where it is a colon or an LF; of one after that perhaps too.
      for (; at + 4 <= limit; at += 4) {
        const word = view.getInt32(at, true);
        const colon = word ^ 0x3a3a3a3a;
        const lf = word ^ 0x0a0a0a0a;
        if (((((colon - 0x01010101) & ~colon) | ((lf - 0x01010101) & ~lf)) & 0x80808080) !== 0) break;
      }
      while (at < limit && bytes[at] !== COLON && bytes[at] !== LF) at++;
      if (at === limit || bytes[at] === LF) break;
      if (colons === 0) spans.idEnd = at;
      else if (colons === 1) spans.digestEnd = at;
      colons++;
    }
    this.#isRegular = this.#bound?.plain !== undefined && bytes[start] !== HASH && colons === this.#width - 1;
    spans.id = start;
    spans.digest = spans.idEnd + 1;
    if (colons === 1) spans.digestEnd = withoutCr(bytes, start, at);
    return at;
  }

  /** Of a line whose fields were found. */
  readonly #readFields = (): Row | undefined => {
    return makeRow((this.#bound as Bound).extract(this.#field), this.#spans.line);
  };

  readonly #field = (name: string): string | undefined => {
    const { bytes, id, idEnd, digest, digestEnd } = this.#spans;
    if (name === 'digest') return bytes.toString('utf8', digest, digestEnd);
    return name === 'user' ? bytes.toString('utf8', id, idEnd) : undefined;
  };

  /** Undefined where the line is blank, or a comment. */
  #readText(text: string, line: number): Row | undefined {
    if (text.trim() === '' || text.startsWith('#')) return undefined;
    const fields = text.split(':');
    const width = this.#width;
    if (this.#bound === undefined || line < this.#firstLine) return unreadable(line, { code: 'no-colon' });
    if (fields.length !== width) return unreadable(line, countFields('colons', fields.length, width));
    return makeRow(
      this.#bound.extract((name) => fields[NAMES.indexOf(name)]),
      line,
    );
  }

  /** Of the first line with a colon that is not a comment. */
  #findWidth(): void {
    const { bytes, line: firstLine } = this.#block as Block;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let line = firstLine;
    for (let at = 0; at < this.#consumed; line++) {
      const stop = findLineEnd(bytes, view, at, this.#consumed);
      const text = bytes.toString('utf8', at, stop);
      const { length } = text.split(':');
      if (!text.startsWith('#') && length >= MIN_FIELDS) {
        this.#settle(length, line);
        return;
      }
      at = stop + 1;
    }
  }

  #settle(width: number, line: number): void {
    const names = Array.from({ length: width }, (_, i) => NAMES[i] ?? `field ${i + 1}`);
    this.#bound = this.#bind(names, true);
    this.#width = width;
    this.#firstLine = line;
  }
}

/** Of a line's end one CR belongs to it. */
function withoutCr(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}
