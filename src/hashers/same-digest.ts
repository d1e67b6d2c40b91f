/** Whether what was read is what was written. */
import { isBytes } from '../encoding/brand.js';
import type { Parsed } from '../types.js';

/** The first parameter, or part, of `written` that `read` does not have; undefined where it has all of them. */
export function unlikeField(
  written: Pick<Parsed<ParamValues>, keyof Parsed>,
  read: Pick<Parsed<ParamValues>, keyof Parsed>,
): string | undefined {
  const param = Object.keys(written.params).find((name) => !alike(written.params[name], read.params[name]));
  if (param !== undefined) return param;
  if (!alike(written.salt, read.salt)) return 'salt';
  if (!alike(written.hash, read.hash)) return 'hash';
  // A format without a context has no place for one.
  return read.context === undefined || alike(written.context, read.context) ? undefined : 'context';
}

/** Of a record, the fields that `written` names. What is neither bytes, a record nor a scalar is not compared. */
function alike(written: unknown, read: unknown): boolean {
  if (written === undefined || written === read) return true;
  if (isBytes(written)) {
    return isBytes(read) && written.length === read.length && written.every((byte, i) => byte === read[i]);
  }
  if (typeof written !== 'object' || written === null) return typeof written === 'function';
  const prototype = Object.getPrototypeOf(written);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return true;
  if (typeof read !== 'object' || read === null) return false;
  return Object.keys(written).every((key) => alike((written as ParamValues)[key], (read as ParamValues)[key]));
}

type ParamValues = Readonly<Record<string, unknown>>;
