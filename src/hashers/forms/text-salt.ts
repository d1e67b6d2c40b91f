/** A salt that is text: its bytes are its UTF-8, whatever encoding it looks like. */
import { utf8, utf8Text } from '../../encoding/bytes.js';
import { digestError, malformed } from '../../errors.js';
import { hidden } from './findings.js';

/** @throws {DigestError} ERR_MALFORMED on half a surrogate pair: no UTF-8 storage holds one, so the export is damaged. */
export function decodeTextSalt(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const salt = text.slice(start, end);
  if (!salt.isWellFormed()) throw malformed('salt', start, 'salt: half of a surrogate pair; the export is damaged');
  return utf8(salt);
}

/**
 * A text salt of another system's digest, which converts to a form that may no longer show what was in it.
 * @throws {DigestError} ERR_MALFORMED on a control or an invisible character too: no system writes one, a fold or a copy does.
 */
export function decodeShownSalt(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const [found] = hidden(text, start, end, 'salt');
  if (found !== undefined) throw malformed('salt', found.offset ?? start, found.message);
  return decodeTextSalt(text, start, end);
}

/**
 * The text again.
 * @throws {DigestError} ERR_MALFORMED where the bytes are not UTF-8.
 */
export function encodeTextSalt(salt: Uint8Array): string {
  const text = utf8Text(salt);
  if (text === undefined) {
    throw digestError('ERR_MALFORMED', 'salt: the format holds text, and these bytes are not UTF-8', { field: 'salt' });
  }
  return text;
}
