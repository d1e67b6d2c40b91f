/** The kernels that a runtime has compiled itself, from a file that it imported: all of them in one module. */
import { CONSTANTS, type KernelName } from './names.js';
import type { KernelFunctions, KernelModules } from './source.js';

/** @param library what the import gave: other tools than those for these runtimes give an address or bytes. */
export function libraryModules(library: unknown): KernelModules {
  const isModule = Object.prototype.toString.call(library) === '[object WebAssembly.Module]';

  function module(): WebAssembly.Module {
    if (!isModule) throw new Error('kernels.wasm was not imported as a WebAssembly.Module');
    return library as WebAssembly.Module;
  }

  return { compiled: async () => module(), selectFunctions };
}

function selectFunctions(name: KernelName, exports: KernelFunctions): KernelFunctions {
  const prefix = `${name}.`;
  const own = Object.entries(exports).filter(([key]) => key.startsWith(prefix));
  const functions = Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
  functions[CONSTANTS]?.();
  return functions;
}
