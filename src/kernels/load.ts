/** A kernel, ready to be called: its functions, and the memory that they work in. */
import { base64, decodeBase64 } from '../encoding/base64.js';
import { KERNELS } from './embedded.js';
import type { KernelName } from './names.js';

const PAGE_BYTES = 65_536;

export interface Kernel {
  /** Its own memory: a kernel belongs to one thread. */
  readonly memory: WebAssembly.Memory;
  readonly functions: Readonly<Record<string, (...args: number[]) => void>>;
}

/**
 * @param bytes of memory that it needs.
 * @throws where this runtime cannot run it: no WebAssembly, no SIMD, or no such memory.
 */
export async function loadKernel(name: KernelName, bytes: number): Promise<Kernel> {
  const link = await compileKernel(name);
  const memory = new WebAssembly.Memory({ initial: pagesOf(bytes) });
  return { memory, functions: link(memory) };
}

/** Makes the functions of one kernel work in a memory: any number of times, and at once. */
export type Link = (memory: WebAssembly.Memory) => Kernel['functions'];

export async function compileKernel(name: KernelName): Promise<Link> {
  const text = KERNELS[name];
  const module = await WebAssembly.compile(decodeBase64(text, 0, text.length, name, base64));
  return (memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel['functions'];
}

/** Pages of WebAssembly's memory for so many bytes. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
