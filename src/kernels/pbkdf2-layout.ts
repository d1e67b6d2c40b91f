/** Where PBKDF2's kernels keep what, in bytes. A row is one word of every lane. */
export const PBKDF2_LANES = { sha1: 4, sha256: 4, sha512: 2 } as const;
export const ROW_BYTES = 16;
/** Constants stand before; what is secret, from here on. */
export const WORK_AT = 1024;
const DIGEST_ROWS = 8;
/** Chaining value after the key's block of the inner hash, and of the outer one. */
export const INNER_AT: number = WORK_AT;
export const OUTER_AT: number = INNER_AT + DIGEST_ROWS * ROW_BYTES;
/** U of RFC 8018 §5.2, and the sum of all of them. */
export const U_AT: number = OUTER_AT + DIGEST_ROWS * ROW_BYTES;
export const T_AT: number = U_AT + DIGEST_ROWS * ROW_BYTES;
/** A block of 16 words for `key`, and what it expands to. */
export const BLOCK_AT: number = T_AT + DIGEST_ROWS * ROW_BYTES;
export const WORK_END: number = BLOCK_AT + 80 * ROW_BYTES;
