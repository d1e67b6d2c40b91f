/** The kernel that finds the structure of exports, compiled once for all threads. */
import { base64, decodeBase64 } from '../../encoding/base64.js';
import { countPages, instantiate, type Kernel } from '../../kernels/load.js';
import { STRUCTURE } from './structure-bytes.js';

let compiled: WebAssembly.Module | undefined;

/** @throws where this runtime cannot compile it. */
export function structureModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(decodeBase64(STRUCTURE, 0, STRUCTURE.length, 'structure', base64));
  return compiled;
}

/** What another thread has compiled: what is posted to this one shares its code. */
export function shareStructureModule(module: WebAssembly.Module): void {
  compiled = module;
}

/**
 * The kernel with a memory of its own.
 * @throws where this runtime cannot run it.
 */
export function newStructureKernel(bytes: number): Kernel {
  const memory = new WebAssembly.Memory({ initial: countPages(bytes) });
  return { memory, functions: instantiate(structureModule(), memory) };
}
