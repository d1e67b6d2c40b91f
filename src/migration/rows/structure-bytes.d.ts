/** Written by scripts/generate-sources.ts. */

/** The kernel of `kernels/structure.ts`, in base64. */
export declare const STRUCTURE: string;
