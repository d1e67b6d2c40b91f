/** Records of JSON and LDIF as rows. */
import { isRecord, type JsonRecord, parseJson, quoteLongNumbers } from '../../encoding/json.js';
import { type Extracted, makeRow, type Row } from '../row.js';
import { type Bound, createNoDigestProblem, type FieldReader, type SourceRecord } from '../sources/index.js';
import type { Bind } from './contract.js';
import { extendedText } from './extended-json.js';

/** A record that was parsed. Its names are not looked at before. */
export class ParsedRecord implements SourceRecord {
  readonly tells = -1;
  readonly #record: JsonRecord;
  readonly #source: string;
  #texts: JsonRecord | undefined;

  /** @param source what was parsed. */
  constructor(record: JsonRecord, source: string) {
    this.#record = record;
    this.#source = source;
  }

  /** The record with long numbers as they are written. */
  get texts(): JsonRecord {
    if (this.#texts === undefined) {
      const quoted = quoteLongNumbers(this.#source);
      this.#texts = quoted === this.#source ? this.#record : (parseJson(quoted) as JsonRecord);
    }
    return this.#texts;
  }

  held(path: string): unknown {
    const value = valueAt(this.#record, path);
    return value === null || typeof value === 'string' ? undefined : value;
  }

  whole(): JsonRecord {
    return this.#record;
  }
}

export class RecordReader {
  /** Whether a record had a field for the digest. */
  digestSeen = false;
  readonly #bind: Bind;
  #bound: Bound | undefined;
  #lookedFor: readonly string[] | undefined;
  #advice: string | undefined;

  constructor(bind: Bind) {
    this.#bind = bind;
  }

  /** Of the records; undefined before one was read. */
  get source(): string | undefined {
    return this.#bound?.source;
  }

  /**
   * Chooses how records are read, from the fields of the first.
   * @throws {InputProblem}
   */
  open(fields: readonly string[]): Bound {
    this.#bound = this.#bindTo(fields);
    return this.#bound;
  }

  /** Undefined if the record is not a user. */
  row(value: JsonRecord, source: string, line: number): Row | undefined {
    if (this.#bound === undefined) this.open(Object.keys(value));
    const record = new ParsedRecord(value, source);
    return this.read((name) => readText(record.texts, name), record, line);
  }

  /** The same of a record that need not be parsed. The reader was opened. */
  read(field: FieldReader, record: SourceRecord, line: number): Row | undefined {
    const extracted = this.#bound?.extract(field, record);
    if (holdsDigest(extracted)) this.digestSeen = true;
    return makeRow(extracted, line);
  }

  /** Whether the record has a field for the digest. */
  fits(value: JsonRecord): boolean {
    const { extract } = this.#bindTo(Object.keys(value));
    return holdsDigest(extract((name) => readText(value, name), new ParsedRecord(value, '')));
  }

  /** @throws {InputProblem} where no record had a field for the digest. */
  end(): void {
    if (this.#lookedFor !== undefined && !this.digestSeen)
      throw createNoDigestProblem(this.#lookedFor, '', this.#advice);
  }

  #bindTo(fields: readonly string[]): Bound {
    const bound = this.#bind(fields, false);
    this.#lookedFor = bound.digestFields;
    this.#advice = bound.advice;
    return bound;
  }
}

/** Something, or a field for it. */
function holdsDigest(extracted: Extracted | undefined): boolean {
  return extracted !== undefined && (extracted.passwordDigest ?? extracted.error ?? extracted.notText) !== undefined;
}

/** The text of a field: empty where it is null or a structure, undefined where it is absent. Dots go into objects. */
export function readText(record: JsonRecord, name: string): string | undefined {
  const value = Object.hasOwn(record, name) ? record[name] : name.includes('.') ? within(record, name) : undefined;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === undefined ? undefined : extendedText(value);
  }
}

function within(record: JsonRecord, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonRecord)[key] : undefined,
      record,
    );
}

/** The same without elements of lists. */
function valueAt(record: JsonRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let at: unknown = record;
  for (const key of path.split('.')) {
    if (!isRecord(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}
