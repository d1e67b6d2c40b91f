/** Where yescrypt's kernel has what it works on, in bytes. */

/** Addresses of the boxes that are read first, read second and written; and where in the third the next write begins. */
export const STATE = 0;
/** Three boxes of 4 KiB. */
export const BOXES = 64;
/** The block of 128·r bytes, before the V of all blocks. */
export const BLOCK: number = BOXES + 3 * 4096;
