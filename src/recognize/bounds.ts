/** The bound that keeps recognition cheap: it looks at a text from many sides, and every side reads all of it. */

/** Longer texts are not read at all. Real digests are under 400 characters; Firebase's with 64-byte keys has about 200. */
export const MAX_DIGEST_CHARS = 4096;
