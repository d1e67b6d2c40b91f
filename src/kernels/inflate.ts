/** DEFLATE (RFC 1951), by what the runtime brings: Node's zlib, or the streams of browsers; by JavaScript where it has neither. */
import inflateSlowly from 'tiny-inflate';

interface Host {
  readonly process?: { getBuiltinModule?(name: 'node:zlib'): Zlib | undefined };
  readonly Blob?: new (parts: readonly Uint8Array[]) => { stream(): Readable };
  readonly DecompressionStream?: new (format: 'deflate-raw') => unknown;
  readonly Response?: new (body: Readable) => { arrayBuffer(): Promise<ArrayBuffer> };
}

interface Zlib {
  inflateRawSync(bytes: Uint8Array): Uint8Array;
}

interface Readable {
  pipeThrough(transform: unknown): Readable;
}

/** @param most bytes that it becomes. Rejects where the runtime finds that the bytes are damaged. */
export async function inflateRaw(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { process, Blob, DecompressionStream, Response } = globalThis as unknown as Host;
  // Node has the streams too, and loads thirty modules for them.
  const zlib = process?.getBuiltinModule?.('node:zlib');
  if (zlib !== undefined) return zlib.inflateRawSync(bytes);
  if (Blob === undefined || DecompressionStream === undefined || Response === undefined) {
    return inflateSlowly(bytes, new Uint8Array(most));
  }
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
