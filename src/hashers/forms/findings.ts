/** What parsing may notice in a digest that is sound. */
import type { Finding } from '../../types.js';

/** It verifies by its bytes; a verifier that compares text may refuse this spelling. */
export function nonCanonical(field: string, offset: number, message: string, fix: string): Finding {
  return { code: 'WARN_NONCANONICAL', severity: 'warning', field, offset, message, fix };
}

/** Usual writers write another length: maybe the digest was cut off, or its writer was set up so. */
export function unusualLength(field: string, offset: number, bytes: number, usual: string): Finding {
  const message =
    bytes === 0
      ? `${field}: empty; ${usual} is usual`
      : `${field}: ${bytes} bytes, where ${usual} are usual; if the export cut it off it can never verify`;
  return { code: 'WARN_LENGTH', severity: 'warning', field, offset, message };
}
