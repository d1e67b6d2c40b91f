/** One user of an export, on its way from a reader to the counts. */
import type { DigestError } from '../errors.js';
import type { Finding } from '../types.js';
import type { RowProblem } from './row-problem.js';

/** Why a digest that parses is still not known to verify: other fields of its record say that something is missing. */
export interface Doubt {
  readonly code: 'ERR_SALT_SEPARATE' | 'ERR_PREHASH';
  /** What distinguishes doubts with the same code and field, such as a product. */
  readonly subcode?: string;
  /** Digests that have no salt of their own, digests that have another one than the row, digests of these hashers, or each. */
  readonly of: 'unsalted' | 'salted' | 'all' | readonly string[];
  /** Name of the field that raises it. */
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** What a source found in a record. */
export interface Extracted {
  readonly id: string;
  /** Undefined where the record names none. */
  readonly passwordHasher: string | undefined;
  /** Empty where its field is; undefined where the record has no such field. */
  readonly passwordDigest: string | undefined;
  /** What the source has to say of the digest, where it is a sound one. */
  readonly findings?: readonly Finding[] | undefined;
  /**
   * Why the source has no digest to give although the record holds something; `passwordDigest` is that, where its damage
   * may be one that can be undone. `ERR_DISABLED`: the account is switched off.
   */
  readonly error?: DigestError | undefined;
  readonly doubts?: readonly Doubt[] | undefined;
  /** Of another field, where a doubt is of it. Secret. */
  readonly salt?: string | undefined;
  /** What is found instead of a digest. */
  readonly notText?: { readonly subcode: string; readonly message: string; readonly fix: string } | undefined;
  /** The record is of another way to sign in (a social login): its user may have a record with the password. */
  readonly otherLogin?: boolean | undefined;
}

export interface Row extends Extracted {
  /** Physical line on which the record begins, from 1. */
  readonly line: number;
  /** Why the record could not be read; its other values are then of no use. */
  readonly problem?: RowProblem | undefined;
}

/** Rows that a report shows of each finding. */
export const MAX_EXAMPLES = 3;

/** Where a row is: which of the files, which line of it, which user. */
export interface RowPlace {
  readonly file: number;
  readonly line: number;
  readonly id: string;
  /** Of rows on one line, as all of a JSON may be: the lower one comes first. Absent: 0. */
  readonly order?: number;
}

/** What a digest begins with, such as `$2b$`, `{SSHA}`, `pbkdf2_sha256$` and `scrypt:`. */
const SIGNATURE =
  /^(?:[$_*][A-Za-z0-9-]{1,16}[$,]|\{[A-Za-z0-9_.-]{3,24}\}.{8}|[a-z0-9_+-]*(?:argon2|bcrypt|scrypt|pbkdf2|md5|sha\d)[a-z0-9_+-]*[$:])/;
/** A hash in hexadecimal or in Base64 next to a salt. */
const SALTED = /(?:^|[$:])[A-Za-z0-9+/]{32,}={0,2}[$:]|[$:][A-Za-z0-9+/]{32,}={0,2}$/;

/** A longer text is not a digest; an id may have any length. */
const MAX_DIGEST_CHARS = 1024;

/** The id for a report: empty where the field holds a digest, as after columns that were taken for each other. */
export function hideDigest(id: string): string {
  const beginning = id.length > MAX_DIGEST_CHARS ? id.slice(0, MAX_DIGEST_CHARS) : id;
  return SIGNATURE.test(beginning) || SALTED.test(beginning) ? '' : id;
}

/** Undefined if the record is not a user. */
export function makeRow(extracted: Extracted | undefined, line: number): Row | undefined {
  if (extracted === undefined) return undefined;
  const { id, passwordHasher, passwordDigest, findings, error, doubts, salt, notText, otherLogin } = extracted;
  if (!findings && !error && !doubts && !notText && !otherLogin) return { line, id, passwordHasher, passwordDigest };
  return { line, id, passwordHasher, passwordDigest, findings, error, doubts, salt, notText, otherLogin };
}

/** Rows together, so that nothing is awaited for each. */
export interface RowBatch {
  /** Name of the source that reads them; undefined before a record was seen. */
  readonly source: string | undefined;
  readonly rows: readonly Row[];
}

export { MAX_RECORD_SIZE } from './record-size.js';

export function unreadable(line: number, problem: RowProblem): Row {
  return { line, id: '', passwordHasher: undefined, passwordDigest: undefined, problem };
}
