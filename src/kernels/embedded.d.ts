/** Written by scripts/generate-sources.ts. */
import type { KernelName } from './names.js';

/** Base64. */
export declare const KERNELS: { readonly [K in KernelName]: string };
