/** One user of an export, on the way from a reader to the tally. */

/** What a source found in a record. */
export interface Extracted {
  readonly id: string;
  /** Undefined where the record names none. */
  readonly passwordHasher: string | undefined;
  /** Empty where its field is; undefined where the record has no such field. */
  readonly passwordDigest: string | undefined;
}

export interface Row extends Extracted {
  /** Physical line on which the record begins, from 1. */
  readonly line: number;
  /** Why the record could not be read; its other values are then of no use. */
  readonly problem?: string | undefined;
}

/** Rows together, so that nothing is awaited for each. */
export interface Batch {
  /** Name of the source that reads them; undefined before a record was seen. */
  readonly source: string | undefined;
  readonly rows: readonly Row[];
}

/** Bounds one record, so that an unclosed quote does not take in the rest of a file. In characters; JSON in bytes. */
export const MAX_RECORD_SIZE: number = 4 * 1024 * 1024;

export function unreadable(line: number, problem: string): Row {
  return { line, id: '', passwordHasher: undefined, passwordDigest: undefined, problem };
}
