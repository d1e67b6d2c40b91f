/** Kernels, ready to be called: their functions, and the memory that they work in. */
import { embeddedModules } from './embedded-modules.js';
import type { KernelName } from './names.js';
import type { KernelFunctions, KernelModules } from './source.js';

const PAGE_BYTES = 65_536;

let modules: KernelModules = embeddedModules;

/** Another place for all kernels of this thread: before the first of them is loaded. */
export function provideKernels(given: KernelModules): void {
  modules = given;
}

/** Compiled once for all threads: what is posted to another one shares its code. */
export function kernelModule(name: KernelName): Promise<WebAssembly.Module> {
  return modules.compiled(name);
}

export interface Kernel {
  /** Its own memory: it belongs to one thread, and to one derivation at a time. */
  readonly memory: WebAssembly.Memory;
  readonly functions: KernelFunctions;
}

/** Derivations in slices may take turns on one thread, of two verifiers or more: each enters a kernel of its own. */
export interface Kernels {
  enter(): Kernel;
  /** Gives it back for the next one, wiped. */
  leave(kernel: Kernel): void;
}

/**
 * @param bytes of memory that the kernel needs.
 * @throws where this runtime cannot run it: no WebAssembly, no SIMD, or no such memory.
 */
export async function loadKernel(name: KernelName, bytes: number): Promise<Kernels> {
  const link = await compileKernel(name);
  const make = (): Kernel => {
    const memory = new WebAssembly.Memory({ initial: countPages(bytes) });
    return { memory, functions: link(memory) };
  };
  let idle: Kernel | undefined = make();
  return {
    enter() {
      const kernel = idle ?? make();
      idle = undefined;
      return kernel;
    },
    leave(kernel) {
      idle = kernel;
    },
  };
}

/** Makes the functions of one kernel work in a memory: any number of times, and at once. */
export type Link = (memory: WebAssembly.Memory) => Kernel['functions'];

export async function compileKernel(name: KernelName): Promise<Link> {
  const module = await modules.compiled(name);
  return (memory) => {
    const exports = instantiate(module, memory);
    return modules.selectFunctions?.(name, exports) ?? exports;
  };
}

/** @throws where this runtime cannot run it. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelFunctions {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as KernelFunctions;
}

/** Pages of WebAssembly's memory for `bytes`. */
export function countPages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
