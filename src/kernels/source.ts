/** What gives the compiled modules of the kernels. */
import type { KernelName } from './names.js';

export type KernelFunctions = Readonly<Record<string, (...args: number[]) => void>>;

export interface KernelModules {
  /** Rejects where this runtime cannot compile it. */
  compiled(name: KernelName): Promise<WebAssembly.Module>;
  /** Of a module that holds several kernels: those of one, whose constants are written then. Absent: all exports. */
  selectFunctions?(name: KernelName, exports: KernelFunctions): KernelFunctions;
}
