/** The shape of a check report: `digestry check --json` prints it. Counts are exact at any size. */

import type { ErrorCode } from '../errors.js';
import type { InputProblemCode } from '../files/input-problem.js';
import type { NoteCode, Params, WarningCode } from '../types.js';
import type { CanarySuggestion } from './canary-suggestion.js';

/** Goes up by one where the shape of the report changes. */
export const REPORT_VERSION = 1;

export type Severity = 'error' | 'warning' | 'note';

/**
 * How the records of an export are written. `ldif`: entries of RFC 2849. `colons`: one user per line, fields separated
 * by colons, as in passwd(5), shadow(5) and htpasswd. `sql`: a dump, its INSERTs and COPYs. `xlsx`: a sheet
 * of an Excel workbook.
 */
export type Format = 'csv' | 'ndjson' | 'json' | 'ldif' | 'colons' | 'sql' | 'xlsx';

export interface Example {
  /** Only where several files were checked. */
  readonly file?: string;
  /** Physical line, from 1. */
  readonly line: number;
  readonly id: string;
}

/** What is found of rows rather than of digests. */
export type RowCode =
  /** The record itself could not be read. */
  | 'ERR_ROW'
  /** The field of the digest holds a value that is not a string. */
  | 'ERR_NOT_TEXT'
  /** A salt in another field than the digest, whether that has its own or not: how the two belong together is not known. */
  | 'ERR_SALT_SEPARATE'
  /** A product that hashes the password before the named hasher does, or that may. */
  | 'ERR_PREHASH'
  /** Known passwords do not match the digests of this hasher. */
  | 'ERR_CANARY'
  /** The target takes this digest in a form that is not written here. */
  | 'ERR_TARGET_FORM'
  /** A user without an id. */
  | 'WARN_ID_MISSING'
  /** The same id on several rows. */
  | 'WARN_ID_DUPLICATE'
  /** The same salt on several rows. */
  | 'NOTE_SALT_SHARED'
  /** Written to the file of ready rows with certain damage undone, or under the right name. */
  | 'NOTE_REPAIRED'
  /** Written there in the form that the target takes. */
  | 'NOTE_TARGET_FORM'
  /** Written there in its canonical spelling. */
  | 'NOTE_CANONICAL';

export interface ReportFinding {
  /** What makes two findings the same, as data: `ERR_WRONG_HASHER/bcrypt//argon2id`. Stable within a report version. */
  readonly kind: string;
  readonly code: ErrorCode | WarningCode | NoteCode | RowCode;
  readonly hasher: string | null;
  readonly field: string | null;
  readonly severity: Severity;
  /** Rows. */
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
  /** How many digests have all of these parameters, the most frequent 100. */
  readonly parameterSets: readonly { readonly params: Params; readonly rows: number }[];
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

/** Values that several rows share. */
export interface SharedValues {
  readonly values: number;
  /** All rows that have one of them. */
  readonly rows: number;
  /** False where the numbers are estimated: past a bound only a sample is remembered. */
  readonly exact: boolean;
}

/** Known passwords against their users' digests. No password and no digest is in it. */
export interface CanaryReport {
  readonly matched: number;
  readonly mismatched: number;
  /** No row has the id, or the row has no digest. */
  readonly missing: number;
  /** Of all that were verified: passwords whose row is rejected. */
  readonly refused?: number;
  /** Could not be verified, by the reason. */
  readonly rejected: readonly {
    readonly code: ReportFinding['code'];
    readonly hasher: string;
    readonly count: number;
    readonly message: string;
  }[];
  readonly hashers: Readonly<Record<string, { readonly matched: number; readonly mismatched: number }>>;
  /** The first that do not match. */
  readonly examples: readonly Example[];
  /** What makes most of those that do not match match. */
  readonly suggestions: readonly CanarySuggestion[];
}

/** How rows that will verify are written. */
export type OutFormat = 'ndjson' | 'clerk-csv';

export interface OutputReport {
  /** Where rows that will verify were written. */
  readonly out?: {
    readonly file: string;
    readonly format: OutFormat;
    readonly rows: number;
    /** Of these rows those with another system's digest, with damage undone, with another spelling of the same digest. */
    readonly converted: number;
    readonly repaired: number;
    readonly canonical: number;
    /** Of these rows those in the form that the target takes. Only where there are some. */
    readonly targetForm?: number;
    /** Of these rows: values that a spreadsheet takes for formulas. Only in CSV, and where there are some. */
    readonly formulas?: number;
  };
  readonly rejects?: { readonly file: string; readonly rows: number };
}

/** A part of an export by its bytes: one of `of`, numbered from 0. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Shards of one export whose report is missing. */
export interface MissingShards {
  readonly files: readonly string[];
  readonly of: number;
  readonly indexes: readonly number[];
}

/** Where rows that will verify are written, their digests converted and repaired, totals and hashers are of what is written. */
export interface CheckReport {
  readonly version: typeof REPORT_VERSION;
  readonly input: {
    readonly files: readonly string[];
    readonly bytes: number;
    readonly rows: number;
    readonly format: Format | 'mixed';
    readonly source: string;
    /** Why that source was detected. Names of fields and formats, nothing of a value. */
    readonly sourceReason?: string;
    /** Only this part of the files was read: part `index`, from 0, of `of`. */
    readonly shard?: Shard;
    /**
     * Of a shard none of whose records has a field for a digest: what ends the check where all shards are so. Only their
     * merge knows.
     */
    readonly withoutDigests?: { readonly message: string; readonly fix?: string };
    /** Where reading ended before its time; the counts are of what was read. */
    readonly problem?: {
      readonly code: InputProblemCode;
      readonly message: string;
      readonly file?: string;
      readonly line?: number;
      readonly byteOffset?: number;
      readonly fix?: string;
    };
  };
  readonly target: string | null;
  readonly totals: Totals;
  /** By hasher; `unknown` if the name is unknown or missing. */
  readonly hashers: Readonly<Record<string, HasherCounts>>;
  /** Errors first, then by count. */
  readonly findings: readonly ReportFinding[];
  /** Digests that several rows share, and these rows. `exact` is false where the numbers are estimated. */
  readonly duplicates: {
    readonly digests: number;
    readonly rows: number;
    readonly exact: boolean;
    readonly ids: SharedValues;
    readonly salts: SharedValues;
  };
  readonly canaries: CanaryReport;
  /** Only where files were asked for, and are whole. */
  readonly output?: OutputReport;
  readonly timing: { readonly durationMs: number; readonly rowsPerSecond: number; readonly peakRssBytes: number };
  /** Only where reports of shards or files were merged. Duplicates are then those within each part. */
  readonly merged?: { readonly reports: number; readonly missing: readonly MissingShards[] };
}
