/** Written by scripts/generate-sources.ts: a JSON array of `FormatCore`. */
export declare const FORMATS: string;
