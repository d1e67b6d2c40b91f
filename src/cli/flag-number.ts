/** Numbers that are given as flags. */
import { UsageError } from './terminal.js';

/** @throws {UsageError} */
export function positive(flag: string, text: string, most: number): number {
  const value = Number(text.trim() || Number.NaN);
  if (value > 0 && value <= most) return value;
  throw new UsageError(`${flag} must be a number over 0, up to ${most}`);
}

/** @throws {UsageError} */
export function whole(flag: string, text: string, most: number): number {
  const value = positive(flag, text, most);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${flag} must be a whole number from 1 on`);
}
