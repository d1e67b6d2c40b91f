/** Records that the kernel finds, 64 bytes at a time, as the machine would have found them. */

import {
  LINES_AT,
  PLACES_AT,
  QUOTES_AT,
  RECORDS_AT,
  STRUCTURE_RESULT_AT,
  STRUCTURE_STATE_AT,
  TEXT_AT,
  TEXT_BYTES,
} from '../../kernels/structure-layout.js';
import { LF } from '../ascii.js';
import type { CsvLayout } from './csv-layout.js';
import type { Finder } from './finder.js';

const STEP = 64;
// Indexes of i32.
const RESULT = STRUCTURE_RESULT_AT / 4;
const LINE = RESULT + 3;
const STATE = STRUCTURE_STATE_AT / 4;
const STATE_END = TEXT_AT / 4;

export class CsvFinder {
  readonly #finder: Finder;
  readonly #scan: (...args: number[]) => void;
  readonly #delimiter: number;
  readonly #layout: CsvLayout;
  /** The part of the block that is in its memory. */
  #start = 0;
  #end = 0;

  /** @param recordEnd LF or CR. */
  constructor(finder: Finder, delimiter: number, recordEnd: number, layout: CsvLayout) {
    this.#finder = finder;
    this.#scan = finder.kernel.functions[recordEnd === LF ? 'scanLf' : 'scanCr'] as (...args: number[]) => void;
    this.#delimiter = delimiter;
    this.#layout = layout;
  }

  /** Begins a block. */
  enter(): void {
    this.#start = this.#end = 0;
  }

  /**
   * Adds records from the one at `at` on to the layout, whole ones, up to the first that the kernel cannot read.
   * @returns after the last of them.
   */
  takeRecords(bytes: Uint8Array, at: number, to: number): number {
    const { words } = this.#finder;
    const layout = this.#layout;
    words.fill(0, STATE, STATE_END);
    words[STATE] = 1;
    words[LINE] = layout.line;
    let isStopped = false;
    for (let from = at; to - from >= STEP && !isStopped; ) {
      if (this.#end - from < STEP) this.#load(bytes, from, to);
      const steps = (this.#end - from) & -STEP;
      const address = TEXT_AT + from - this.#start;
      this.#scan(address, address + steps, this.#delimiter, from, layout.used, words[LINE] as number);
      isStopped = words[RESULT + 2] !== 0;
      this.#add();
      from += steps;
    }
    return (layout.positions[layout.records[layout.count] as number] as number) + 1;
  }

  #load(bytes: Uint8Array, from: number, to: number): void {
    this.#start = from;
    this.#end = Math.min(to, from + TEXT_BYTES);
    this.#finder.text.set(bytes.subarray(from, this.#end));
  }

  /** What the kernel found, also of a record that goes on. */
  #add(): void {
    const { words } = this.#finder;
    const layout = this.#layout;
    const { used, count } = layout;
    const places = (words[RESULT] as number) / 4;
    layout.reservePositions(used + places - PLACES_AT / 4);
    layout.positions.set(words.subarray(PLACES_AT / 4, places), used);
    layout.used = used + places - PLACES_AT / 4;
    const records = (words[RESULT + 1] as number) / 4;
    if (records === 0) return;
    layout.reserveRecords(count + records);
    layout.records.set(words.subarray(RECORDS_AT / 4, RECORDS_AT / 4 + records), count + 1);
    layout.lines.set(words.subarray(LINES_AT / 4, LINES_AT / 4 + records), count + 1);
    layout.quotes.set(words.subarray(QUOTES_AT / 4, QUOTES_AT / 4 + records), count);
    layout.count = count + records;
    layout.line = layout.lines[layout.count] as number;
  }
}
