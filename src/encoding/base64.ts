/**
 * Base64 as RFC 4648 has it, strict: alphabet, padding and zero trailing bits (§3.5). `Buffer.from(x, 'base64')` drops
 * what it does not know, so it cannot detect a damaged digest.
 */
import { malformed } from '../errors.js';
import { type Alphabet, alphabet, decode64, encode64, firstOutside, hasSpareBits } from './alphabet.js';

export type Padding = 'required' | 'none';

export interface Base64 {
  readonly alphabet: Alphabet;
  readonly padding: Padding;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = alphabet(`${LETTERS}+/`);
const EITHER = (() => {
  const table = alphabet(`${LETTERS}+/`);
  table.values['-'.charCodeAt(0)] = 62;
  table.values['_'.charCodeAt(0)] = 63;
  return table;
})();
const DOT = alphabet(`${LETTERS}./`);

/** RFC 4648 §4. */
export const base64: Base64 = { alphabet: STANDARD, padding: 'required' };
/** RFC 4648 §4 without padding, as PHC strings write it. */
export const base64Unpadded: Base64 = { alphabet: STANDARD, padding: 'none' };
/** Reads either alphabet and writes §4: for a format whose exporters disagree. */
export const base64Lenient: Base64 = { alphabet: EITHER, padding: 'required' };
/** passlib's "ab64": `.` for `+`, no padding. */
export const base64Adapted: Base64 = { alphabet: DOT, padding: 'none' };

export function encodeBase64(bytes: Uint8Array, { alphabet, padding }: Base64 = base64): string {
  const text = encode64(alphabet, bytes);
  return padding === 'none' || text.length % 4 === 0 ? text : text + (text.length % 4 === 2 ? '==' : '=');
}

/**
 * The bytes of `text[start, end)`.
 * @param expected bytes, where the format says how many: only then is a fix for wrong padding certain.
 * @throws {DigestError} ERR_MALFORMED with `field` and the offset in `text`.
 */
export function decodeBase64(
  text: string,
  start: number,
  end: number,
  field: string,
  variant: Base64 = base64,
  expected?: number,
): Uint8Array<ArrayBuffer> {
  const stop = unpadded(text, start, end, field, variant, expected);
  const digits = stop - start;
  if (digits % 4 === 1) {
    const outside = firstOutside(variant.alphabet, text, start, stop);
    if (outside < stop) throw outsideAlphabet(outside, field);
    throw malformed(field, stop, `${field} must be whole bytes (has ${digits} Base64 characters)`);
  }
  const bytes = decode64(variant.alphabet, text, start, stop);
  if (bytes === undefined) throw outsideAlphabet(firstOutside(variant.alphabet, text, start, stop), field);
  // Two texts for the same bytes would be two digests for one hash; a cut-off text usually ends like this.
  if (hasSpareBits(variant.alphabet, text, start, stop)) {
    throw malformed(field, stop - 1, `${field}: unused bits of the last Base64 character must be zero`);
  }
  return bytes;
}

/** Where the digits end; padding is checked. */
function unpadded(text: string, start: number, end: number, field: string, variant: Base64, expected?: number): number {
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) === 61) stop--;
  const pads = end - stop;
  const digits = stop - start;
  const wanted = variant.padding === 'none' ? 0 : (4 - (digits % 4)) % 4;
  if (pads === wanted) return stop;
  const outside = firstOutside(variant.alphabet, text, start, stop);
  if (outside < stop) throw outsideAlphabet(outside, field);
  if (variant.padding === 'none') throw malformed(field, stop, `${field} must not have Base64 padding "="`);
  // A text that was cut off lacks padding too: with it in place the bytes would be other ones.
  const whole = (digits * 6) >> 3 === expected && !hasSpareBits(variant.alphabet, text, start, stop);
  const fix = wanted === 0 ? `remove the "=" at the end of ${field}` : `end ${field} with "${'='.repeat(wanted)}"`;
  const problem = `${field}: wrong Base64 padding (${pads} "=" after ${digits} characters)`;
  throw malformed(field, stop, problem, whole ? fix : undefined, whole ? 'padding' : undefined);
}

function outsideAlphabet(at: number, field: string) {
  return malformed(field, at, `${field}: character at offset ${at} is not in the Base64 alphabet`);
}
