/** Hexadecimal, strict: an even number of digits and nothing else. RFC 4648 §8. */
import { malformed } from '../errors.js';
import { alphabet, firstOutside, NOT_IN_ALPHABET } from './alphabet.js';

const LOWER = '0123456789abcdef';
const HEX = (() => {
  const table = alphabet(LOWER);
  for (let i = 10; i < 16; i++) table.values[LOWER.charCodeAt(i) - 32] = i;
  return table;
})();
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += PAIRS[bytes[i] as number];
  return text;
}

/**
 * The bytes of `text[start, end)`. Either case is read: `upperHexAt` says which it was.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeHex(text: string, start: number, end: number, field: string): Uint8Array<ArrayBuffer> {
  const length = (end - start) >> 1;
  const bytes = new Uint8Array(length);
  const { values } = HEX;
  let seen = 0;
  for (let i = 0, at = start; i < length; i++, at += 2) {
    const high = text.charCodeAt(at);
    const low = text.charCodeAt(at + 1);
    const h = high < 128 ? (values[high] as number) : NOT_IN_ALPHABET;
    const l = low < 128 ? (values[low] as number) : NOT_IN_ALPHABET;
    seen |= h | l;
    bytes[i] = (h << 4) | l;
  }
  if (seen > 15) throw notHex(text, start, end, field);
  if ((end - start) & 1) throw oddOrNotHex(text, start, end, field);
  return bytes;
}

/** An even number of hexadecimal digits, at least two. */
export function isHex(text: string, start = 0, end: number = text.length): boolean {
  return end > start && ((end - start) & 1) === 0 && firstOutside(HEX, text, start, end) === end;
}

/** Offset of the first capital A–F, or -1. */
export function upperHexAt(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 65 && unit <= 70) return i;
  }
  return -1;
}

/** Offset of the first small a–f, or -1. */
export function lowerHexAt(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 97 && unit <= 102) return i;
  }
  return -1;
}

function notHex(text: string, start: number, end: number, field: string) {
  const at = firstOutside(HEX, text, start, end);
  return malformed(field, at, `${field}: character at offset ${at} is not a hexadecimal digit`);
}

function oddOrNotHex(text: string, start: number, end: number, field: string) {
  if (firstOutside(HEX, text, start, end) < end) return notHex(text, start, end, field);
  return malformed(field, end, `${field} must be whole bytes (has ${end - start} hexadecimal digits)`);
}
