/** What gives the compiled modules of the kernels. */
import type { KernelName } from './names.js';

export interface KernelModules {
  /** Rejects where this runtime cannot compile it. */
  compiled(name: KernelName): Promise<WebAssembly.Module>;
  /** @throws where it is not there at once. */
  compiledNow(name: KernelName): WebAssembly.Module;
}
