/** zstd without Node's own, in JavaScript: https://www.rfc-editor.org/rfc/rfc8878 */
import { InputProblem } from '../../files/input-problem.js';
import { Xxh64 } from './xxh64.js';
import { ZstdFrames } from './zstd-frames.js';

/** Four bytes may become a block of 128 KiB: so much comes out of a slice at most. */
const SLICE_BYTES = 1024;
/** What zstd itself takes without --long. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
const SINGLE_SEGMENT = 0x20;
/** Codes of the library. */
const WINDOW_TOO_LARGE = 1;
const UNEXPECTED_END = 5;
const FIX = 'copy or export the file again';

/**
 * @param first bytes of it.
 * @throws {InputProblem} where the data is damaged or cut off.
 */
export async function* unzstd(first: Buffer, whole: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress } = await import('fzstd');
  if (windowBytes(first) > MAX_WINDOW_BYTES) throw windowTooLarge();
  const frames = new ZstdFrames();
  let out: Buffer[] = [];
  let byteOffset = 0;
  let checksum = new Xxh64();
  const createDecoder = () =>
    new Decompress((bytes) => {
      byteOffset += bytes.length;
      if (frames.hasChecksum) checksum.update(bytes);
      if (bytes.length > 0) out.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    });
  // One for each frame: it does not say where these end.
  let decoder = createDecoder();
  for await (const chunk of whole) {
    for (let at = 0; at < chunk.length; ) {
      at += push(chunk.subarray(at, at + SLICE_BYTES));
      yield* out;
      out = [];
    }
  }
  if (!frames.isBetween) throw cutOff(byteOffset);

  /** @returns how much of the slice was taken. */
  function push(slice: Uint8Array): number {
    try {
      const taken = frames.take(slice);
      decoder.push(slice.subarray(0, taken), frames.isBetween);
      if (frames.isBetween) endFrame();
      return taken;
    } catch (error) {
      throw describe(error, byteOffset);
    }
  }

  function endFrame(): void {
    if (frames.hasChecksum && frames.checksum !== checksum.digest()) throw new RangeError('other checksum');
    checksum = new Xxh64();
    decoder = createDecoder();
  }
}

/** Of the first frame, from its header. */
function windowBytes(first: Buffer): number {
  const flags = first[4] ?? 0;
  if ((flags & SINGLE_SEGMENT) === 0) {
    const exponent = (first[5] ?? 0) >> 3;
    const base = 2 ** (10 + exponent);
    return base + (base / 8) * ((first[5] ?? 0) & 7);
  }
  const at = 5 + ([0, 1, 2, 4][flags & 3] as number);
  switch (flags >> 6) {
    case 2:
      return first.length < at + 4 ? 0 : first.readUInt32LE(at);
    case 3:
      return first.length < at + 8 ? 0 : Number(first.readBigUInt64LE(at));
    default:
      return 0;
  }
}

function describe(error: unknown, byteOffset: number): InputProblem {
  const { code } = error as { readonly code?: unknown };
  if (code === WINDOW_TOO_LARGE) return windowTooLarge();
  if (code === UNEXPECTED_END) return cutOff(byteOffset, error);
  const detail = { byteOffset, fix: FIX, cause: error };
  return new InputProblem('damaged', 'the zstd data is damaged, or other data follows it', detail);
}

function cutOff(byteOffset: number, cause?: unknown): InputProblem {
  return new InputProblem('cut-off', 'the zstd data is cut off', { byteOffset, fix: FIX, cause });
}

function windowTooLarge(): InputProblem {
  return new InputProblem('too-large', 'the zstd data needs a window of more than 128 MiB', {
    fix: 'decompress it, for example: zstd -dc --long=31 FILE | digestry check -',
  });
}
