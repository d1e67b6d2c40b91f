/** Records of JSON as rows. */
import type { JsonRecord } from '../../encoding/json.js';
import { type Extracted, makeRow, type Row } from '../row.js';
import type { Bound } from '../sources/contract.js';
import { noDigestField } from '../sources/named-fields.js';
import type { Bind } from './contract.js';
import { extendedText } from './extended-json.js';

export interface RecordReader {
  /** Name of the source, once a record was read. */
  readonly source: string | undefined;
  /** Whether a record had a field for the digest. */
  digestSeen: boolean;
  /** Chooses how records are read, from the fields of the first. */
  open(fields: readonly string[]): void;
  /** Undefined if the record is not a user. */
  row(record: JsonRecord, line: number): Row | undefined;
  /** Whether the record has a field for the digest. */
  fits(record: JsonRecord): boolean;
  /** @throws {InputProblem} where no record had a field for the digest. */
  end(): void;
}

export function recordReader(bind: Bind): RecordReader {
  let bound: Bound | undefined;
  let lookedFor: readonly string[] | undefined;
  let advice: string | undefined;
  const open = (fields: readonly string[]): Bound => {
    bound = bind(fields, false);
    lookedFor = bound.digestFields;
    advice = bound.advice;
    return bound;
  };
  const reader: RecordReader = {
    digestSeen: false,
    get source() {
      return bound?.source;
    },
    open,
    row(record, line) {
      const { extract } = bound ?? open(Object.keys(record));
      const extracted = extract((name) => readText(record, name), record);
      if (holdsDigest(extracted)) reader.digestSeen = true;
      return makeRow(extracted, line);
    },
    fits(record) {
      const { digestFields, extract, advice: told } = bind(Object.keys(record), false);
      lookedFor = digestFields;
      advice = told;
      return holdsDigest(extract((name) => readText(record, name), record));
    },
    end() {
      if (lookedFor !== undefined && !reader.digestSeen) throw noDigestField(lookedFor, '', advice);
    },
  };
  return reader;
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
