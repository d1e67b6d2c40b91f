/** The columns of a CSV, and its records as rows. */

import { InputProblem } from '../../files/input-problem.js';
import type { Finding } from '../../types.js';
import { QUOTE } from '../ascii.js';
import { makeRow, type Row, unreadable } from '../row.js';
import { countFields } from '../row-problem.js';
import type { Bound, FieldReader } from '../sources/index.js';
import { type Block, type RowSink, RowSpans } from './block.js';
import type { Bind } from './contract.js';
import { type CsvLayout, STRAY_QUOTE } from './csv-layout.js';
import { CsvRecord, RememberedAnswer } from './csv-record.js';

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

/** Indexes of columns; of `id` and `hasher` the first that has a value counts. */
interface PlainColumns {
  readonly id: Int32Array;
  readonly hasher: Int32Array;
  readonly digest: number;
  /** -1 where the digest has it. */
  readonly salt: number;
}

export class CsvTable {
  /** The first row is a user, not a header. */
  readonly headless: boolean;
  readonly #bound: Bound;
  readonly #width: number;
  readonly #indexOf: ReadonlyMap<string, number>;
  /** Columns that a digest needs. */
  readonly #needed: readonly string[];
  readonly #plain: PlainColumns | undefined;
  readonly #spans = new RowSpans();
  readonly #record = new CsvRecord();
  readonly #usual: RememberedAnswer | undefined;

  constructor(first: readonly string[], bound: Bound) {
    const { columns = first, digestFields, digestParts = [], plain } = bound;
    const width = first.length;
    this.headless = bound.columns !== undefined;
    this.#bound = bound;
    this.#width = width;
    this.#indexOf = new Map(columns.slice(0, width).map((name, index) => [name, index]));
    this.#needed = [...digestFields, ...digestParts.filter((name) => columns.includes(name))];
    if (plain === undefined || plain.locate !== undefined) return;
    const indexes = (names: readonly string[]) =>
      Int32Array.from(names.flatMap((name) => this.#indexOf.get(name) ?? []));
    const [digest] = indexes(plain.digest);
    const [salt = -1] = indexes(plain.joined?.salt ?? []);
    if (digest === undefined || (plain.joined !== undefined && salt === -1)) return;
    this.#plain = { id: indexes(plain.id), hasher: indexes(plain.hasher), digest, salt };
    this.#spans.readAs(plain);
    const { usual } = plain;
    this.#usual = usual && new RememberedAnswer(this.#record, this.#indexOf, usual);
  }

  get source(): string {
    return this.#bound.source;
  }

  /** Gives the sink the records of a layout from one to before another. */
  deliver(sink: RowSink, { bytes, line: firstLine }: Block, layout: CsvLayout, from: number, to: number): void {
    const { records, lines, quotes } = layout;
    const [record, spans, plain, usual, width] = [this.#record, this.#spans, this.#plain, this.#usual, this.#width];
    record.bytes = bytes;
    record.positions = layout.positions;
    spans.enter(bytes, this.#readText);
    for (let i = from; i < to; i++) {
      const first = records[i] as number;
      record.first = first;
      record.width = (records[i + 1] as number) - first;
      record.quotes = quotes[i] as number;
      spans.line = firstLine + (lines[i] as number);
      const isRegular = record.width === width && record.quotes < STRAY_QUOTE;
      if (isRegular && plain !== undefined && (usual === undefined || usual.get())) {
        fillSpans(spans, record, plain);
        if (record.quotes === 0 || !hasDoubledQuotes(spans)) {
          sink.take(spans);
          continue;
        }
      }
      const row = isRegular ? this.#readText() : this.#readIrregular();
      if (row !== undefined) sink.takeRow(row);
    }
  }

  readonly #field: FieldReader = (name) => {
    const index = this.#indexOf.get(name);
    return index === undefined || index >= this.#record.width ? undefined : this.#record.readText(index);
  };

  readonly #readText = (): Row | undefined => {
    const record = this.#record;
    const isBlank = record.width === 1 && record.end(0) === (record.positions[record.first] as number) + 1;
    return isBlank ? undefined : makeRow(this.#bound.extract(this.#field), this.#spans.line);
  };

  /** Of a record with a stray quote, or with more or fewer fields than the header. Undefined where it is a blank line. */
  #readIrregular(): Row | undefined {
    const record = this.#record;
    const { line } = this.#spans;
    if ((record.quotes & STRAY_QUOTE) !== 0) return unreadable(line, { code: 'text-after-quote' });
    if (record.width === 1 && record.start(0) === record.end(0)) return undefined;
    if (record.width > this.#width || !this.#hasWhole()) {
      return unreadable(line, countFields('csv', record.width, this.#width));
    }
    const row = makeRow(this.#bound.extract(this.#field), line);
    return row && withFinding(row, SHORT_ROW);
  }

  /** A value that another one follows, or none, was not cut off. */
  #hasWhole(): boolean {
    const record = this.#record;
    return this.#needed.every((name) => {
      const index = this.#indexOf.get(name) ?? record.width;
      return index < record.width && (index < record.width - 1 || record.start(index) === record.end(index));
    });
  }
}

function fillSpans(spans: RowSpans, record: CsvRecord, { id, hasher, digest, salt }: PlainColumns): void {
  spans.id = spans.idEnd = spans.hasher = spans.hasherEnd = 0;
  for (let k = 0; k < id.length && spans.id === spans.idEnd; k++) {
    spans.id = record.start(id[k] as number);
    spans.idEnd = record.end(id[k] as number);
  }
  for (let k = 0; k < hasher.length && spans.hasher === spans.hasherEnd; k++) {
    spans.hasher = record.start(hasher[k] as number);
    spans.hasherEnd = record.end(hasher[k] as number);
  }
  spans.digest = record.start(digest);
  spans.digestEnd = record.end(digest);
  if (salt === -1) return;
  spans.salt = record.start(salt);
  spans.saltEnd = record.end(salt);
}

/** The values of the spans are not their bytes. */
function hasDoubledQuotes({
  bytes,
  id,
  idEnd,
  hasher,
  hasherEnd,
  digest,
  digestEnd,
  salt,
  saltEnd,
}: RowSpans): boolean {
  if (holdsQuote(bytes, id, idEnd) || holdsQuote(bytes, hasher, hasherEnd)) return true;
  return holdsQuote(bytes, digest, digestEnd) || holdsQuote(bytes, salt, saltEnd);
}

/** Where the field is in quotes. */
function holdsQuote(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start - 1] !== QUOTE) return false;
  for (let at = start; at < end; at++) if (bytes[at] === QUOTE) return true;
  return false;
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
