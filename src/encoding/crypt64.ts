/** The Base64 of crypt(3) and phpass: `./0-9A-Za-z`, three bytes little-endian in four characters, no padding. */
import { type DigestError, malformed } from '../errors.js';
import { alphabet, findDigit, firstOutside, NOT_IN_ALPHABET } from './alphabet.js';

const CRYPT64 = alphabet('./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');

export function encodeCrypt64(bytes: Uint8Array): string {
  const { characters } = CRYPT64;
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    let word = bytes[i] as number;
    if (left > 1) word |= (bytes[i + 1] as number) << 8;
    if (left > 2) word |= (bytes[i + 2] as number) << 16;
    for (let digit = 0; digit <= left; digit++) text += characters[(word >> (6 * digit)) & 63];
  }
  return text;
}

/**
 * The bytes of `text[start, end)`; bits past the last byte must be zero.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeCrypt64(text: string, start: number, end: number, field: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(((end - start) * 3) >> 2);
  const { values } = CRYPT64;
  let out = 0;
  let i = start;
  // Four characters and one check at a time.
  for (; i + 3 < end; i += 4) {
    const u = text.charCodeAt(i);
    const v = text.charCodeAt(i + 1);
    const w = text.charCodeAt(i + 2);
    const x = text.charCodeAt(i + 3);
    const a = values[u & 127] as number;
    const b = values[v & 127] as number;
    const c = values[w & 127] as number;
    const d = values[x & 127] as number;
    if ((u | v | w | x) > 127 || (a | b | c | d) > 63) throw outsideAlphabet(text, start, end, field);
    bytes[out] = a | (b << 6);
    bytes[out + 1] = (b >> 2) | (c << 4);
    bytes[out + 2] = (c >> 4) | (d << 2);
    out += 3;
  }
  let word = 0;
  let bits = 0;
  for (; i < end; i++) {
    const value = findDigit(CRYPT64, text.charCodeAt(i));
    if (value === NOT_IN_ALPHABET) throw outsideAlphabet(text, start, end, field);
    word |= value << bits;
    bits += 6;
    if (bits >= 8) {
      bytes[out++] = word;
      word >>= 8;
      bits -= 8;
    }
  }
  if (word !== 0) {
    throw malformed(field, end - 1, `${field}: unused bits of the last character must be zero`);
  }
  return bytes;
}

function outsideAlphabet(text: string, start: number, end: number, field: string): DigestError {
  const at = firstOutside(CRYPT64, text, start, end);
  return malformed(field, at, `${field}: character at offset ${at} is not in the alphabet ./0-9A-Za-z`);
}

/** The value 0–63 of one character, or -1. */
export function crypt64Value(codeUnit: number): number {
  const value = findDigit(CRYPT64, codeUnit);
  return value === NOT_IN_ALPHABET ? -1 : value;
}

/** The character of a value 0–63. */
export function crypt64Character(value: number): string {
  return CRYPT64.characters[value] as string;
}
