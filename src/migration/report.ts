/** The report of a check: what `check --json` prints. Counts are exact at any size. */
import type { ErrorCode } from '../errors.js';
import type { NoteCode, WarningCode } from '../types.js';
import type { Format } from './format.js';

export type Severity = 'error' | 'warning' | 'note';

export interface Example {
  /** Only where several files were checked. */
  readonly file?: string;
  /** Physical line, from 1. */
  readonly line: number;
  readonly id: string;
}

export interface ReportFinding {
  /** `ERR_ROW`: the record itself could not be read. */
  readonly code: ErrorCode | WarningCode | NoteCode | 'ERR_ROW';
  readonly hasher: string | null;
  readonly field: string | null;
  readonly severity: Severity;
  readonly count: number;
  /** Of the first of them. Never a piece of a digest. */
  readonly message: string;
  readonly fix: string | null;
  readonly examples: readonly Example[];
}

export interface HasherCounts {
  readonly rows: number;
  readonly ok: number;
  readonly warned: number;
  readonly rejected: number;
  /** How many digests have each value of each parameter. */
  readonly params: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Totals {
  readonly rows: number;
  /** Will verify. */
  readonly ok: number;
  /** Will verify here, and maybe not everywhere. */
  readonly warned: number;
  /** Will never verify as they are. */
  readonly rejected: number;
  /** Marks of accounts without a usable password. */
  readonly disabled: number;
  /** No digest at all. */
  readonly missing: number;
}

export interface Report {
  readonly input: {
    readonly files: readonly string[];
    readonly bytes: number;
    readonly rows: number;
    readonly format: Format | 'mixed';
    readonly source: string;
    /** Why it is that source, where it was told from the content. Names of fields and forms, nothing of a value. */
    readonly sourceReason?: string;
    /** Where reading ended before its time; the counts are of what was read. */
    readonly problem?: {
      readonly message: string;
      readonly file?: string;
      readonly line?: number;
      readonly byteOffset?: number;
      readonly fix?: string;
    };
  };
  readonly target: string | null;
  readonly totals: Totals;
  /** By hasher; `unknown` where the name is none or missing. */
  readonly hashers: Readonly<Record<string, HasherCounts>>;
  /** Errors first, then by count. */
  readonly findings: readonly ReportFinding[];
  /** Digests that several users share, and the rows that have one. `exact` is false past the bound of what is remembered. */
  readonly duplicates: { readonly digests: number; readonly rows: number; readonly exact: boolean };
  readonly canaries: {
    readonly matched: number;
    readonly mismatched: number;
    readonly missing: number;
    readonly suggestions: readonly string[];
  };
  readonly timing: { readonly durationMs: number; readonly rowsPerSecond: number; readonly peakRssBytes: number };
}
