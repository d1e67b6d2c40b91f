/** The lengths in bytes that a field takes, and those that are suspicious. */
import { malformed } from '../errors.js';
import { empty, unusualLength } from './findings.js';
import { type Found, warn, warnAll } from './slot.js';
import type { ByteLengths } from './types.js';

const MIN_HASH_BYTES = 16;

/** The lengths in bytes that a field takes. */
export interface LengthRule {
  readonly min: number;
  readonly max: number;
  readonly only: readonly number[] | undefined;
  /** The one length, where there is one. */
  readonly exact: number | undefined;
  takes(length: number): boolean;
  /** @throws {DigestError} at `end` of the field. */
  check(field: string, length: number, end: number): void;
  /** Of a length that is taken. */
  warn(found: Found, field: string, length: number, start: number): void;
}

export function createLengthRule(field: string, lengths: ByteLengths): LengthRule {
  const { bytes, usual, known = [], partVerifies = false } = lengths;
  const only = bytes === undefined ? lengths.only : [bytes];
  const shortest = Math.min(MIN_HASH_BYTES, usual ?? MIN_HASH_BYTES, ...known);
  const min = only === undefined ? (lengths.min ?? (field === 'hash' ? shortest : 0)) : Math.min(...only);
  const max = only === undefined ? (lengths.max ?? Number.POSITIVE_INFINITY) : Math.max(...only);
  const needed =
    only !== undefined ? only.join(' or ') : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  const rule = { usual: usual ?? 0, known, partVerifies };
  const takes = (length: number): boolean =>
    length >= min && length <= max && (only === undefined || only.includes(length));
  return {
    min,
    max,
    only,
    exact: only?.length === 1 ? only[0] : undefined,
    takes,
    check(name, length, end) {
      if (takes(length)) return;
      throw malformed(name, end, `${name} must be ${needed} bytes (is ${length})`);
    },
    warn(found, name, length, start) {
      if (length === 0 && lengths.min !== 0) warn(found, empty(name, start));
      else if (usual !== undefined && length < usual) warnAll(found, unusualLength(name, start, length, rule));
    },
  };
}
