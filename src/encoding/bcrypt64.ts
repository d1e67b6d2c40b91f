/**
 * The Base64 of bcrypt: `./A-Za-z0-9`, big-endian, no padding. The last character of a text whose bits are not a whole
 * number of bytes carries unused bits; writers set them to zero, and some digests in the wild do not have them so.
 */
import { type DigestError, malformed } from '../errors.js';
import { alphabet, decode64, encode64, firstOutside, hasSpareBits } from './alphabet.js';

const BCRYPT64 = alphabet('./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

export function encodeBcrypt64(bytes: Uint8Array): string {
  return encode64(BCRYPT64, bytes);
}

/**
 * The bytes of `text[start, end)`; unused bits are dropped: `unusedBitsBcrypt64` detects them.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeBcrypt64(text: string, start: number, end: number, field: string): Uint8Array<ArrayBuffer> {
  const bytes = decode64(BCRYPT64, text, start, end);
  if (bytes === undefined) throw outsideAlphabet(text, start, end, field);
  return bytes;
}

function outsideAlphabet(text: string, start: number, end: number, field: string): DigestError {
  const at = firstOutside(BCRYPT64, text, start, end);
  return malformed(field, at, `${field}: character at offset ${at} is not in bcrypt's alphabet ./A-Za-z0-9`);
}

/** Whether the last character of the decoded `text[start, end)` carries bits that belong to no byte. */
export function unusedBitsBcrypt64(text: string, start: number, end: number): boolean {
  return hasSpareBits(BCRYPT64, text, start, end);
}
