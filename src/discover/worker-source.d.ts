/** Written by scripts/generate-sources.ts. */

/** The script of `worker.ts` and of all that it imports, as CommonJS. */
export declare const WORKER_SOURCE: string;
