/** Written to dist by scripts/embed-kernels.mjs when digestry is built. */
import type { KernelName } from './names.js';

/** Base64. */
export declare const KERNELS: { readonly [K in KernelName]: string };
