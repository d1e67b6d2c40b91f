/**
 * The Base64 of bcrypt: `./A-Za-z0-9`, big-endian, no padding. The last character of a text whose bits are not a whole
 * number of bytes carries unused bits; writers set them to zero, and some digests in the wild do not have them so.
 */
import { malformed } from '../errors.js';
import { alphabet, encode64, NOT_IN_ALPHABET } from './alphabet.js';

const BCRYPT64 = alphabet('./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

export function encodeBcrypt64(bytes: Uint8Array): string {
  return encode64(BCRYPT64, bytes);
}

/**
 * The bytes of `text[start, end)`; unused bits are dropped: `unusedBitsBcrypt64` tells them.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeBcrypt64(text: string, start: number, end: number, field: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(((end - start) * 3) >> 2);
  const { values } = BCRYPT64;
  let out = 0;
  let word = 0;
  let bits = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    const value = unit < 128 ? (values[unit] as number) : NOT_IN_ALPHABET;
    if (value === NOT_IN_ALPHABET) {
      throw malformed(field, i, `${field}: the character at offset ${i} is not in bcrypt's alphabet ./A-Za-z0-9`);
    }
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

/** Whether the last character of the decoded `text[start, end)` carries bits that belong to no byte. */
export function unusedBitsBcrypt64(text: string, start: number, end: number): boolean {
  const value = BCRYPT64.values[text.charCodeAt(end - 1) & 127] as number;
  const unused = ((end - start) * 6) % 8;
  return (value & ((1 << unused) - 1)) !== 0;
}
