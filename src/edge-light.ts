/** digestry for Vercel's edge functions and Next.js, which compile WebAssembly only from files that are imported so. */

import kernels from './kernels/kernels.wasm?module';
import { libraryModules } from './kernels/library-modules.js';
import { provideKernels } from './kernels/load.js';

export * from './portable.js';

provideKernels(libraryModules(kernels));
