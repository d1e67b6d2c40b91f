/** Written by scripts/generate-sources.ts. */

/** The version of the package. */
export declare const VERSION: string;
