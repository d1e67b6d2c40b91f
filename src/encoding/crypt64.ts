/** The Base64 of crypt(3) and phpass: `./0-9A-Za-z`, three bytes little-endian in four characters, no padding. */
import { malformed } from '../errors.js';
import { alphabet, findDigit, NOT_IN_ALPHABET } from './alphabet.js';

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
  let out = 0;
  let word = 0;
  let bits = 0;
  for (let i = start; i < end; i++) {
    const value = findDigit(CRYPT64, text.charCodeAt(i));
    if (value === NOT_IN_ALPHABET) {
      throw malformed(field, i, `${field}: character at offset ${i} is not in the alphabet ./0-9A-Za-z`);
    }
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

/** The value 0–63 of one character, or -1. */
export function crypt64Value(codeUnit: number): number {
  const value = findDigit(CRYPT64, codeUnit);
  return value === NOT_IN_ALPHABET ? -1 : value;
}

/** The character of a value 0–63. */
export function crypt64Character(value: number): string {
  return CRYPT64.characters[value] as string;
}
