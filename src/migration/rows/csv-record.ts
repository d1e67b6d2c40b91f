/** One record of a CSV: its fields as bytes and as text. */
import { Buffer } from 'node:buffer';
import { QUOTE } from '../ascii.js';
import type { FieldReader, Usual } from '../sources/index.js';
import { fieldEnd, fieldStart, fieldText } from './csv-layout.js';

/** Longer values are different in each row. */
const MAX_BYTES = 32;

/** One object is filled again and again. */
export class CsvRecord {
  bytes: Buffer = Buffer.from(new ArrayBuffer(0));
  positions: Int32Array = new Int32Array(0);
  /** Where in `positions` the byte before its first field is. */
  first = 0;
  /** Fields. */
  width = 0;
  /** As in the layout. */
  quotes = 0;

  start(index: number): number {
    return fieldStart(this.bytes, this.positions, this.first, index);
  }

  end(index: number): number {
    return fieldEnd(this.bytes, this.positions, this.first, index, this.width);
  }

  readText(index: number): string {
    const { bytes, positions, first, width, quotes } = this;
    return fieldText(bytes, positions, first, index, width, quotes);
  }
}

/** A field that was asked for, and what it was. */
interface Asked {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly length: number;
}

/**
 * Answers by values of a record. Where all values that led to the last answer are the same again, so is the answer, and
 * no text is made of them.
 */
export class RememberedAnswer {
  readonly #record: CsvRecord;
  readonly #ask: Usual;
  readonly #field: FieldReader;
  readonly #has: (name: string) => boolean;
  #asked: Asked[] = [];
  /** All values that led to the answer are remembered. */
  #isKnown = false;
  #answer = false;

  /** @param ask depends on nothing but the fields that it reads. */
  constructor(record: CsvRecord, indexOf: ReadonlyMap<string, number>, ask: Usual) {
    this.#record = record;
    this.#ask = ask;
    this.#has = (name) => indexOf.has(name);
    this.#field = (name) => {
      const index = indexOf.get(name);
      if (index === undefined) return undefined;
      this.#remember(index);
      return record.readText(index);
    };
  }

  /** Of the record as it is now. */
  get(): boolean {
    if (this.#isKnown && this.#isSame()) return this.#answer;
    this.#asked = [];
    this.#isKnown = true;
    this.#answer = this.#ask(this.#field, this.#has);
    return this.#answer;
  }

  #isSame(): boolean {
    const record = this.#record;
    const { bytes } = record;
    for (let i = 0; i < this.#asked.length; i++) {
      const { index, bytes: known, length } = this.#asked[i] as Asked;
      const start = record.start(index);
      if (record.end(index) - start !== length) return false;
      for (let at = 0; at < length; at++) if (known[at] !== bytes[start + at]) return false;
    }
    return true;
  }

  #remember(index: number): void {
    const [start, end] = [this.#record.start(index), this.#record.end(index)];
    const bytes = this.#record.bytes.subarray(start, end);
    // What quotes in it mean depends on those around it.
    if (bytes.length > MAX_BYTES || bytes.includes(QUOTE)) this.#isKnown = false;
    else this.#asked.push({ index, bytes: Uint8Array.from(bytes), length: bytes.length });
  }
}
