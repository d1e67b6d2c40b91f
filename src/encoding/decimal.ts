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
  if (start === end) throw malformed(field, start, `${field}: a number is needed and nothing is there`);
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) {
      throw malformed(field, i, `${field}: the character at offset ${i} is not a digit; write a plain decimal number`);
    }
    // Past 2^53 the sum is no longer exact, and it can only grow: the range check below still holds.
    value = value * 10 + digit;
  }
  if (text.charCodeAt(start) === 48 && end - start > 1) {
    throw malformed(field, start, `${field}: a leading zero`, `write ${field} without leading zeros`);
  }
  if (value < min || value > max) {
    throw malformed(field, start, `${field}: the number must be from ${min} to ${max}`);
  }
  return value;
}
