/** Decimal integers as digests write them: `[1-9][0-9]*`, in range. No sign, no leading zero, no exponent. */
import { malformed } from '../errors.js';

/**
 * The number in `text[start, end)`.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeDecimal(
  text: string,
  start: number,
  end: number,
  field: string,
  min = 1,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (start === end) throw malformed(field, start, `${field} must be a number (is empty)`);
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) {
      throw malformed(field, i, `${field} must be a decimal number (character at offset ${i} is not a digit)`);
    }
    // Past 2^53 the sum is no longer exact, and it can only grow: the range check below still holds.
    value = value * 10 + digit;
  }
  if (text.charCodeAt(start) === 48 && end - start > 1) {
    throw malformed(
      field,
      start,
      `${field} must not have leading zeros`,
      `write ${field} without leading zeros`,
      'leading-zeros',
    );
  }
  if (value < min || value > max) {
    throw malformed(field, start, `${field} must be ${min} to ${max}`);
  }
  return value;
}
