/** A salt that is text: its bytes are its UTF-8, whatever encoding it looks like. */
import { utf8, utf8Text } from '../encoding/bytes.js';
import { digestError, malformed } from '../errors.js';
import { hidden } from './findings.js';

/**
 * @throws {DigestError} ERR_MALFORMED on half a surrogate pair, which no UTF-8 storage holds, and on a control character,
 * which no product writes: the export is damaged.
 */
export function decodeTextSalt(text: string, start: number, end: number, field = 'salt'): Uint8Array<ArrayBuffer> {
  const plain = plainSalt(text, start, end);
  if (plain !== undefined) return plain;
  refuseControls(text, start, end, field);
  const salt = text.slice(start, end);
  if (!salt.isWellFormed())
    throw malformed(field, start, `${field} contains half of a surrogate pair: the export is damaged`);
  return utf8(salt);
}

/** Printable ASCII, as nearly all salts are, takes one pass. */
function plainSalt(text: string, start: number, end: number): Uint8Array<ArrayBuffer> | undefined {
  const salt = new Uint8Array(end - start);
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 32 || unit > 126) return undefined;
    salt[i - start] = unit;
  }
  return salt;
}

function refuseControls(text: string, start: number, end: number, field: string): void {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 32 && (unit < 127 || unit > 159) && unit !== LINE_SEPARATOR && unit !== PARAGRAPH_SEPARATOR) continue;
    const fix = 'export it again, as text on one line';
    throw malformed(field, i, `${field} must not contain a control character or a line break`, fix, 'control');
  }
}

const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/**
 * A text salt of another system's digest, which converts to a form that may no longer show what was in it.
 * @throws {DigestError} ERR_MALFORMED on an invisible character too: no system writes one, a copy does.
 */
export function decodeShownSalt(text: string, start: number, end: number): Uint8Array<ArrayBuffer> {
  const plain = plainSalt(text, start, end);
  if (plain !== undefined) return plain;
  const [found] = hidden(text, start, end, 'salt');
  if (found !== undefined) throw malformed('salt', found.offset ?? start, found.message);
  return decodeTextSalt(text, start, end);
}

/**
 * The text again.
 * @throws {DigestError} ERR_MALFORMED where the bytes are not UTF-8.
 */
export function encodeTextSalt(salt: Uint8Array, field = 'salt'): string {
  const text = utf8Text(salt);
  if (text === undefined) {
    throw digestError('ERR_MALFORMED', `${field} must be UTF-8 text`, { field });
  }
  return text;
}
