/** What parsing may notice in a digest that is sound. */
import { isHex } from '../encoding/hex.js';
import { malformed } from '../errors.js';
import type { Finding } from '../types.js';

export const NO_WARNINGS: readonly Finding[] = Object.freeze([]);

/** It verifies by its bytes; a verifier that compares text may refuse this spelling. */
export function nonCanonical(field: string, offset: number, message: string, fix: string): Finding {
  return { code: 'WARN_NONCANONICAL', severity: 'warning', field, offset, message, fix };
}

/** Lengths in bytes. */
export interface Lengths {
  /** What most writers write. Longer ones are never cut off. */
  readonly usual: number;
  /** Shorter ones that a known writer writes. */
  readonly known: readonly number[];
  /** PBKDF2 of fewer bytes is the beginning of PBKDF2 of more, so what is left of a hash still verifies. */
  readonly partVerifies: boolean;
}

/** Shorter than any known writer writes it: maybe the digest was cut off, or its writer was set up so. */
export function unusualLength(
  field: string,
  offset: number,
  bytes: number,
  { usual, known, partVerifies }: Lengths,
): readonly Finding[] {
  if (bytes >= usual || known.includes(bytes)) return NO_WARNINGS;
  const consequence = partVerifies
    ? 'it verifies with the bytes it has'
    : 'if the export cut it off, it can never verify';
  const message = `${field} has ${bytes} bytes instead of the usual ${usual}: ${consequence}`;
  return [{ code: 'WARN_LENGTH', severity: 'warning', field, offset, message }];
}

/**
 * A hash of bytes that are all hexadecimal digits is the text of a hash: encoded twice, it would verify for no password.
 * By chance that happens once in 2^56 for the shortest hash.
 * @throws {DigestError} ERR_MALFORMED
 */
export function refuseEncodedTwice(hash: Uint8Array, offset: number, field = 'hash'): void {
  let i = 0;
  while (i < hash.length && isHexDigit(hash[i] as number)) i++;
  if (i === hash.length && i > 0) {
    throw malformed(
      field,
      offset,
      `${field} is encoded twice: its bytes are hexadecimal digits`,
      `decode ${field} once`,
    );
  }
}

/**
 * Hexadecimal is Base64 as well, of other bytes. Base64 of a hash that is hexadecimal by chance is met once in 2^49.
 * @throws {DigestError} ERR_MALFORMED
 */
export function refuseHexadecimal(text: string, start: number, end: number, field = 'hash'): void {
  if (text.charCodeAt(end - 1) === 61 || end - start < MIN_HEX_DIGITS || !isHex(text, start, end)) return;
  throw malformed(field, start, `${field} must be Base64 (is hexadecimal)`);
}

const MIN_HEX_DIGITS = 32;

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70);
}

/** It verifies without one; other verifiers may refuse that. */
export function empty(field: string, offset: number): Finding {
  return { code: 'WARN_EMPTY', severity: 'warning', field, offset, message: `${field} is empty` };
}

/** Of a language or a word processor, and what ends an entry of a list. */
const QUOTE = /["'`,;\u2018-\u201f\u00ab\u00bb]/;
/** White space, what has no width, a byte order mark, a NUL. */
const BLANK = /[\s\u00ad\u200b-\u200f\u2060\ufeff\0]/;

/**
 * A control or a character without width in free text: a part of it, or put there by a fold or a copy.
 * Characters are looked at one by one, as a salt of letters and digits needs no search.
 */
export function hidden(text: string, start: number, end: number, field: string): readonly Finding[] {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 32 && (unit < 127 || !INVISIBLE.test(text.charAt(i)))) continue;
    const message = `${field} contains a line break or an invisible character, which the export may have added: it counts as part of ${field}`;
    return [{ code: 'WARN_QUOTE', severity: 'warning', field, offset: i, message }];
  }
  return NO_WARNINGS;
}

const INVISIBLE = /[\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/**
 * At the open end of a digest, text and what an export left there look the same. A quote may be meant; a
 * blank is not.
 * @throws {DigestError} ERR_MALFORMED on a blank.
 */
export function looseEdge(text: string, at: number, field: string): Finding | undefined {
  if (isAlphanumeric(text.charCodeAt(at))) return undefined;
  const edge = text.charAt(at);
  if (BLANK.test(edge)) {
    throw malformed(
      field,
      at,
      `${field} must not begin or end with white space`,
      `remove the white space around ${field}`,
    );
  }
  if (!QUOTE.test(edge)) return undefined;
  return edgeFinding(field, at, /[,;]/.test(edge) ? 'a comma or semicolon' : 'a quote');
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57);
}

/** A part of the free text, or what an export left there. */
export function edgeFinding(field: string, offset: number, what: string): Finding {
  const message = `${field} begins or ends with ${what}, which the export may have added: it counts as part of ${field}`;
  return { code: 'WARN_QUOTE', severity: 'warning', field, offset, message };
}
