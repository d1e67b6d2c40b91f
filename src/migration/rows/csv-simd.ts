/** Records that the kernel finds, 64 bytes at a time, as the machine would have found them. */

import {
  LINES_AT,
  PLACES_AT,
  QUOTES_AT,
  RECORDS_AT,
  STRUCTURE_RESULT_AT,
  TEXT_AT,
  TEXT_BYTES,
} from '../../kernels/structure-layout.js';
import { LF } from '../ascii.js';
import type { Dialect } from './csv-dialect.js';
import type { CsvLayout } from './csv-layout.js';
import { type Finder, MIN_TEXT } from './finder.js';

export class CsvFinder {
  readonly #finder: Finder;
  readonly #scan: (...args: number[]) => void;
  readonly #delimiter: number;
  readonly #layout: CsvLayout;
  /** The part of the block that is in its memory. */
  #start = 0;
  #end = 0;
  #isIrregular = false;

  constructor(finder: Finder, { delimiter, recordEnd }: Dialect, layout: CsvLayout) {
    this.#finder = finder;
    this.#scan = finder.kernel.functions[recordEnd === LF ? 'scanLf' : 'scanCr'] as (...args: number[]) => void;
    this.#delimiter = delimiter;
    this.#layout = layout;
  }

  /** It stopped before a record that it cannot read. */
  get isIrregular(): boolean {
    return this.#isIrregular;
  }

  /** Begins a block. */
  enter(): void {
    this.#isIrregular = false;
  }

  /**
   * Adds records from the one at `at` on to the layout, whole ones.
   * @returns after the last of them.
   */
  takeRecords(bytes: Uint8Array, at: number, to: number): number {
    const { text, words } = this.#finder;
    const layout = this.#layout;
    if (!this.#isIrregular || this.#end - at < MIN_TEXT) {
      this.#start = at;
      this.#end = Math.min(to, at + TEXT_BYTES);
      text.set(bytes.subarray(at, this.#end));
    }
    const [from, end] = [TEXT_AT + at - this.#start, TEXT_AT + this.#end - this.#start];
    const { used, count } = layout;
    this.#scan(from, end, this.#delimiter, at, used, layout.line);
    this.#isIrregular = words[STRUCTURE_RESULT_AT / 4 + 2] !== 0;
    const records = (words[STRUCTURE_RESULT_AT / 4 + 1] as number) / 4;
    if (records === 0) return at;
    layout.reserveRecords(count + records);
    layout.records.set(words.subarray(RECORDS_AT / 4, RECORDS_AT / 4 + records), count + 1);
    layout.lines.set(words.subarray(LINES_AT / 4, LINES_AT / 4 + records), count + 1);
    layout.quotes.set(words.subarray(QUOTES_AT / 4, QUOTES_AT / 4 + records), count);
    const places = (layout.records[count + records] as number) + 1 - used;
    layout.reservePositions(used + places);
    layout.positions.set(words.subarray(PLACES_AT / 4, PLACES_AT / 4 + places), used);
    layout.count = count + records;
    layout.used = used + places;
    layout.line = layout.lines[layout.count] as number;
    return (layout.positions[layout.used - 1] as number) + 1;
  }
}
