/** Whether typed arrays have the byte order of WebAssembly here. Only some mainframes say no. */
export const IS_LITTLE_ENDIAN: boolean = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
