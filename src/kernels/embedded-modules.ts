/** The kernels whose bytes come with the program, each compiled once. */
import { base64, decodeBase64 } from '../encoding/base64.js';
import { KERNELS } from './embedded.js';
import { inflateRaw } from './inflate.js';
import type { KernelName } from './names.js';
import type { KernelModules } from './source.js';

/** Of a kernel; a test holds it. */
export const MOST_BYTES: number = 2 ** 16;

const compiled = new Map<KernelName, Promise<WebAssembly.Module>>();

export const embeddedModules: KernelModules = {
  compiled(name) {
    let module = compiled.get(name);
    if (module === undefined) {
      module = compile(name);
      compiled.set(name, module);
    }
    return module;
  },
};

async function compile(name: KernelName): Promise<WebAssembly.Module> {
  const text = KERNELS[name];
  return WebAssembly.compile(await inflateRaw(decodeBase64(text, 0, text.length, name, base64), MOST_BYTES));
}
