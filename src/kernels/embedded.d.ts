/** Written by scripts/generate-sources.ts. */
import type { KernelName } from './names.js';

/** Each kernel's module: DEFLATE, in base64. */
export declare const KERNELS: { readonly [K in KernelName]: string };
