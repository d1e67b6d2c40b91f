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

/** As large as the blocks that are read: what a thread of libuv inflates ahead. In small chunks, so that little is lost before damage. */
const AHEAD: object = { highWaterMark: 1024 * 1024 };

/** gzip, of one member or several, and zstd; other content as it is. */
export function decompress(first: Buffer, whole: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  if (startsWith(first, GZIP)) {
    return refuseSecond(inflate(whole, zlib.createGunzip(AHEAD), 'gzip'));
  }
  if (startsWith(first, ZSTD)) {
    const create = (zlib as unknown as ZstdOfNode).createZstdDecompress;
    return refuseSecond(create === undefined ? unzstd(first, whole) : inflate(whole, create(AHEAD), 'zstd'));
  }
  return whole;
}

/** Node has it from 22.15 and 23.8 on. */
interface ZstdOfNode {
  readonly createZstdDecompress?: (options: object) => zlib.Gunzip;
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

async function* inflate(whole: AsyncGenerator<Buffer>, stream: zlib.Gunzip, kind: string): AsyncGenerator<Buffer> {
  // Errors reach the loop below through `stream`; the callback only keeps them from being unhandled.
  pipeline(Readable.from(whole, { objectMode: false }), stream, () => {});
  let byteOffset = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
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
