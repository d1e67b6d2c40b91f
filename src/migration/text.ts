/** Bytes to text, strictly: what is no UTF-8 is told with its place instead of being replaced. */
import { isUtf8 } from 'node:buffer';
import { InputProblem } from './problem.js';

const NEWLINE = 10;

/** Text in chunks that never split a character. UTF-16 with a byte order mark is decoded too. */
export async function* decodeText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let encoding: Encoding | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 1;
  for await (const chunk of chunks) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (encoding === undefined) {
      encoding = encodingOf(bytes);
      offset = encoding.markBytes;
      bytes = bytes.subarray(encoding.markBytes);
    }
    const end = encoding.wholeUntil(bytes);
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (whole.length === 0) continue;
    const text = encoding.decode(whole);
    if (text === undefined) throw notText(whole, offset, line);
    offset += whole.length;
    line += countNewlines(whole);
    yield text;
  }
  if (rest.length > 0) throw notText(rest, offset, line);
}

interface Encoding {
  readonly markBytes: number;
  /** End of the last whole character. */
  wholeUntil(bytes: Buffer): number;
  decode(bytes: Buffer): string | undefined;
}

const utf8: Omit<Encoding, 'markBytes'> = {
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

function utf16(label: 'utf-16le' | 'utf-16be'): Omit<Encoding, 'markBytes'> {
  const decoder = new TextDecoder(label, { fatal: true });
  return {
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

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { markBytes: 2, ...utf16('utf-16le') };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { markBytes: 2, ...utf16('utf-16be') };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { markBytes: 3, ...utf8 };
  if (bytes.subarray(0, 4096).includes(0)) {
    throw new InputProblem('this is a binary file, or UTF-16 without a byte order mark', {
      byteOffset: bytes.indexOf(0),
      fix: 'export it as CSV, NDJSON or JSON in UTF-8',
    });
  }
  return { markBytes: 0, ...utf8 };
}

function notText(bytes: Buffer, offset: number, line: number): InputProblem {
  const at = firstInvalid(bytes);
  return new InputProblem('the file is not UTF-8', {
    byteOffset: offset + at,
    line: line + countNewlines(bytes.subarray(0, at)),
    fix: 'export it as UTF-8, or convert it: iconv -f LATIN1 -t UTF-8 FILE',
  });
}

/** By halves: the longest beginning that is valid, but for a character that may go on. */
function firstInvalid(bytes: Buffer): number {
  const wholeOf = (length: number) => bytes.subarray(0, utf8.wholeUntil(bytes.subarray(0, length)));
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(wholeOf(middle))) valid = middle;
    else invalid = middle;
  }
  return wholeOf(valid).length;
}

export function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
