/**
 * Encodings of text. It is decoded strictly: bytes that are not UTF-8 or UTF-16 are an error with its place, and are not
 * replaced.
 */
import { isUtf8 } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { countTellingBytes, detectEncoding, type TextEncoding } from './encoding.js';
import { peekBytes } from './peek.js';

export interface OpenedText {
  readonly encoding: TextEncoding;
  /** In UTF-8, without a byte order mark. What comes as UTF-8 is not looked at. */
  readonly chunks: AsyncGenerator<Buffer>;
}

/**
 * Detects the encoding, UTF-8 or UTF-16, from the first line.
 * @throws {InputProblem} on what is not text; so do chunks that were not in UTF-8.
 */
export async function openText(chunks: AsyncIterable<Buffer>): Promise<OpenedText> {
  const { encoding, whole } = await openEncoded(chunks);
  const isUtf8 = encoding.name === 'utf-8';
  return { encoding, chunks: isUtf8 ? skipBytes(whole, encoding.markBytes) : encodeText(decode(encoding, whole)) };
}

interface Encoded {
  readonly encoding: TextEncoding;
  readonly whole: AsyncGenerator<Buffer>;
}

async function openEncoded(chunks: AsyncIterable<Buffer>): Promise<Encoded> {
  const { first, whole } = await peekBytes(chunks, (bytes) => countTellingBytes(bytes) !== undefined);
  return { encoding: detectEncoding(first), whole };
}

async function* skipBytes(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

export async function* encodeText(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}

/** @throws {InputProblem} on data that is not text, or stops being text at some place. */
export async function* decodeText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { encoding, whole } = await openEncoded(chunks);
  yield* decode(encoding, whole);
}

async function* decode({ name, markBytes }: TextEncoding, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = name === 'utf-8' ? utf8 : utf16(name);
  const lines = new LineCount();
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (offset === 0 && markBytes > 0) {
      offset = markBytes;
      bytes = bytes.subarray(markBytes);
    }
    const whole = bytes.subarray(0, decoder.wholeUntil(bytes));
    rest = bytes.subarray(whole.length);
    if (whole.length === 0) continue;
    const text = decoder.decode(whole);
    if (text === undefined) {
      const valid = longestValid(whole, decoder);
      const before = decoder.decode(valid) ?? '';
      lines.add(before);
      yield before;
      throw notText(decoder, offset + valid.length, lines.line);
    }
    offset += whole.length;
    lines.add(text);
    yield text;
  }
  if (rest.length > 0) throw cutCharacter(offset, lines.line);
}

/** Length of the beginning of these bytes that ends with a whole character. */
export function wholeUtf8(bytes: Buffer): number {
  return utf8.wholeUntil(bytes);
}

/** Of bytes that are not UTF-8, or end within a character: how many of them are UTF-8, and what is wrong after these. */
export function notUtf8(bytes: Buffer, offset: number): { readonly valid: number; readonly problem: InputProblem } {
  const whole = utf8.wholeUntil(bytes);
  if (utf8.decode(bytes.subarray(0, whole)) !== undefined) {
    return { valid: whole, problem: cutCharacter(offset + whole, undefined) };
  }
  const valid = longestValid(bytes.subarray(0, whole), utf8).length;
  return { valid, problem: notText(utf8, offset + valid, undefined) };
}

function cutCharacter(byteOffset: number, line: number | undefined): InputProblem {
  const fix = 'export it again';
  return new InputProblem('cut-off', 'the file ends within a character: it is cut off', { byteOffset, line, fix });
}

/** LFs, or CRs until the first LF. */
class LineCount {
  line = 1;
  #newline = '\r';

  add(text: string): void {
    if (this.#newline === '\r' && text.includes('\n')) {
      this.#newline = '\n';
      this.line = 1;
    }
    for (let at = text.indexOf(this.#newline); at !== -1; at = text.indexOf(this.#newline, at + 1)) this.line++;
  }
}

interface Decoder {
  readonly name: string;
  /** End of the last whole character. */
  wholeUntil(bytes: Buffer): number;
  decode(bytes: Buffer): string | undefined;
}

const utf8: Decoder = {
  name: 'UTF-8',
  wholeUntil(bytes) {
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back] as number;
      if (byte < 0x80) break;
      if (byte < 0xc0) continue;
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.length - back : bytes.length;
    }
    return bytes.length;
  },
  decode: (bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : undefined),
};

function utf16(label: 'utf-16le' | 'utf-16be'): Decoder {
  const decoder = new TextDecoder(label, { fatal: true });
  return {
    name: 'UTF-16',
    // Code units, and not half a surrogate pair.
    wholeUntil(bytes) {
      const end = bytes.length & ~1;
      if (end < 2) return end;
      const high = label === 'utf-16le' ? bytes[end - 1] : bytes[end - 2];
      return ((high as number) & 0xfc) === 0xd8 ? end - 2 : end;
    },
    decode(bytes) {
      try {
        return decoder.decode(bytes);
      } catch {
        return undefined;
      }
    },
  };
}

function notText({ name }: Decoder, byteOffset: number, line: number | undefined): InputProblem {
  return new InputProblem('not-text', `the file is not valid ${name}`, {
    byteOffset,
    line,
    fix: 'export it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8 FILE',
  });
}

/** By halves: the longest beginning that is valid, but for a character that may go on. */
function longestValid(bytes: Buffer, decoder: Decoder): Buffer {
  const cutWhole = (length: number) => bytes.subarray(0, decoder.wholeUntil(bytes.subarray(0, length)));
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decoder.decode(cutWhole(middle)) !== undefined) valid = middle;
    else invalid = middle;
  }
  return cutWhole(valid);
}
