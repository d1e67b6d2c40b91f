/** digestry for Cloudflare Workers, whose runtime compiles WebAssembly only from files that are imported. */

import kernels from './kernels/kernels.wasm';
import { libraryModules } from './kernels/library-modules.js';
import { provideKernels } from './kernels/load.js';

export * from './portable.js';

provideKernels(libraryModules(kernels));
