/** The modules that the build embeds: the same bytes each time, valid, and closed but for their memory. */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { MOST_BYTES } from '../../src/kernels/embedded-modules.js';
import { inflateRaw } from '../../src/kernels/inflate.js';
import { libraryModules } from '../../src/kernels/library-modules.js';
import { compileKernel } from '../../src/kernels/load.js';
import { kernelLibrary, kernelModule, KERNEL_NAMES as names } from '../../src/kernels/modules.js';
import type { KernelName } from '../../src/kernels/names.js';
import { structureKernel } from '../../src/kernels/structure.js';
import { wasmModule } from '../../src/kernels/wasm-module.js';
import { STRUCTURE } from '../../src/migration/rows/structure-bytes.js';

// The build writes this file, and no types of it.
const { KERNELS }: { readonly KERNELS: Readonly<Record<KernelName, string>> } = await import(
  new URL('../../src/kernels/embedded.js', import.meta.url).href
);

/** What a module says of itself; TypeScript has it in its library of the browser only. */
interface Described {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}
const { Module, validate } = Reflect.get(globalThis, 'WebAssembly') as unknown as {
  readonly Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): readonly Described[];
    exports(module: object): readonly Described[];
  };
  validate(bytes: Uint8Array): boolean;
};

test('All of them are embedded, and nothing else is', () => {
  expect(Object.keys(KERNELS).sort()).toEqual([...names].sort());
  expect(Object.isFrozen(KERNELS)).toBe(true);
});

describe.each(names)('%s', (name) => {
  const embedded = inflateRawSync(Buffer.from(KERNELS[name], 'base64'));

  test('has the same bytes whenever it is made, and those are embedded', () => {
    const [first, second] = [kernelModule(name), kernelModule(name)];
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.compare(first, embedded)).toBe(0);
  });

  test('is a valid module', () => {
    expect(validate(embedded)).toBe(true);
  });

  test('imports its memory and nothing else, and exports functions only', () => {
    const module = new Module(embedded);
    expect(Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    const kinds = new Set(Module.exports(module).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['function']);
  });

  test('is loaded as it is embedded', async () => {
    expect(await compileKernel(name)).toBeTypeOf('function');
  });
});

describe('the kernel that finds the structure of exports', () => {
  test('is embedded as it is made, and valid', () => {
    const embedded = Buffer.from(STRUCTURE, 'base64');
    expect(Buffer.compare(wasmModule(structureKernel()), embedded)).toBe(0);
    expect(validate(embedded)).toBe(true);
  });
});

describe('inflateRaw', () => {
  const deflated = new Uint8Array(Buffer.from(KERNELS.scrypt, 'base64'));

  /** On a global scope with this process, as long as the call looks at it: the test runner needs its own. */
  function inflateOn(given: unknown, bytes: Uint8Array, hasStreams = true): Promise<Uint8Array> {
    const { Blob, DecompressionStream, Response } = globalThis;
    try {
      vi.stubGlobal('process', given);
      Object.assign(globalThis, { Blob, DecompressionStream, Response });
      if (!hasStreams) vi.stubGlobal('DecompressionStream', undefined);
      return inflateRaw(bytes, MOST_BYTES);
    } finally {
      vi.unstubAllGlobals();
    }
  }

  test.each([
    ['zlib of Node', process],
    ['the streams of browsers, where a bundler gives a process of its own', { env: {} }],
    ['the streams of browsers', undefined],
  ])('inflates by %s', async (_, given) => {
    expect(Buffer.compare(await inflateOn(given, deflated), kernelModule('scrypt'))).toBe(0);
  });

  test.each(names)('inflates %s in JavaScript, where the runtime has neither', async (name) => {
    const bytes = new Uint8Array(Buffer.from(KERNELS[name], 'base64'));
    expect(Buffer.compare(await inflateOn(undefined, bytes, false), kernelModule(name))).toBe(0);
    expect(kernelModule(name).length).toBeLessThan(MOST_BYTES);
  });

  test.each([
    ['zlib', process],
    ['streams', undefined],
  ])('rejects what is damaged, by %s', async (_, given) => {
    await expect(inflateOn(given, deflated.subarray(0, deflated.length / 2))).rejects.toThrow();
  });
});

describe('the library', () => {
  const bytes = kernelLibrary();
  const library = new Module(bytes);

  test('has the functions of each kernel and constants for those that have any', () => {
    const exported = Module.exports(library).map(({ name }) => name);
    const wanted = names.flatMap((name) =>
      Module.exports(new Module(kernelModule(name))).map((one) => `${name}.${one.name}`),
    );
    expect(exported.filter((name) => !name.endsWith('.constants'))).toEqual(wanted);
    expect(exported.filter((name) => name.endsWith('.constants'))).not.toHaveLength(0);
  });

  test.each(names)('puts the constants of %s where its own module has them', async (name) => {
    const [own, shared] = [new WebAssembly.Memory({ initial: 1 }), new WebAssembly.Memory({ initial: 1 })];
    (await compileKernel(name))(own);
    const exports = new WebAssembly.Instance(library as never, { env: { memory: shared } }).exports as never;
    const functions = libraryModules(library).selectFunctions?.(name, exports);
    expect(Object.keys(functions ?? {})).not.toHaveLength(0);
    expect(Buffer.compare(new Uint8Array(shared.buffer), new Uint8Array(own.buffer))).toBe(0);
  });

  test.each([
    ['an address', './kernels.wasm'],
    ['bytes', bytes],
    ['nothing', undefined],
  ])('refuses %s in place of a module', async (_, given) => {
    await expect(libraryModules(given).compiled('scrypt')).rejects.toThrow();
  });
});
