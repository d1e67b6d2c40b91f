/** Records of JSON as rows. */
import type { JsonRecord } from '../../encoding/json.js';
import type { Row } from '../row.js';
import type { Bind, Binding, Format } from './contract.js';

export interface RecordReader {
  row(record: JsonRecord, line: number): Row;
}

export function recordReader(bind: Bind, format: Format): RecordReader {
  let binding: Binding | undefined;
  return {
    row(record, line) {
      binding ??= bind(Object.keys(record), format);
      const { id, passwordHasher, passwordDigest } = binding.extract((name) => textOf(record, name));
      return { line, id, passwordHasher, passwordDigest };
    },
  };
}

/** The text of a field; undefined where it is absent, null, empty or a structure. Dots go into objects. */
function textOf(record: JsonRecord, name: string): string | undefined {
  let value: unknown = Object.hasOwn(record, name) ? record[name] : undefined;
  if (value === undefined && name.includes('.')) {
    value = name
      .split('.')
      .reduce<unknown>(
        (at, key) =>
          typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonRecord)[key] : undefined,
        record,
      );
  }
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
