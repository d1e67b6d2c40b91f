/** Where the Argon2 kernel keeps what, in bytes. */

/** RFC 9106 §3.2. */
export const BLOCK_BYTES = 1024;
/** Always zero: the first argument of G for addresses, and what a block of the first pass is combined with. */
export const ZERO_AT = 0;
/** Between the two halves of G. */
export const STATE_AT = 1024;
/** Z of RFC 9106 §3.4.1.2, whose compression gives addresses. */
export const INPUT_AT = 2048;
/** 128 pairs of J1 and J2. */
export const ADDRESSES_AT = 3072;
/** The memory: B[lane][column] is block lane·q + column. */
export const BLOCKS_AT = 4096;
