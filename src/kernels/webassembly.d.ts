/** What kernels use of the JavaScript API; TypeScript has it in its library of the browser only. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
    private readonly module: never;
  }
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    /** @returns the number of pages before. */
    grow(pages: number): number;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function validate(bytes: Uint8Array): boolean;
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: object;
  }
}
