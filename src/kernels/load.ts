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
  return (await compileKernel(name))(bytes);
}

/** The same in two steps, for kernels whose memory depends on the job. */
export async function compileKernel(name: KernelName): Promise<(bytes: number) => Kernel> {
  const text = KERNELS[name];
  const module = await WebAssembly.compile(decodeBase64(text, 0, text.length, name, base64));
  return (bytes) => {
    const memory = new WebAssembly.Memory({ initial: pagesOf(bytes) });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, functions: exports as Kernel['functions'] };
  };
}

/** Pages of WebAssembly's memory for so many bytes. */
export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
