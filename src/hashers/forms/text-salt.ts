/** A salt that is text: its bytes are its UTF-8, whatever encoding it looks like. */
import { utf8, utf8Text } from '../../encoding/bytes.js';
import { malformed } from '../../errors.js';

/** @throws {DigestError} ERR_MALFORMED on half a surrogate pair: no UTF-8 storage holds one, so the export is damaged. */
export function decodeTextSalt(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const salt = text.slice(start, end);
  if (!salt.isWellFormed()) throw malformed('salt', start, 'salt: half of a surrogate pair; the export is damaged');
  return utf8(salt);
}

/** The text again. A salt built from other bytes has none. */
export function encodeTextSalt(salt: Uint8Array): string {
  const text = utf8Text(salt);
  if (text === undefined)
    throw new TypeError('serialize: this format writes its salt as text, and these bytes are not UTF-8');
  return text;
}
