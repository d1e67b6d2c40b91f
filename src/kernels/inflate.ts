/** DEFLATE (RFC 1951), by what the runtime brings: Node's zlib, or the streams of browsers. */

interface Host {
  readonly process?: { getBuiltinModule?(name: 'node:zlib'): Zlib | undefined };
  readonly Blob: new (parts: readonly Uint8Array[]) => { stream(): Readable };
  readonly DecompressionStream: new (format: 'deflate-raw') => unknown;
  readonly Response: new (body: Readable) => { arrayBuffer(): Promise<ArrayBuffer> };
}

interface Zlib {
  inflateRawSync(bytes: Uint8Array): Uint8Array;
}

interface Readable {
  pipeThrough(transform: unknown): Readable;
}

/** Rejects where the runtime has neither, or the bytes are damaged. */
export async function inflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  const host = globalThis as unknown as Host;
  // Node has the streams too, and loads thirty modules for them.
  const zlib = host.process?.getBuiltinModule?.('node:zlib');
  if (zlib !== undefined) return zlib.inflateRawSync(bytes);
  const inflated = new host.Blob([bytes]).stream().pipeThrough(new host.DecompressionStream('deflate-raw'));
  return new Uint8Array(await new host.Response(inflated).arrayBuffer());
}
