/**
 * The Base64 of bcrypt: `./A-Za-z0-9`, big-endian, no padding. The last character of a text whose bits are not a whole
 * number of bytes carries unused bits; writers set them to zero, and some digests in the wild do not have them so.
 */
import { type DigestError, malformed } from '../errors.js';
import { alphabet, encode64, findDigit, firstOutside, NOT_IN_ALPHABET } from './alphabet.js';

const BCRYPT64 = alphabet('./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

export function encodeBcrypt64(bytes: Uint8Array): string {
  return encode64(BCRYPT64, bytes);
}

/**
 * The bytes of `text[start, end)`; unused bits are dropped: `unusedBitsBcrypt64` detects them.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeBcrypt64(text: string, start: number, end: number, field: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(((end - start) * 3) >> 2);
  const { values } = BCRYPT64;
  let out = 0;
  let i = start;
  // Four characters and one check at a time; a digest that is refused is looked at again below.
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
    bytes[out] = (a << 2) | (b >> 4);
    bytes[out + 1] = (b << 4) | (c >> 2);
    bytes[out + 2] = (c << 6) | d;
    out += 3;
  }
  let word = 0;
  let bits = 0;
  for (; i < end; i++) {
    const value = findDigit(BCRYPT64, text.charCodeAt(i));
    if (value === NOT_IN_ALPHABET) throw outsideAlphabet(text, start, end, field);
    word = (word << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[out++] = word >> bits;
      word &= 0xff;
    }
  }
  return bytes;
}

function outsideAlphabet(text: string, start: number, end: number, field: string): DigestError {
  const at = firstOutside(BCRYPT64, text, start, end);
  return malformed(field, at, `${field}: character at offset ${at} is not in bcrypt's alphabet ./A-Za-z0-9`);
}

/** Whether the last character of the decoded `text[start, end)` carries bits that belong to no byte. */
export function unusedBitsBcrypt64(text: string, start: number, end: number): boolean {
  const value = BCRYPT64.values[text.charCodeAt(end - 1) & 127] as number;
  const unused = ((end - start) * 6) % 8;
  return (value & ((1 << unused) - 1)) !== 0;
}
