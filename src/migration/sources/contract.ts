/** A source: what an export of one platform calls the id, the hasher and the digest of a user. */
import type { Extracted } from '../row.js';

/** The value of a field as text: empty where it is empty or null, undefined where the record has no such field. */
export type FieldReader = (field: string) => string | undefined;

export interface SourceOptions {
  readonly idField?: string | undefined;
  readonly hasherField?: string | undefined;
  readonly digestField?: string | undefined;
  /** Of rows that name none. */
  readonly hasher?: string | undefined;
}

/** A source that knows which fields an export has. */
export interface Bound {
  readonly source: string;
  /** Rows of a CSV that begin so are comments. */
  readonly comment: string | undefined;
  /** The fields that it takes for the digest, for messages. */
  readonly digestFields: readonly string[];
  extract(field: FieldReader): Extracted;
}

export interface Source {
  readonly name: string;
  /**
   * @param fields the columns of a CSV, all of them; or the fields of a first record, where others may have more.
   * @throws {InputProblem} where a column that is needed is not there, or where two could be meant.
   */
  bind(fields: readonly string[], all: boolean, options: SourceOptions): Bound;
}
