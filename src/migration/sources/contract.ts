/** A source: what an export of one platform calls the id, the hasher and the digest of a user. */
import type { Extracted } from '../row.js';

/** The value of a field as text; undefined where it is absent, null or empty. */
export type FieldReader = (field: string) => string | undefined;

export interface SourceOptions {
  readonly idField?: string | undefined;
  readonly hasherField?: string | undefined;
  readonly digestField?: string | undefined;
  /** Of rows that name none. */
  readonly hasher?: string | undefined;
}

export interface Source {
  readonly name: string;
  /** CSV: lines before the header, and rows, that begin so are comments. */
  readonly comment?: string;
  /**
   * @param columns of a CSV; undefined where records name their fields themselves.
   * @throws {InputProblem} where a column that is needed is not there.
   */
  bind(columns: readonly string[] | undefined, options: SourceOptions): (field: FieldReader) => Extracted;
}
