/** Memory of the functions that find the structure of JSON: what they have to say and carry on, the text, the places. */

/** i32 each: the end of the places, the end of the bytes that were looked at; of `tokens`, whether a backslash is in them. */
export const JSON_RESULT_AT = 0;
/**
 * What `elements` takes up and leaves between two pieces of text, i32 each: all bits within a string, 1 after a backslash
 * that escapes, open brackets, line ends.
 */
export const JSON_STATE_AT = 16;
export const JSON_TEXT_AT = 64;
/** Of text at a time: with the places of it little enough for the second cache. */
export const JSON_TEXT_BYTES: number = 64 * 1024;
/** A vector may be read past the end of the text. */
export const JSON_PLACES_AT: number = JSON_TEXT_AT + JSON_TEXT_BYTES + 16;
/** Two i32 for each byte of text, at most, and room for marks after the last. */
export const JSON_BYTES: number = JSON_PLACES_AT + 8 * (JSON_TEXT_BYTES + 8);
