/** zstd without Node's own, in JavaScript: https://www.rfc-editor.org/rfc/rfc8878 */
import { InputProblem } from '../../files/input-problem.js';

/** Four bytes may become a block of 128 KiB: so much comes out of a slice at most. */
const SLICE_BYTES = 1024;
/** What zstd itself takes without --long. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
const SINGLE_SEGMENT = 0x20;
/** Codes of the library. */
const WINDOW_TOO_LARGE = 1;
const UNEXPECTED_END = 5;

/**
 * @param first bytes of it.
 * @throws {InputProblem} where the data is damaged or cut off.
 */
export async function* unzstd(first: Buffer, whole: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Decompress } = await import('fzstd');
  if (windowBytes(first) > MAX_WINDOW_BYTES) throw windowTooLarge();
  let out: Buffer[] = [];
  let byteOffset = 0;
  const decoder = new Decompress(({ buffer, byteOffset: start, length }) => {
    byteOffset += length;
    if (length > 0) out.push(Buffer.from(buffer, start, length));
  });
  for await (const chunk of whole) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      push(chunk.subarray(at, at + SLICE_BYTES), false);
      yield* out;
      out = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* out;

  function push(slice: Uint8Array, last: boolean): void {
    try {
      decoder.push(slice, last);
    } catch (error) {
      throw describe(error, byteOffset);
    }
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
  const detail = { byteOffset, fix: 'copy or export the file again', cause: error };
  if (code === WINDOW_TOO_LARGE) return windowTooLarge();
  if (code === UNEXPECTED_END) return new InputProblem('cut-off', 'the zstd data is cut off', detail);
  return new InputProblem('damaged', 'the zstd data is damaged, or other data follows it', detail);
}

function windowTooLarge(): InputProblem {
  return new InputProblem('too-large', 'the zstd data needs a window of more than 128 MiB', {
    fix: 'decompress it, for example: zstd -dc --long=31 FILE | digestry check -',
  });
}
