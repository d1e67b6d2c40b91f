/** Written by scripts/generate-sources.ts. */

/** Words of 32 bits, big-endian, in Base64. */
export declare const INITIAL_STATE: string;
