/** The columns of a CSV, and its records as rows. */

import { InputProblem } from '../../files/input-problem.js';
import type { Finding } from '../../types.js';
import { makeRow, type Row, unreadable } from '../row.js';
import { countFields } from '../row-problem.js';
import type { Bound, FieldReader } from '../sources/index.js';
import { type Block, type RowSink, RowSpans } from './block.js';
import type { Bind } from './contract.js';
import { type CsvLayout, fieldEnd, fieldStart, fieldText, recordTexts, STRAY_QUOTE } from './csv-layout.js';

/** Undefined where the line is a comment before the header. */
export function openTable(header: readonly string[], line: number, bind: Bind): CsvTable | undefined {
  const names = header.map((name) => name.trim());
  try {
    return new CsvTable(names, bind(names, true));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    if (names[0]?.startsWith('#')) return undefined;
    throw new InputProblem(error.code, error.message, { line, fix: error.fix });
  }
}

export class CsvTable {
  /** The first row is a user, not a header. */
  readonly headless: boolean;
  readonly #bound: Bound;
  readonly #width: number;
  readonly #indexOf: ReadonlyMap<string, number>;
  /** Columns that a digest needs. */
  readonly #needed: readonly string[];
  readonly #plain: { readonly id: Int32Array; readonly hasher: Int32Array; readonly digest: number } | undefined;
  readonly #spans = new RowSpans();

  constructor(first: readonly string[], bound: Bound) {
    const { columns = first, digestFields, digestParts = [], plain } = bound;
    this.headless = bound.columns !== undefined;
    this.#bound = bound;
    this.#width = first.length;
    this.#indexOf = new Map(columns.map((name, index) => [name, index]));
    this.#needed = [...digestFields, ...digestParts.filter((name) => this.#indexOf.has(name))];
    if (plain === undefined) return;
    const indexes = (names: readonly string[]) =>
      Int32Array.from(names.flatMap((name) => this.#indexOf.get(name) ?? []).filter((index) => index < first.length));
    const [digest] = indexes(plain.digest);
    if (digest !== undefined) this.#plain = { id: indexes(plain.id), hasher: indexes(plain.hasher), digest };
  }

  get source(): string {
    return this.#bound.source;
  }

  /** Gives the sink the records of a layout from one to before another. */
  deliver(sink: RowSink, { bytes, line: firstLine }: Block, layout: CsvLayout, from: number, to: number): void {
    const { positions, records, lines, quotes } = layout;
    const width = this.#width;
    const plain = this.#plain;
    const usual = this.#bound.plain?.usual;
    let first = 0;
    let quoting = 0;
    const valueAt = (index: number) => fieldText(bytes, positions, first, index, width, quoting);
    const field: FieldReader = (name) => {
      const index = this.#indexOf.get(name);
      return index === undefined || index >= width ? undefined : valueAt(index);
    };
    const spans = this.#spans;
    const readText = (): Row | undefined => {
      const isBlank = width === 1 && fieldEnd(bytes, positions, first, 0, width) === (positions[first] as number) + 1;
      return isBlank ? undefined : this.#extract(valueAt, spans.line);
    };
    spans.enter(bytes, readText);
    for (let i = from; i < to; i++) {
      first = records[i] as number;
      quoting = quotes[i] as number;
      spans.line = firstLine + (lines[i] as number);
      const found = (records[i + 1] as number) - first - 1;
      if (found !== width || quoting >= STRAY_QUOTE) {
        const row = this.#irregularRow(recordTexts(bytes, layout, i), quoting, spans.line);
        if (row !== undefined) sink.takeRow(row);
        continue;
      }
      if (plain !== undefined && quoting === 0 && (usual === undefined || usual(field))) {
        const { digest } = plain;
        let id = 0;
        let idEnd = 0;
        for (let k = 0; k < plain.id.length && id === idEnd; k++) {
          id = fieldStart(bytes, positions, first, plain.id[k] as number);
          idEnd = fieldEnd(bytes, positions, first, plain.id[k] as number, width);
        }
        let hasher = 0;
        let hasherEnd = 0;
        for (let k = 0; k < plain.hasher.length && hasher === hasherEnd; k++) {
          hasher = fieldStart(bytes, positions, first, plain.hasher[k] as number);
          hasherEnd = fieldEnd(bytes, positions, first, plain.hasher[k] as number, width);
        }
        spans.id = id;
        spans.idEnd = idEnd;
        spans.hasher = hasher;
        spans.hasherEnd = hasherEnd;
        spans.digest = fieldStart(bytes, positions, first, digest);
        spans.digestEnd = fieldEnd(bytes, positions, first, digest, width);
        sink.take(spans);
        continue;
      }
      const row = readText();
      if (row !== undefined) sink.takeRow(row);
    }
  }

  /** Of a record with a stray quote, or with more or fewer fields than the header. Undefined where it is a blank line. */
  #irregularRow(values: readonly string[], quoting: number, line: number): Row | undefined {
    if ((quoting & STRAY_QUOTE) !== 0) return unreadable(line, { code: 'text-after-quote' });
    if (values.length === 1 && values[0] === '') return undefined;
    if (values.length > this.#width || !this.#hasWhole(values)) {
      return unreadable(line, countFields('csv', values.length, this.#width));
    }
    const row = this.#extract((index) => values[index], line);
    return row !== undefined ? withFinding(row, SHORT_ROW) : row;
  }

  #extract(valueAt: (index: number) => string | undefined, line: number): Row | undefined {
    const field: FieldReader = (name) => {
      const index = this.#indexOf.get(name);
      return index === undefined ? undefined : valueAt(index);
    };
    return makeRow(this.#bound.extract(field), line);
  }

  /** A value that another one follows, or none, was not cut off. */
  #hasWhole(values: readonly string[]): boolean {
    return this.#needed.every((name) => {
      const index = this.#indexOf.get(name) ?? values.length;
      return index < values.length - 1 || values[index] === '';
    });
  }
}

/** Of a row that has its digest, but not all fields after it. */
const SHORT_ROW: Finding = {
  code: 'WARN_ROW',
  severity: 'warning',
  field: 'row',
  message: 'the row has fewer fields than the header; its digest is there, but values may be in the wrong column',
  fix: 'export it again',
};

function withFinding(row: Row, finding: Finding): Row {
  return { ...row, findings: [...(row.findings ?? []), finding] };
}
