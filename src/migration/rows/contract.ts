/** A reader: text of one format to rows, in batches. */
import type { RowBatch } from '../row.js';
import type { Bound } from '../sources/index.js';

/**
 * Chooses how the records of one export are read, from the columns of a CSV (`all` of its fields) or from the fields
 * of a first record.
 * @throws {InputProblem}
 */
export type Bind = (fields: readonly string[], all: boolean, table?: TableNames) => Bound;

/** The table of a dump whose columns the fields are. */
export interface TableNames {
  readonly name: string;
  /** The dump names its columns. */
  readonly isNamed: boolean;
}

export type { Format } from '../../reports/check-report.js';

export type RowBatches = AsyncGenerator<RowBatch>;
