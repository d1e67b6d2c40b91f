/** What parsing may notice in a digest that is sound. */
import { malformed } from '../../errors.js';
import type { Finding } from '../../types.js';

/** It verifies by its bytes; a verifier that compares text may refuse this spelling. */
export function nonCanonical(field: string, offset: number, message: string, fix: string): Finding {
  return { code: 'WARN_NONCANONICAL', severity: 'warning', field, offset, message, fix };
}

/** Usual writers write another length: maybe the digest was cut off, or its writer was set up so. */
export function unusualLength(field: string, offset: number, bytes: number, usual: string): Finding {
  const message = `${field}: ${bytes} bytes, where ${usual} are usual; if the export cut it off it can never verify`;
  return { code: 'WARN_LENGTH', severity: 'warning', field, offset, message };
}

/** It verifies without one; other verifiers may refuse that. */
export function empty(field: string, offset: number): Finding {
  return { code: 'WARN_EMPTY', severity: 'warning', field, offset, message: `${field}: empty` };
}

const QUOTE = /["'`]/;
/** White space, a byte order mark, a NUL. */
const BLANK = /[\s\ufeff\0]/;

/**
 * At the open end of a digest nothing tells a part of the text from what an export left there. A quote may be meant; a
 * blank is not.
 * @throws {DigestError} ERR_MALFORMED on a blank.
 */
export function looseEdge(text: string, at: number, field: string): Finding | undefined {
  const edge = text.charAt(at);
  if (BLANK.test(edge)) {
    throw malformed(field, at, `${field}: a blank at its edge`, `remove the blank at the edge of ${field}`);
  }
  if (!QUOTE.test(edge)) return undefined;
  const message = `${field}: a quote at its edge counts as a part of it`;
  return { code: 'WARN_QUOTE', severity: 'warning', field, offset: at, message };
}
