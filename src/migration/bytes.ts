/** From a file or stdin to bytes: opened, decompressed, told by their first bytes what they are. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import { InputProblem } from './problem.js';

/** Enough to tell what a file is. */
const BEGINNING_BYTES = 16;
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
  const stream = file === '-' ? stdin : await openFile(file);
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
  while (first.length < BEGINNING_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function openFile(file: string): Promise<Readable> {
  try {
    if ((await stat(file)).isDirectory()) throw new InputProblem('this is a folder', { fix: 'name the files in it' });
    const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    await new Promise<void>((resolve, reject) => stream.once('open', () => resolve()).once('error', reject));
    return stream;
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

const KINDS: readonly (readonly [magic: readonly number[], kind: string, fix: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Excel workbook', 'unpack it, or save the sheet as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook', 'save the sheet as CSV'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'an SQLite database', 'export the table as CSV'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'export it as CSV or NDJSON'],
  [[0x42, 0x5a, 0x68], 'a bzip2 file', 'decompress it, for example: bzip2 -dc FILE | digestry check -'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz file', 'decompress it, for example: xz -dc FILE | digestry check -'],
  [[0x50, 0x47, 0x44, 0x4d, 0x50], 'a PostgreSQL dump in custom format', 'export the table with \\copy … csv header'],
];

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function refuseOtherKinds(first: Buffer): void {
  for (const [magic, kind, fix] of KINDS) {
    if (startsWith(first, magic))
      throw new InputProblem(`this is ${kind}, not an export in CSV, NDJSON or JSON`, { fix });
  }
}

/** gzip by content; zstd where this Node has it. */
function decompressed(first: Buffer, whole: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  if (startsWith(first, [0x1f, 0x8b])) return through(whole, zlib.createGunzip(), 'gzip');
  if (startsWith(first, [0x28, 0xb5, 0x2f, 0xfd])) {
    const create = (zlib as unknown as { readonly createZstdDecompress?: () => zlib.Gunzip }).createZstdDecompress;
    if (create === undefined) {
      throw new InputProblem('this is a zstd file, and this Node cannot read zstd', {
        fix: 'decompress it, for example: zstd -dc FILE | digestry check -',
      });
    }
    return through(whole, create(), 'zstd');
  }
  return whole;
}

async function* through(whole: AsyncGenerator<Buffer>, inflate: zlib.Gunzip, kind: string): AsyncGenerator<Buffer> {
  // Errors reach the loop below through `inflate`; the callback only keeps them from being unhandled.
  pipeline(Readable.from(whole, { objectMode: false }), inflate, () => {});
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    throw new InputProblem(`the ${kind} data is damaged or cut off`, {
      fix: 'copy or export the file again',
      cause: error,
    });
  }
}
