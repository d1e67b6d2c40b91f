/** A field of free text. */
import { utf8 } from '../encoding/bytes.js';
import { malformed } from '../errors.js';
import { empty, hidden, looseEdge } from './findings.js';
import { acceptsAll, escapeClass, quantifier, type Slot, setBytes, warn, warnAll } from './slot.js';
import { decodeTextSalt, encodeTextSalt } from './text-salt.js';
import type { TextField } from './types.js';

/** The units of `./0-9A-Za-z`. */
function expandRanges(of: string): (unit: number) => boolean {
  const accepted = new Uint8Array(128);
  for (let i = 0; i < of.length; i++) {
    const isRange = of[i + 1] === '-' && i + 2 < of.length;
    accepted.fill(1, of.charCodeAt(i), of.charCodeAt(isRange ? i + 2 : i) + 1);
    if (isRange) i += 2;
  }
  return (unit) => unit < 128 && accepted[unit] === 1;
}

export function textSlot(data: TextField): Slot {
  const { field, chars, not = '', of, latin1 = false } = data;
  const min = chars ?? data.min ?? 0;
  const max = chars ?? data.max ?? Number.POSITIVE_INFINITY;
  const refused = new Set(not);
  const accepts =
    of === undefined ? (unit: number) => not === '' || !refused.has(String.fromCharCode(unit)) : expandRanges(of);
  const restricted = of !== undefined || not !== '';
  const needed =
    chars !== undefined ? `${chars}` : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  const fallback = data.default === undefined ? undefined : utf8(data.default);

  const slot: Slot = {
    fields: [field],
    label: field,
    minChars: min,
    maxChars: max,
    accepts,
    fits: (text, start, end) =>
      end - start >= min && end - start <= max && (!restricted || acceptsAll(accepts, text, start, end)),
    read(text, start, end, found) {
      if (restricted) refuseCharacter(text, start, end);
      if (end - start < min || end - start > max) {
        const at = Math.min(end, start + max);
        throw malformed(field, at, `${field} must be ${needed} characters (is ${end - start})`);
      }
      const bytes = latin1 ? decodeLatin1(text, start, end, field) : decodeTextSalt(text, start, end, field);
      setBytes(found, field, bytes);
      if (start === end) {
        if (min !== 0 || data.min === undefined) warn(found, empty(field, start));
        return;
      }
      if (latin1) return;
      if (slot.edge !== undefined) {
        const odd = looseEdge(text, slot.edge === 'start' ? start : end - 1, field);
        if (odd !== undefined) warn(found, odd);
      }
      if (bytes.length !== end - start) warnAll(found, hidden(text, start, end, field));
    },
    readAbsent(found) {
      if (fallback !== undefined) setBytes(found, field, fallback);
    },
    isDefault: ({ bytes }) => isSameBytes(bytes[field], fallback),
    write({ bytes }) {
      const value = bytes[field];
      if (value === undefined) return undefined;
      const text = latin1 ? String.fromCharCode(...value) : encodeTextSalt(value, field);
      return slot.fits(text, 0, text.length) ? text : undefined;
    },
    pattern: `${of !== undefined ? `[${escapeClass(of, true)}]` : not !== '' ? `[^${escapeClass(not)}]` : '.'}${quantifier(min, max)}`,
    free: chars === undefined,
    toLast: data.toLast === true,
  };

  function refuseCharacter(text: string, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      if (accepts(text.charCodeAt(i))) continue;
      if (of !== undefined) {
        throw malformed(field, i, `${field}: character at offset ${i} is not in the alphabet ${of}`);
      }
      throw malformed(field, i, `${field} must not contain ${JSON.stringify(text.charAt(i))}`);
    }
  }
  return slot;
}

const NONE = new Uint8Array();

function decodeLatin1(text: string, start: number, end: number, field: string): Uint8Array {
  const bytes = new Uint8Array(end - start);
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 255) throw malformed(field, i, `${field}: character at offset ${i} is more than a byte`);
    bytes[i - start] = unit;
  }
  return bytes;
}

/** A salt that is absent may come as no bytes. */
function isSameBytes(a: Uint8Array = NONE, b: Uint8Array = NONE): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
