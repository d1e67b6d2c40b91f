/** One user of an export, on the way from a reader to the tally. */

/** What a source found in a record. A digest or hasher that is not there is undefined; empty text is not there. */
export interface Extracted {
  readonly id: string;
  readonly passwordHasher: string | undefined;
  readonly passwordDigest: string | undefined;
}

export interface Row extends Extracted {
  /** Physical line on which the record begins, from 1. */
  readonly line: number;
  /** Why the record could not be read; its other values are then of no use. */
  readonly problem?: string | undefined;
}

/** Rows together, so that nothing is awaited for each. */
export type Batch = readonly Row[];

/** Bounds one record, so that an unclosed quote does not take in the rest of a file. */
export const MAX_RECORD_BYTES: number = 4 * 1024 * 1024;

export function unreadable(line: number, problem: string): Row {
  return { line, id: '', passwordHasher: undefined, passwordDigest: undefined, problem };
}
