/** The bytes of every kernel of a KDF. Only the build runs this: what is shipped is the result. */
import { argon2Kernel } from './argon2.js';
import { bcryptKernel } from './bcrypt.js';
import { iteratedHashKernel } from './iterated-hash.js';
import { messageLoopKernel } from './message-loop.js';
import type { KernelName } from './names.js';
import { pbkdf2Kernel } from './pbkdf2.js';
import { scryptKernel } from './scrypt.js';
import { type WasmKernel, wasmLibrary, wasmModule } from './wasm-module.js';
import { yescryptKernel } from './yescrypt.js';

const MAKERS: { readonly [K in KernelName]: () => WasmKernel } = {
  bcrypt1: () => bcryptKernel(1),
  bcrypt2: () => bcryptKernel(2),
  bcrypt3: () => bcryptKernel(3),
  scrypt: scryptKernel,
  yescrypt: yescryptKernel,
  argon2: argon2Kernel,
  md5x1: () => iteratedHashKernel('md5', 1),
  md5x4: () => iteratedHashKernel('md5', 4),
  md5x8: () => iteratedHashKernel('md5', 8),
  sha512x1: () => iteratedHashKernel('sha512', 1),
  sha512x2: () => iteratedHashKernel('sha512', 2),
  sha512x3: () => iteratedHashKernel('sha512', 3),
  loopMd5x1: () => messageLoopKernel('md5', 1),
  loopMd5x4: () => messageLoopKernel('md5', 4),
  loopMd5x8: () => messageLoopKernel('md5', 8),
  loopSha1x1: () => messageLoopKernel('sha1', 1),
  loopSha1x4: () => messageLoopKernel('sha1', 4),
  loopSha256x1: () => messageLoopKernel('sha256', 1),
  loopSha256x4: () => messageLoopKernel('sha256', 4),
  loopSha512x1: () => messageLoopKernel('sha512', 1),
  loopSha512x2: () => messageLoopKernel('sha512', 2),
  loopSha512x3: () => messageLoopKernel('sha512', 3),
  pbkdf2Sha1x4: () => pbkdf2Kernel('sha1', 4),
  pbkdf2Sha256x4: () => pbkdf2Kernel('sha256', 4),
  pbkdf2Sha512x1: () => pbkdf2Kernel('sha512', 1),
  pbkdf2Sha512x2: () => pbkdf2Kernel('sha512', 2),
  pbkdf2Sha512x3: () => pbkdf2Kernel('sha512', 3),
};

export const KERNEL_NAMES: readonly KernelName[] = Object.keys(MAKERS) as KernelName[];

/** Its bytes as a module of its own. */
export function kernelModule(name: KernelName): Uint8Array<ArrayBuffer> {
  return wasmModule(MAKERS[name]());
}

/** All of them in one module. */
export function kernelLibrary(): Uint8Array<ArrayBuffer> {
  return wasmLibrary(Object.fromEntries(Object.entries(MAKERS).map(([name, make]) => [name, make()])));
}
