/** The columns of a CSV, and its records as rows. */
import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import type { Finding } from '../../types.js';
import { type Row, rowOf, unreadable } from '../row.js';
import type { Bound, FieldReader } from '../sources/contract.js';
import { type Block, type RowSink, RowSpans } from './block.js';
import type { Bind } from './contract.js';
import type { Layout } from './csv-scan.js';

const CR = 13;
const QUOTE = 34;

export interface CsvTable {
  readonly source: string;
  /** The first row is a user, not a header. */
  readonly headless: boolean;
  /** Of the fields of a record. */
  row(fields: string[], line: number): Row | undefined;
  /** Records of a layout, from one to before another. */
  deliver(sink: RowSink, block: Block, layout: Layout, from: number, to: number): void;
}

/** Undefined where the line is a comment before the header. */
export function tableOf(header: string[], line: number, bind: Bind): CsvTable | undefined {
  const first = withoutCr(header).map((name) => name.trim());
  try {
    return new Table(first, bind(first, true));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    if (first[0]?.startsWith('#')) return undefined;
    throw new InputProblem(error.message, { line, fix: error.fix });
  }
}

class Table implements CsvTable {
  readonly headless: boolean;
  readonly #bound: Bound;
  readonly #width: number;
  readonly #indexOf: ReadonlyMap<string, number>;
  /** Columns without which a digest is none. */
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

  row(fields: string[], line: number): Row | undefined {
    const values = withoutCr(fields);
    if (isBlank(values)) return undefined;
    const short = values.length < this.#width;
    if (values.length > this.#width || (short && !this.#hasWhole(values))) {
      return unreadable(line, wrongWidth(values.length, this.#width));
    }
    const row = this.#extract((index) => values[index], line);
    return short && row !== undefined ? withFinding(row, SHORT_ROW) : row;
  }

  deliver(sink: RowSink, { bytes, line: firstLine }: Block, layout: Layout, from: number, to: number): void {
    const { positions, records, lines, doubled } = layout;
    const width = this.#width;
    const plain = this.#plain;
    const usual = this.#bound.plain?.usual;
    let first = 0;
    let isDoubled = false;
    const valueAt = (index: number) => textAt(bytes, positions, first, index, width, isDoubled);
    const field: FieldReader = (name) => {
      const index = this.#indexOf.get(name);
      return index === undefined || index >= width ? undefined : valueAt(index);
    };
    const spans = this.#spans;
    const readText = (): Row | undefined => {
      const isBlank = width === 1 && endAt(bytes, positions, first, 0, width) === (positions[first] as number) + 1;
      return isBlank ? undefined : this.#extract(valueAt, spans.line);
    };
    spans.enter(bytes, readText);
    for (let i = from; i < to; i++) {
      first = records[i] as number;
      spans.line = firstLine + (lines[i] as number);
      const found = (records[i + 1] as number) - first - 1;
      isDoubled = doubled[i] === 1;
      if (found !== width) {
        const row = this.row(textsOf(bytes, layout, i), spans.line);
        if (row !== undefined) sink.takeRow(row);
        continue;
      }
      if (plain !== undefined && !isDoubled && (usual === undefined || usual(field))) {
        const { digest } = plain;
        let id = 0;
        let idEnd = 0;
        for (let k = 0; k < plain.id.length && id === idEnd; k++) {
          id = startAt(bytes, positions, first, plain.id[k] as number);
          idEnd = endAt(bytes, positions, first, plain.id[k] as number, width);
        }
        let hasher = 0;
        let hasherEnd = 0;
        for (let k = 0; k < plain.hasher.length && hasher === hasherEnd; k++) {
          hasher = startAt(bytes, positions, first, plain.hasher[k] as number);
          hasherEnd = endAt(bytes, positions, first, plain.hasher[k] as number, width);
        }
        spans.id = id;
        spans.idEnd = idEnd;
        spans.hasher = hasher;
        spans.hasherEnd = hasherEnd;
        spans.digest = startAt(bytes, positions, first, digest);
        spans.digestEnd = endAt(bytes, positions, first, digest, width);
        sink.take(spans);
        continue;
      }
      const row = readText();
      if (row !== undefined) sink.takeRow(row);
    }
  }

  #extract(valueAt: (index: number) => string | undefined, line: number): Row | undefined {
    const field: FieldReader = (name) => {
      const index = this.#indexOf.get(name);
      return index === undefined ? undefined : valueAt(index);
    };
    return rowOf(this.#bound.extract(field), line);
  }

  /** A value that another one follows, or none, was not cut off. */
  #hasWhole(values: readonly string[]): boolean {
    return this.#needed.every((name) => {
      const index = this.#indexOf.get(name) ?? values.length;
      return index < values.length - 1 || values[index] === '';
    });
  }
}

/** The fields of a record as texts. */
export function textsOf(bytes: Buffer, { positions, records, doubled }: Layout, record: number): string[] {
  const first = records[record] as number;
  const width = (records[record + 1] as number) - first - 1;
  return Array.from({ length: width }, (_, i) => textAt(bytes, positions, first, i, width, doubled[record] === 1));
}

function textAt(
  bytes: Buffer,
  positions: Int32Array,
  first: number,
  index: number,
  width: number,
  isDoubled: boolean,
): string {
  const start = startAt(bytes, positions, first, index);
  const text = bytes.toString('utf8', start, endAt(bytes, positions, first, index, width));
  const isQuoted = start > (positions[first + index] as number) + 1;
  return isDoubled && isQuoted ? text.replaceAll('""', '"') : text;
}

/** Behind the opening quote, where there is one. */
function startAt(bytes: Uint8Array, positions: Int32Array, first: number, index: number): number {
  const start = (positions[first + index] as number) + 1;
  return bytes[start] === QUOTE && start < (positions[first + index + 1] as number) ? start + 1 : start;
}

/** Before the closing quote, and before the CR of a CRLF. */
function endAt(bytes: Uint8Array, positions: Int32Array, first: number, index: number, width: number): number {
  const start = (positions[first + index] as number) + 1;
  let end = positions[first + index + 1] as number;
  if (index === width - 1 && end > start && bytes[end - 1] === CR) end--;
  return end > start && bytes[start] === QUOTE ? end - 1 : end;
}

/** Takes the CR of a CRLF off the last field. */
function withoutCr(fields: string[]): string[] {
  const last = fields.at(-1);
  if (last?.endsWith('\r')) fields[fields.length - 1] = last.slice(0, -1);
  return fields;
}

function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && (fields[0] === '' || fields[0] === '\r');
}

function wrongWidth(found: number, wanted: number): string {
  const why =
    found > wanted ? 'a value with a delimiter in it, such as an argon2 digest, needs quotes' : 'the row is cut off';
  return `the row has ${found} fields and the header ${wanted}: ${why}`;
}

/** Of a row that has its digest and not all that comes behind it. */
const SHORT_ROW: Finding = {
  code: 'WARN_ROW',
  severity: 'warning',
  field: 'row',
  message: 'the row has fewer fields than the header; its digest is there, and values may stand in a wrong column',
  fix: 'export it again',
};

function withFinding(row: Row, finding: Finding): Row {
  return { ...row, findings: [...(row.findings ?? []), finding] };
}
