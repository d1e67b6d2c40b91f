/** A field that is a number, in decimal, in hexadecimal, in letters of crypt(3), or by its logarithm. */
import { crypt64Character, crypt64Value } from '../encoding/crypt64.js';
import { decodeDecimal } from '../encoding/decimal.js';
import { malformed } from '../errors.js';
import { CODECS } from './codecs.js';
import { acceptsAll, type Found, type Slot, warnAll } from './slot.js';
import type { NumberField, PackedField } from './types.js';

/** How a number is written. */
interface Notation {
  readonly minChars: number;
  readonly maxChars: number;
  accepts(unit: number): boolean;
  /** @throws {DigestError} where it is not in range. */
  read(text: string, start: number, end: number): number;
  write(value: number): string;
  readonly pattern: string;
}

const MAX_LOG2 = 52;
const MAX_DIGITS = 16;

export function numberSlot(data: NumberField): Slot {
  const { field, as, explicit } = data;
  const logarithm = as === 'log2' || as === 'log2h64';
  const { min = logarithm ? 0 : 1, max = logarithm ? MAX_LOG2 : Number.MAX_SAFE_INTEGER } = data;
  const notation = createNotation(data, min, max);
  const { minChars, maxChars, accepts } = notation;
  const spelling = as === 'hex' || as === 'HEX' ? CODECS[as].spelling : undefined;

  function read(text: string, start: number, end: number, found: Found): void {
    const value = notation.read(text, start, end);
    found.params[field] = logarithm ? 2 ** value : value;
    if (explicit !== undefined && value === data.default) found.params[explicit] = 1;
    if (spelling !== undefined) warnAll(found, spelling(text, start, end, field));
  }

  return {
    fields: [field],
    label: field,
    minChars,
    maxChars,
    accepts,
    fits: (text, start, end) =>
      end - start >= minChars && end - start <= maxChars && acceptsAll(accepts, text, start, end),
    read,
    readAbsent(found) {
      if (data.default !== undefined) found.params[field] = data.default;
    },
    isDefault: ({ params }) =>
      (params[field] === undefined || params[field] === data.default) &&
      (explicit === undefined || params[explicit] !== 1),
    write({ params }) {
      const value = params[field] ?? data.default;
      if (typeof value !== 'number') return undefined;
      const written = logarithm ? Math.log2(value) : value;
      if (!Number.isSafeInteger(written) || written < min || written > max) return undefined;
      const text = notation.write(written);
      return text.length > maxChars ? undefined : text;
    },
    pattern: notation.pattern,
    free: false,
    toLast: false,
  };
}

function createNotation(data: NumberField, min: number, max: number): Notation {
  switch (data.as) {
    case 'h64':
    case 'log2h64':
      return crypt64Notation(data, min, max);
    case 'hex':
    case 'HEX':
      return hexNotation(data, data.as, min, max);
    default:
      return data.digits === undefined ? decimalNotation(data, min, max) : paddedNotation(data, data.digits, min, max);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function decimalNotation({ field }: NumberField, min: number, max: number): Notation {
  return {
    minChars: 1,
    maxChars: MAX_DIGITS,
    accepts: isDigit,
    read: (text, start, end) => decodeDecimal(text, start, end, field, min, max),
    write: String,
    pattern: min > 0 ? '[1-9]\\d*' : '\\d+',
  };
}

/** With zeros on the left. */
function paddedNotation({ field }: NumberField, digits: number, min: number, max: number): Notation {
  return {
    minChars: digits,
    maxChars: digits,
    accepts: isDigit,
    read(text, start, end) {
      let value = 0;
      for (let i = start; i < start + digits; i++) {
        const digit = text.charCodeAt(i) - 48;
        if (i >= end || !(digit >= 0 && digit <= 9))
          throw malformed(field, i, `${field} must be ${digits} decimal digits`);
        value = value * 10 + digit;
      }
      if (end - start !== digits) throw malformed(field, start + digits, `${field} must be ${digits} decimal digits`);
      if (value < min || value > max) throw malformed(field, start, `${field} must be ${min} to ${max} (is ${value})`);
      return value;
    },
    write: (value) => String(value).padStart(digits, '0'),
    pattern: `\\d{${digits}}`,
  };
}

function hexNotation({ field, digits }: NumberField, as: 'hex' | 'HEX', min: number, max: number): Notation {
  const { accepts, letters } = CODECS[as];
  return {
    minChars: digits ?? 1,
    maxChars: digits ?? MAX_HEX_DIGITS,
    accepts,
    read(text, start, end) {
      if (digits !== undefined && end - start !== digits) {
        throw malformed(field, Math.min(end, start + digits), `${field} must be ${digits} hexadecimal digits`);
      }
      if (start === end) throw malformed(field, start, `${field} must be a number (is empty)`);
      for (let i = start; i < end; i++) {
        if (accepts(text.charCodeAt(i))) continue;
        throw malformed(field, i, `${field}: character at offset ${i} is not a hexadecimal digit`);
      }
      if (digits === undefined && end - start > 1 && text.charCodeAt(start) === 48) {
        const fix = `write ${field} without leading zeros`;
        throw malformed(field, start, `${field} must not have leading zeros`, fix, 'leading-zeros');
      }
      const value = Number.parseInt(text.slice(start, end), 16);
      if (value < min || value > max) throw malformed(field, start, `${field} must be ${min} to ${max}`);
      return value;
    },
    write(value) {
      const text = value.toString(16).padStart(digits ?? 0, '0');
      return as === 'HEX' ? text.toUpperCase() : text;
    },
    pattern: `[${letters}]${digits === undefined ? '+' : `{${digits}}`}`,
  };
}

/** 2^53 has 14 hexadecimal digits. */
const MAX_HEX_DIGITS = 14;

/** Letters of crypt(3), the lowest six bits first. */
function crypt64Notation({ field, as, digits = 1 }: NumberField, min: number, max: number): Notation {
  const highest = Math.min(max, 64 ** digits - 1);
  const letters = `${crypt64Character(min & 63)} to ${crypt64Character(highest & 63)}`;
  const range = as === 'log2h64' ? `2^${min} to 2^${highest}` : `${min} to ${highest}`;
  const needed = digits === 1 ? `${range} (characters ${letters})` : range;
  return {
    minChars: digits,
    maxChars: digits,
    accepts: (unit) => crypt64Value(unit) !== -1,
    read(text, start, end) {
      if (end - start !== digits) {
        throw malformed(field, Math.min(end, start + digits), `${field} must be ${digits} characters of ./0-9A-Za-z`);
      }
      let value = 0;
      for (let i = end - 1; i >= start; i--) {
        const digit = crypt64Value(text.charCodeAt(i));
        if (digit === -1) {
          throw malformed(field, i, `${field}: character at offset ${i} is not in the alphabet ./0-9A-Za-z`);
        }
        value = value * 64 + digit;
      }
      if (value < min || value > highest) throw malformed(field, start, `${field} must be ${needed}`);
      return value;
    },
    write(value) {
      let text = '';
      for (let i = 0, left = value; i < digits; i++, left = Math.floor(left / 64)) text += crypt64Character(left % 64);
      return text;
    },
    pattern: `[./0-9A-Za-z]${digits === 1 ? '' : `{${digits}}`}`,
  };
}

/** Several numbers of a byte each as one in hexadecimal, without leading zeros: the first one may be short. */
export function packedSlot({ fields }: PackedField): Slot {
  const label = fields[0] ?? '';
  const whole = createNotation({ kind: 'number', field: label, as: 'hex' }, 0, 256 ** fields.length - 1);
  return {
    fields,
    label,
    minChars: 1,
    maxChars: 2 * fields.length,
    accepts: whole.accepts,
    fits: (text, start, end) =>
      end > start && end - start <= 2 * fields.length && acceptsAll(whole.accepts, text, start, end),
    read(text, start, end, found) {
      let value = whole.read(text, start, end);
      const numbers = fields.map(() => {
        const low = value % 256;
        value = Math.floor(value / 256);
        return low;
      });
      numbers.reverse();
      for (const [i, field] of fields.entries()) found.params[field] = numbers[i] as number;
      warnAll(found, CODECS.hex.spelling?.(text, start, end, label) ?? []);
    },
    readAbsent() {},
    isDefault: ({ params }) => fields.every((field) => params[field] === undefined),
    write({ params }) {
      let value = 0;
      for (const field of fields) {
        const number = params[field];
        if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 255) return undefined;
        value = value * 256 + number;
      }
      return whole.write(value);
    },
    pattern: `[0-9a-f]{1,${2 * fields.length}}`,
    free: false,
    toLast: false,
  };
}
