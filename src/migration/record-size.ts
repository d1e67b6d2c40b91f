/** Bounds one record, so that an unclosed quote does not take in the rest of a file. In characters; JSON in bytes. */
export const MAX_RECORD_SIZE: number = 4 * 1024 * 1024;
