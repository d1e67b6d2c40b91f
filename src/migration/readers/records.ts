/** Records of JSON as rows. */
import type { JsonRecord } from '../../encoding/json.js';
import type { Row } from '../row.js';
import type { Bound } from '../sources/contract.js';
import { noDigestField } from '../sources/named-fields.js';
import type { Bind } from './contract.js';

export interface RecordReader {
  /** Name of the source, once a record was read. */
  readonly source: string | undefined;
  row(record: JsonRecord, line: number): Row;
  /** Whether the record has a field for the digest. */
  fits(record: JsonRecord): boolean;
  /** @throws {InputProblem} where no record had a field for the digest. */
  end(): void;
}

export function recordReader(bind: Bind): RecordReader {
  let bound: Bound | undefined;
  let lookedFor: readonly string[] | undefined;
  let digestSeen = false;
  return {
    get source() {
      return bound?.source;
    },
    row(record, line) {
      if (bound === undefined) {
        bound = bind(Object.keys(record), false);
        lookedFor = bound.digestFields;
      }
      const { id, passwordHasher, passwordDigest } = bound.extract((name) => textOf(record, name));
      if (passwordDigest !== undefined) digestSeen = true;
      return { line, id, passwordHasher, passwordDigest };
    },
    fits(record) {
      const { digestFields, extract } = bind(Object.keys(record), false);
      lookedFor = digestFields;
      return extract((name) => textOf(record, name)).passwordDigest !== undefined;
    },
    end() {
      if (lookedFor !== undefined && !digestSeen) throw noDigestField(lookedFor);
    },
  };
}

/** The text of a field: empty where it is null or a structure, undefined where it is absent. Dots go into objects. */
function textOf(record: JsonRecord, name: string): string | undefined {
  const value = Object.hasOwn(record, name) ? record[name] : name.includes('.') ? within(record, name) : undefined;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === undefined ? undefined : '';
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
