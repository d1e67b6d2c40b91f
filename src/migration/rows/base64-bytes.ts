/** Base64 in bytes, as strict as `decodeBase64` is on texts. */
import { base64 } from '../../encoding/base64.js';

const PAD = 61;
/** Of bytes that are not digits. */
const OUTSIDE = 0x80;

const VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = base64.alphabet.values[byte] ?? OUTSIDE;
  return value < 64 ? value : OUTSIDE;
});

/**
 * Decodes `from[start, end)` to the beginning of `into`, which may be the same bytes.
 * @returns how many bytes it is; -1 where it is not Base64.
 */
export function decodeBase64Bytes(from: Uint8Array, start: number, end: number, into: Uint8Array): number {
  let stop = end;
  while (stop > start && from[stop - 1] === PAD) stop--;
  const digits = stop - start;
  const rest = digits & 3;
  if (rest === 1 || end - stop !== (rest === 0 ? 0 : 4 - rest)) return -1;
  let out = 0;
  let outside = 0;
  let at = start;
  for (const whole = stop - rest; at < whole; at += 4) {
    const a = VALUES[from[at] as number] as number;
    const b = VALUES[from[at + 1] as number] as number;
    const c = VALUES[from[at + 2] as number] as number;
    const d = VALUES[from[at + 3] as number] as number;
    outside |= a | b | c | d;
    into[out] = (a << 2) | (b >> 4);
    into[out + 1] = (b << 4) | (c >> 2);
    into[out + 2] = (c << 6) | d;
    out += 3;
  }
  if (rest > 0) {
    const a = VALUES[from[at] as number] as number;
    const b = VALUES[from[at + 1] as number] as number;
    const c = rest === 3 ? (VALUES[from[at + 2] as number] as number) : 0;
    outside |= a | b | c;
    into[out++] = (a << 2) | (b >> 4);
    if (rest === 3) into[out++] = (b << 4) | (c >> 2);
    // Unused bits, as in a text that is cut off.
    if (((rest === 2 ? b << 4 : c << 6) & 0xff) !== 0) return -1;
  }
  return (outside & OUTSIDE) === 0 ? out : -1;
}
