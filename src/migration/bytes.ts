/** From a file or stdin to bytes: opened, decompressed, told by their first bytes what they are. */
import { createReadStream, fstat, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { BINARY_BYTES, KIND_BYTES, refuseBinaryKinds, refuseOtherKinds } from './file-kinds.js';
import { InputProblem } from './problem.js';
import { changeOf } from './unchanged.js';

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
 */
export async function openBytes(file: string, stdin: Readable): Promise<ByteSource> {
  const { stream, changed } = file === '-' ? { stream: stdin, changed: unknowable } : await openFile(file);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw readProblem(error);
    }
    const change = await changed();
    if (change !== undefined) throw change;
  }
  const raw = counted();
  try {
    const first = await beginningOf(raw);
    if (first.length === 0) throw new InputProblem('the file is empty', { fix: 'export it again' });
    refuseOtherKinds(first);
    const whole = startingWith(first, raw);
    const chunks = decompressed(first, whole);
    const plain = chunks === whole && file !== '-' && (await stat(file)).isFile();
    return { file, plain, chunks, bytesRead: () => bytes, close: () => stream.destroy() };
  } catch (error) {
    stream.destroy();
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

interface OpenFile {
  readonly stream: Readable;
  /** Once it was read to its end. */
  changed(): Promise<InputProblem | undefined>;
}

const statOf: (fd: number) => Promise<Stats> = promisify(fstat);

async function unknowable(): Promise<undefined> {}

async function openFile(file: string): Promise<OpenFile> {
  try {
    if ((await stat(file)).isDirectory()) throw new InputProblem('this is a folder', { fix: 'name the files in it' });
    // It stays open at its end, to be asked whether it is still the same.
    const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES, autoClose: false });
    const fd = await new Promise<number>((resolve, reject) => stream.once('open', resolve).once('error', reject));
    const before = await statOf(fd);
    return { stream, changed: async () => changeOf(before, await statOf(fd)) };
  } catch (error) {
    throw error instanceof InputProblem ? error : readProblem(error);
  }
}

export function readProblem(error: unknown): InputProblem {
  const code = (error as NodeJS.ErrnoException).code;
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
