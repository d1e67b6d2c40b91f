/** From a file or stdin to bytes: opened, decompressed, told by their first bytes what they are. */
import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import zlib from 'node:zlib';
import { openForReading } from '../files/reading.js';
import { BINARY_BYTES, KIND_BYTES, refuseBinaryKinds, refuseOtherKinds } from './input/file-kinds.js';
import { changeOf } from './input/unchanged.js';
import { InputProblem } from './problem.js';

/** Large enough that a call for each costs nothing, small enough to stay in the cache. */
const CHUNK_BYTES = 256 * 1024;

export interface ByteSource {
  readonly file: string;
  /** A file whose bytes are the content: they may be read at any place, and again. */
  readonly plain: boolean;
  /** Chunks of the decompressed content. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes read from the file so far, before decompression. */
  bytesRead(): number;
  /** Lets go of the file, wherever reading ended. */
  close(): void;
}

/**
 * Opens a file, or stdin for `-`.
 * @throws {InputProblem} where it cannot be read, is empty, or is of a kind that is no text.
 * @throws the signal's reason after an abort; so do the chunks.
 */
export async function openBytes(file: string, stdin: Readable, signal?: AbortSignal): Promise<ByteSource> {
  const opened = file === '-' ? openStream(stdin, signal) : await openFile(file, signal);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of opened.stream) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw readProblem(error);
    }
    const change = await opened.changed();
    if (change !== undefined) throw change;
  }
  const raw = counted();
  try {
    const first = await beginningOf(raw);
    if (first.length === 0) throw new InputProblem('the file is empty', { fix: 'export it again' });
    refuseOtherKinds(first);
    const whole = startingWith(first, raw);
    const chunks = decompressed(first, whole);
    const plain = chunks === whole && opened.isFile;
    return { file, plain, chunks: abortable(chunks, signal), bytesRead: () => bytes, close: opened.close };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** Milliseconds after which signals of the system are listened to. */
const TURN_MS = 50;

/**
 * Chunks that are there already come without a turn of the event loop, and only there is an abort heard: gigabytes may
 * come out of some kilobytes of gzip.
 */
async function* abortable(chunks: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let turnedAt = performance.now();
  try {
    for await (const chunk of chunks) {
      if (performance.now() - turnedAt > TURN_MS) {
        await setImmediate();
        turnedAt = performance.now();
      }
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** A pipe may bring a file byte by byte. */
async function beginningOf(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < KIND_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
    // What is no text is not waited for any longer.
    if (first.length >= BINARY_BYTES) refuseBinaryKinds(first);
  }
  return first;
}

interface Opened {
  readonly stream: Readable;
  readonly isFile: boolean;
  /** Once it was read to its end. */
  changed(): Promise<InputProblem | undefined>;
  close(): void;
}

function openStream(stream: Readable, signal: AbortSignal | undefined): Opened {
  // What waits for more input would wait for ever.
  const stop = () => stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  return {
    stream,
    isFile: false,
    changed: unknowable,
    close() {
      signal?.removeEventListener('abort', stop);
      stream.destroy();
    },
  };
}

async function unknowable(): Promise<undefined> {}

async function openFile(file: string, signal: AbortSignal | undefined): Promise<Opened> {
  try {
    const { stream, stats, statsNow, close } = await openForReading(file, { signal, chunkBytes: CHUNK_BYTES });
    return { stream, isFile: stats.isFile(), changed: async () => changeOf(stats, await statsNow()), close };
  } catch (error) {
    signal?.throwIfAborted();
    throw readProblem(error);
  }
}

export function readProblem(error: unknown): InputProblem {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EISDIR') return new InputProblem('this is a folder', { fix: 'name the files in it', cause: error });
  if (code === 'ENOENT') return new InputProblem('there is no such file', { fix: 'check the path', cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new InputProblem('no permission to read the file', { fix: 'check its owner and mode', cause: error });
  }
  return new InputProblem(`the file cannot be read (${code ?? 'unknown error'})`, { cause: error });
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** gzip by content; zstd where this Node has it. */
function decompressed(first: Buffer, whole: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  if (startsWith(first, GZIP)) return once(through(whole, zlib.createGunzip(), 'gzip'));
  if (startsWith(first, ZSTD)) {
    const create = (zlib as unknown as { readonly createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress;
    if (create === undefined) {
      throw new InputProblem('this is a zstd file, and this Node cannot read zstd', {
        fix: 'decompress it, for example: zstd -dc FILE | digestry check -',
      });
    }
    return once(through(whole, create(), 'zstd'));
  }
  return whole;
}

/** What was compressed is no archive either, nor compressed once more. */
async function* once(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await beginningOf(chunks);
  refuseOtherKinds(first);
  if (startsWith(first, GZIP) || startsWith(first, ZSTD)) {
    throw new InputProblem('the file is compressed twice', { fix: 'decompress it once' });
  }
  yield* startingWith(first, chunks);
}

async function* through(whole: AsyncGenerator<Buffer>, inflate: zlib.Gunzip, kind: string): AsyncGenerator<Buffer> {
  // Errors reach the loop below through `inflate`; the callback only keeps them from being unhandled.
  pipeline(Readable.from(whole, { objectMode: false }), inflate, () => {});
  let byteOffset = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      byteOffset += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const detail = { byteOffset, fix: 'copy or export the file again', cause: error };
    if (code === 'Z_BUF_ERROR') throw new InputProblem(`the ${kind} data is cut off`, detail);
    // Only a member behind the first can have another header: the first was told by it.
    if (message === 'incorrect header check')
      throw new InputProblem(`behind the ${kind} data is something else`, detail);
    throw new InputProblem(`the ${kind} data is damaged`, detail);
  }
}
