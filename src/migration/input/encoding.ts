/** Detects the encoding of a text from its first line. What is not text is named. */

import { InputProblem } from '../../files/input-problem.js';
import { CR, LF } from '../ascii.js';

export interface TextEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Of the byte order mark, which does not belong to the text. */
  readonly markBytes: 0 | 2 | 3;
}

/** A longer first line is not looked at to its end. A block of tar. */
const BEGINNING_BYTES = 512;
/** Two characters of UTF-16. */
const MIN_BYTES = 4;

/**
 * How many of these bytes from the beginning of a text decide its encoding; undefined where more of them are needed. It
 * depends on the text alone, not on the pieces that it comes in, and is never more than its first line.
 */
export function countTellingBytes(bytes: Uint8Array): number | undefined {
  const end = Math.min(bytes.length, BEGINNING_BYTES);
  for (let i = 0; i < end; i++) {
    if (bytes[i] === LF || bytes[i] === CR) {
      const needed = Math.max(i + 1, MIN_BYTES);
      return bytes.length >= needed ? needed : undefined;
    }
  }
  return end === BEGINNING_BYTES ? end : undefined;
}

/**
 * @param beginning the bytes that decide it, or all if the text is shorter; further ones are not looked at.
 * @throws {InputProblem} on UTF-32 and on binary data. A NUL further on is a character like any other.
 */
export function detectEncoding(beginning: Uint8Array): TextEncoding {
  const head = beginning.subarray(0, countTellingBytes(beginning) ?? beginning.length);
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) {
    if (c === 0 && d === 0) throw utf32();
    return { name: 'utf-16le', markBytes: 2 };
  }
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', markBytes: 2 };
  if (a === 0xef && b === 0xbb && head[2] === 0xbf) return { name: 'utf-8', markBytes: 3 };
  const nul = head.indexOf(0);
  if (nul === -1) return { name: 'utf-8', markBytes: 0 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) throw utf32();
  // Which of the first bytes are zero, where the text begins with ASCII as exports do.
  const zeros = Array.from(head.subarray(0, 8), (byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros.startsWith('x0x0')) return { name: 'utf-16le', markBytes: 0 };
  if (zeros.startsWith('0x0x')) return { name: 'utf-16be', markBytes: 0 };
  if (zeros === 'x000x000' || zeros === '000x000x') throw utf32();
  if (isTar(head)) {
    throw new InputProblem('other-file-kind', 'this is a tar archive, not an export in CSV, NDJSON or JSON', {
      fix: 'unpack it, for example: tar -xf FILE',
    });
  }
  throw new InputProblem('other-file-kind', 'this is a binary file: a NUL is in its first line', {
    byteOffset: nul,
    line: 1,
    fix: 'export it as CSV, NDJSON or JSON in UTF-8',
  });
}

function utf32(): InputProblem {
  return new InputProblem('utf-32', 'this is UTF-32', {
    byteOffset: 0,
    fix: 'export it as UTF-8, or convert it: iconv -f UTF-32 -t UTF-8 FILE',
  });
}

/** POSIX's ustar and GNU's form have the word there. */
function isTar(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(257, 262)) === 'ustar';
}
