/** A reader: text or bytes of one format to rows, in batches. */
import type { Batch, Extracted } from '../row.js';
import type { FieldReader, Source } from '../sources/contract.js';

/** How the records of one export are read; made when the reader has seen the first of them. */
export interface Binding {
  readonly source: Source;
  readonly extract: (field: FieldReader) => Extracted;
}

/**
 * Asked once, with the column names of a CSV or the field names of the first record.
 * @throws {InputProblem}
 */
export type Bind = (fields: readonly string[], format: Format) => Binding;

export type Format = 'csv' | 'ndjson' | 'json';

export type Rows = AsyncGenerator<Batch>;
