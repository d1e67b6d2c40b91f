/** Kernels, ready to be called: their functions, and the memory that they work in. */
import { base64, decodeBase64 } from '../encoding/base64.js';
import { KERNELS } from './embedded.js';
import type { KernelName } from './names.js';

const PAGE_BYTES = 65_536;

export interface Kernel {
  /** Its own memory: it belongs to one thread, and to one derivation at a time. */
  readonly memory: WebAssembly.Memory;
  readonly functions: Readonly<Record<string, (...args: number[]) => void>>;
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
    const memory = new WebAssembly.Memory({ initial: pagesOf(bytes) });
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
  const text = KERNELS[name];
  const module = await WebAssembly.compile(decodeBase64(text, 0, text.length, name, base64));
  return (memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel['functions'];
}

/**
 * A small kernel with a memory of its own, at once.
 * @throws where this runtime cannot run it.
 */
export function smallKernel(name: KernelName, bytes: number): Kernel {
  const text = KERNELS[name];
  const memory = new WebAssembly.Memory({ initial: pagesOf(bytes) });
  const module = new WebAssembly.Module(decodeBase64(text, 0, text.length, name, base64));
  return { memory, functions: new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel['functions'] };
}

/** Pages of WebAssembly's memory for so many bytes. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
