/** Memory of the kernel that finds fields: what it has to say, then the text, then the places. */

/** The end of the last place, and the end of the bytes that were looked at: two i32. */
export const STRUCTURE_RESULT_AT = 0;
export const TEXT_AT = 64;
/** Of text at a time: with the places of it little enough for the second cache. */
export const TEXT_BYTES: number = 64 * 1024;
/** An i32 for each byte of text, at most; a vector is read past the end. */
export const PLACES_AT: number = TEXT_AT + TEXT_BYTES + 16;
export const STRUCTURE_BYTES: number = PLACES_AT + 4 * TEXT_BYTES;
