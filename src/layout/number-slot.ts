/** A field that is a number, in decimal, in hexadecimal, or by its logarithm. */
import { crypt64Character, crypt64Value } from '../encoding/crypt64.js';
import { decodeDecimal } from '../encoding/decimal.js';
import { malformed } from '../errors.js';
import { CODECS } from './codecs.js';
import { acceptsAll, type Slot, warn } from './slot.js';
import type { NumberField } from './types.js';

const MAX_LOG2 = 52;
const MAX_DIGITS = 16;

export function numberSlot(data: NumberField): Slot {
  const { field, as, digits, explicit } = data;
  const logarithm = as === 'log2' || as === 'log2h64';
  const { min = logarithm ? 0 : 1, max = logarithm ? MAX_LOG2 : Number.MAX_SAFE_INTEGER } = data;
  const read = numberReader(data, min, max);
  const letter = as === 'log2h64';
  const hexadecimal = as === 'hex' || as === 'HEX';
  const minChars = letter ? 1 : (digits ?? 1);
  const maxChars = letter ? 1 : (digits ?? MAX_DIGITS);
  const accepts = letter
    ? (unit: number) => crypt64Value(unit) !== -1
    : hexadecimal
      ? CODECS.hex.accepts
      : (unit: number) => unit >= 48 && unit <= 57;

  function write(value: number): string | undefined {
    const written = logarithm ? Math.log2(value) : value;
    if (!Number.isSafeInteger(written) || written < min || written > max) return undefined;
    if (letter) return crypt64Character(written);
    const text = written.toString(hexadecimal ? 16 : 10).padStart(digits ?? 0, '0');
    return as === 'HEX' ? text.toUpperCase() : text;
  }

  return {
    fields: [field],
    label: field,
    minChars,
    maxChars,
    accepts,
    fits: (text, start, end) =>
      end - start >= minChars && end - start <= maxChars && acceptsAll(accepts, text, start, end),
    read(text, start, end, found) {
      const value = read(text, start, end);
      found.params[field] = logarithm ? 2 ** value : value;
      if (explicit !== undefined && value === data.default) found.params[explicit] = 1;
      if (hexadecimal) {
        const odd = CODECS[as].spelling?.(text, start, end, field);
        if (odd !== undefined) warn(found, ...odd);
      }
    },
    readAbsent(found) {
      if (data.default !== undefined) found.params[field] = data.default;
    },
    isDefault: ({ params }) =>
      (params[field] === undefined || params[field] === data.default) &&
      (explicit === undefined || params[explicit] !== 1),
    write({ params }) {
      const value = params[field] ?? data.default;
      return typeof value === 'number' ? write(value) : undefined;
    },
    pattern: letter
      ? '[./0-9A-Za-z]'
      : hexadecimal
        ? `[${CODECS[as].letters}]${digits === undefined ? '+' : `{${digits}}`}`
        : digits === undefined
          ? min > 0
            ? '[1-9]\\d*'
            : '\\d+'
          : `\\d{${digits}}`,
    free: false,
    toLast: false,
  };
}

type NumberReader = (text: string, start: number, end: number) => number;

function numberReader({ field, as, digits }: NumberField, min: number, max: number): NumberReader {
  if (as === 'log2h64') {
    const letters = `${crypt64Character(min)} to ${crypt64Character(Math.min(max, 63))}`;
    return (text, start, end) => {
      const value = end - start === 1 ? crypt64Value(text.charCodeAt(start)) : -1;
      if (value < min || value > max) {
        throw malformed(field, start, `${field} must be 2^${min} to 2^${max} (characters ${letters})`);
      }
      return value;
    };
  }
  if (as === 'hex' || as === 'HEX') {
    return (text, start, end) => {
      const value = readHexNumber(text, start, end, field, digits);
      if (value < min || value > max) throw malformed(field, start, `${field} must be ${min} to ${max}`);
      return value;
    };
  }
  if (digits === undefined) return (text, start, end) => decodeDecimal(text, start, end, field, min, max);
  return (text, start, end) => {
    let value = 0;
    for (let i = start; i < start + digits; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (i >= end || !(digit >= 0 && digit <= 9)) {
        throw malformed(field, i, `${field} must be ${digits} decimal digits`);
      }
      value = value * 10 + digit;
    }
    if (end - start !== digits) throw malformed(field, start + digits, `${field} must be ${digits} decimal digits`);
    if (value < min || value > max) throw malformed(field, start, `${field} must be ${min} to ${max} (is ${value})`);
    return value;
  };
}

function readHexNumber(text: string, start: number, end: number, field: string, digits: number | undefined): number {
  if (digits !== undefined && end - start !== digits) {
    throw malformed(field, Math.min(end, start + digits), `${field} must be ${digits} hexadecimal digits`);
  }
  if (start === end) throw malformed(field, start, `${field} must be a number (is empty)`);
  for (let i = start; i < end; i++) {
    if (CODECS.hex.accepts(text.charCodeAt(i))) continue;
    throw malformed(field, i, `${field}: character at offset ${i} is not a hexadecimal digit`);
  }
  if (digits === undefined && end - start > 1 && text.charCodeAt(start) === 48) {
    const fix = `write ${field} without leading zeros`;
    throw malformed(field, start, `${field} must not have leading zeros`, fix, 'leading-zeros');
  }
  return Number.parseInt(text.slice(start, end), 16);
}
