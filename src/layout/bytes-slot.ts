/** A field that spells bytes. */
import { malformed } from '../errors.js';
import { CODECS, decodeCutCrypt64, encodeCutCrypt64 } from './codecs.js';
import { refuseEncodedTwice } from './findings.js';
import { createLengthRule } from './lengths.js';
import { acceptsAll, quantifier, type Slot, setBytes, warnAll } from './slot.js';
import type { BytesField } from './types.js';

export function bytesSlot(data: BytesField): Slot {
  const { field, as, chars, count } = data;
  const codec = CODECS[as];
  const rule = createLengthRule(field, data);
  const isHash = field === 'hash';
  const { exact } = rule;
  const expected = exact ?? data.usual;
  const digits = exact !== undefined && codec.bitsPerChar === 4 ? exact * 2 : undefined;
  const cut = chars !== undefined && as === 'h64' && (chars * 6) % 8 !== 0 ? chars : undefined;
  const lossy = as === 'h64be';
  const minChars = chars ?? codec.chars(rule.min);
  const maxChars = chars ?? (rule.max === Number.POSITIVE_INFINITY ? rule.max : codec.chars(rule.max));
  const { decode, spelling } = codec;

  function check(length: number, start: number, end: number): void {
    if (chars !== undefined) {
      if (end - start !== chars) {
        const at = Math.min(end, start + chars);
        throw malformed(field, at, `${field} must be ${chars} characters (is ${end - start})`);
      }
    } else if (digits !== undefined && length !== exact) {
      const at = Math.min(end, start + digits);
      throw malformed(field, at, `${field} must be ${digits} hexadecimal digits (is ${end - start})`);
    } else rule.check(field, length, end);
  }

  return {
    fields: [field],
    label: field,
    minChars,
    maxChars,
    accepts: codec.accepts,
    fits: (text, start, end) =>
      end - start >= minChars && end - start <= maxChars && acceptsAll(codec.accepts, text, start, end),
    read(text, start, end, found) {
      const bytes =
        cut === undefined ? decode(text, start, end, field, expected) : decodeCutCrypt64(text, start, end, field);
      if (bytes.length !== exact || chars !== undefined) check(bytes.length, start, end);
      if (isHash && data.hexText !== true) refuseEncodedTwice(bytes, start);
      setBytes(found, field, bytes);
      if (count !== undefined) found.params[count] = bytes.length;
      if (exact === undefined && chars === undefined) rule.warn(found, field, bytes.length, start);
      if (spelling !== undefined) warnAll(found, spelling(text, start, end, field));
    },
    readAbsent() {},
    isDefault: ({ bytes }) => (bytes[field]?.length ?? 0) === 0,
    write({ bytes }) {
      const value = bytes[field];
      if (value === undefined) return undefined;
      const text = cut === undefined ? codec.encode(value) : encodeCutCrypt64(value, cut);
      if (chars !== undefined) return text.length === chars ? text : undefined;
      rule.check(field, value.length, 0);
      return text;
    },
    pattern:
      codec.bitsPerChar === 4 && exact !== undefined
        ? `[${codec.letters}]{${exact * 2}}`
        : repeated(codec, minChars, maxChars),
    free: false,
    toLast: false,
    ...(isHash && (cut !== undefined || lossy) ? { trim: (derived: Uint8Array) => trimmed(derived, cut) } : {}),
  };
}

/** The derived bytes as a text that was cut holds them. */
function trimmed(derived: Uint8Array, cut: number | undefined): Uint8Array {
  if (cut !== undefined) {
    // A shorter one is another alternative's, which is not cut.
    if (derived.length < Math.ceil((cut * 6) / 8)) return derived;
    return decodeCutCrypt64(encodeCutCrypt64(derived.subarray(0, Math.ceil((cut * 6) / 8)), cut), 0, cut, 'hash');
  }
  const text = CODECS.h64be.encode(derived);
  return CODECS.h64be.decode(text, 0, text.length, 'hash');
}

function repeated(
  { letters, padding }: { readonly letters: string; readonly padding: string },
  min: number,
  max: number,
): string {
  if (padding !== '') return `[${letters}]${min === 0 ? '*' : '+'}${padding}`;
  return `[${letters}]${quantifier(min, max)}`;
}
