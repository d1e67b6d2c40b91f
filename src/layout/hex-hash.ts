/** The hash field of formats that write it as hexadecimal: its length, and its case as a spelling. */
import { decodeHex, upperHexAt } from '../encoding/hex.js';
import { malformed } from '../errors.js';
import type { Finding } from '../types.js';
import { NO_WARNINGS, nonCanonical, refuseEncodedTwice } from './findings.js';

export const HASH_BYTES = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const;

/** @throws {DigestError} ERR_MALFORMED where `text[start, end)` is not `bytes` bytes of hexadecimal. */
export function decodeHexHash(text: string, start: number, end: number, bytes: number): Uint8Array<ArrayBuffer> {
  const hash = decodeHex(text, start, end, 'hash');
  if (hash.length !== bytes) {
    const at = Math.min(end, start + 2 * bytes);
    throw malformed('hash', at, `hash must be ${2 * bytes} hexadecimal digits (is ${end - start})`);
  }
  refuseEncodedTwice(hash, start);
  return hash;
}

/** Products write small letters; capitals mean the same bytes. */
export function upperHexWarning(text: string, start: number, end: number, field = 'hash'): readonly Finding[] {
  const at = upperHexAt(text, start, end);
  if (at === -1) return NO_WARNINGS;
  return [nonCanonical(field, at, `${field} is upper-case hexadecimal`, `write ${field} in lower case`)];
}
