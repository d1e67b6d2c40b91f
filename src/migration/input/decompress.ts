/** Decompression, by what the first bytes of the content are. */
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import { InputProblem } from '../../files/input-problem.js';
import { peekKind, refuseOtherKinds } from './file-kinds.js';
import { unzstd } from './unzstd.js';

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** As large as the blocks that are read: a thread of libuv inflates one while another is assessed. */
const STEP_BYTES = 1024 * 1024;
/** What a step inflated before damage is lost: little of it. */
const SMALL_STEP_BYTES = 16 * 1024;

/**
 * gzip, of one member or several, and zstd; other content as it is.
 * @param again reads the same file once more; undefined for a pipe.
 */
export function decompress(
  first: Buffer,
  whole: AsyncGenerator<Buffer>,
  again?: () => AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
  if (startsWith(first, GZIP)) return refuseSecond(inflate({ kind: 'gzip', create: zlib.createGunzip, whole, again }));
  if (startsWith(first, ZSTD)) {
    const create = (zlib as unknown as ZstdOfNode).createZstdDecompress;
    return refuseSecond(create === undefined ? unzstd(first, whole) : inflate({ kind: 'zstd', create, whole, again }));
  }
  return whole;
}

/** Node has it from 22.15 and 23.8 on. */
interface ZstdOfNode {
  readonly createZstdDecompress?: Compression['create'];
}

/** The decompressed data is not an archive, nor compressed once more. */
async function* refuseSecond(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { first, whole } = await peekKind(chunks);
  refuseOtherKinds(first);
  if (startsWith(first, GZIP) || startsWith(first, ZSTD)) {
    throw new InputProblem('compressed-twice', 'the file is compressed twice', { fix: 'decompress it once' });
  }
  yield* whole;
}

interface Compression {
  readonly kind: 'gzip' | 'zstd';
  readonly create: (options: { readonly chunkSize: number; readonly highWaterMark: number }) => zlib.Gunzip;
}

interface Compressed extends Compression {
  readonly whole: AsyncIterable<Buffer>;
  readonly again: (() => AsyncIterable<Buffer>) | undefined;
}

async function* inflate({ kind, create, whole, again }: Compressed): AsyncGenerator<Buffer> {
  let byteOffset = 0;
  try {
    const compression = { kind, create };
    const chunks = inflateInSteps(whole, compression, again === undefined ? SMALL_STEP_BYTES : STEP_BYTES);
    for await (const chunk of again === undefined ? chunks : retried(chunks, () => again(), compression)) {
      byteOffset += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const detail = { byteOffset, fix: 'copy or export the file again', cause: error };
    if (code === 'Z_BUF_ERROR') throw new InputProblem('cut-off', `the ${kind} data is cut off`, detail);
    // zlib has one code for both.
    throw new InputProblem('damaged', `the ${kind} data is damaged, or other data follows it`, detail);
  }
}

/** Where the data is damaged, inflates it again in small steps, up to the damage. */
async function* retried(
  chunks: AsyncIterable<Buffer>,
  again: () => AsyncIterable<Buffer>,
  compression: Compression,
): AsyncGenerator<Buffer> {
  let given = 0;
  let failed: unknown;
  try {
    for await (const chunk of chunks) {
      given += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    failed = error;
  }
  let at = 0;
  for await (const chunk of inflateInSteps(again(), compression, SMALL_STEP_BYTES)) {
    const known = Math.max(0, given - at);
    at += chunk.length;
    if (known < chunk.length) yield chunk.subarray(known);
  }
  // Another file has come in its place.
  throw failed;
}

/**
 * Chunks are kept in a list of its own, up to a block of them: an error discards those that a stream of Node keeps, and how
 * many these are depends on when they are taken.
 */
async function* inflateInSteps(
  whole: AsyncIterable<Buffer>,
  { kind, create }: Compression,
  chunkSize: number,
): AsyncGenerator<Buffer> {
  // With one byte, the next step begins when the chunk of the last one was taken.
  const stream = create({ chunkSize, highWaterMark: 1 });
  let kept: Buffer[] = [];
  let bytes = 0;
  let failed: { readonly error: unknown } | undefined;
  let isDone = false;
  let wake = (): void => {};
  const end = () => {
    isDone = true;
    wake();
  };
  stream.on('data', (chunk: Buffer) => {
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes >= STEP_BYTES) stream.pause();
    wake();
  });
  stream.on('end', end);
  const fail = (error: unknown) => {
    failed ??= { error };
    end();
  };
  stream.on('error', fail);
  let given = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of whole) {
      given += chunk.length;
      yield chunk;
    }
  }
  pipeline(Readable.from(counted(), { objectMode: false }), stream, (error) => error && fail(error));
  try {
    for (;;) {
      const taken = kept;
      kept = [];
      bytes = 0;
      if (!isDone) stream.resume();
      yield* taken;
      if (kept.length > 0) continue;
      if (isDone) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stream.destroy();
  }
  if (failed !== undefined) throw failed.error;
  // Node's zstd passes over what follows the last frame. After gzip, zeros are padding, and other data is an error of zlib.
  if (kind === 'zstd' && stream.bytesWritten < given) throw new Error('other data follows');
}
