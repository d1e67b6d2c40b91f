/** What is said of one row. */
import type { ReportFinding } from '../../reports/check-report.js';
import type { AnyHasher, Params, Parsed } from '../../types.js';

/** A finding of a report without its count. */
export type RowFinding = Omit<ReportFinding, 'count' | 'examples'>;

export interface Outcome {
  readonly verdict: 'ok' | 'warned' | 'rejected' | 'disabled' | 'missing';
  /** The hasher that the row counts for; null where no hasher read or rejected it. */
  readonly hasher: string | null;
  /** Undefined where nothing was parsed. */
  readonly params?: Params;
  /** Undefined where nothing was parsed. */
  readonly read?: ReadDigest;
  /** Frozen where all outcomes with this very array have the same verdict, hasher and parameters. */
  readonly findings: readonly RowFinding[];
  /** The digest to import, where it is not the row's own. */
  readonly repaired?: string;
  /** Of rejected rows. */
  readonly rejection?: RowRejection;
}

/** A digest that was parsed. Secret. */
export interface ReadDigest {
  readonly text: string;
  readonly hasher: AnyHasher;
  readonly parsed: Parsed;
}

/** Why a row is rejected, with its place in the row's digest. */
export interface RowRejection {
  readonly code: ReportFinding['code'];
  readonly field: string | null;
  readonly offset: number | null;
  readonly fix: string | null;
}

/** Name of the hasher of rows that name none, and whose digest does not show it. */
export const UNKNOWN = 'unknown';
/** No digest at all. */
export const MISSING: Outcome = { verdict: 'missing', hasher: null, findings: [] };
export const DISABLED: Outcome = { verdict: 'disabled', hasher: null, findings: [] };

/** Of the row's own digest nothing stays. */
export function withoutDigest({ read: _, ...outcome }: Outcome): Outcome {
  return outcome;
}

export function reject(hasher: string | null, finding: RowFinding, offset?: number): Outcome {
  const { code, field, fix } = finding;
  return { verdict: 'rejected', hasher, findings: [finding], rejection: { code, field, offset: offset ?? null, fix } };
}
