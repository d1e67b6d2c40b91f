/** Memory of the kernel that finds fields: what it has to say, then the text, then what is in it. */

/**
 * Of line ends: their number, and the place after the last. Of a CSV: the end of its places, bytes in use of what is said
 * of each record, whether it stopped before a record that it cannot read, and the line that it has reached. Each an i32.
 */
export const STRUCTURE_RESULT_AT = 0;
/**
 * Of a CSV, what it leaves at the end of the text and takes up at the next: five i64, of which the first is 1 and the
 * others are 0 where a record begins, and an i32.
 */
export const STRUCTURE_STATE_AT = 16;
export const TEXT_AT = 64;
/** Of text at a time: with the places of it little enough for the second cache. */
export const TEXT_BYTES: number = 64 * 1024;
/** An i32 for each byte of text, at most; some are written past the end. */
export const PLACES_AT: number = TEXT_AT + TEXT_BYTES + 64;
const MOST: number = 4 * TEXT_BYTES + 64;
/** Of each record an i32: the number of the place that ends it, the line after it, whether it has doubled quotes. */
export const RECORDS_AT: number = PLACES_AT + MOST;
export const LINES_AT: number = RECORDS_AT + MOST;
export const QUOTES_AT: number = LINES_AT + MOST;
export const STRUCTURE_BYTES: number = QUOTES_AT + MOST;
