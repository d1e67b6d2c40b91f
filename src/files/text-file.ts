/** A file that is small and text: read whole, up to a bound. */
import { InputProblem, inFile, readProblem } from './input-problem.js';
import { readWhole, type WholeOptions } from './reading.js';

/**
 * The text of a file in UTF-8, or in UTF-16 with a byte order mark, which PowerShell writes.
 * @throws {InputProblem} where it cannot be read, is too large or is not text; the signal's reason after an abort.
 */
export async function readTextFile(file: string, options: WholeOptions): Promise<string> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readWhole(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw inFile(readProblem(error), file);
  }
  try {
    return decodeWhole(bytes, options.maxBytes);
  } catch (error) {
    throw error instanceof InputProblem ? inFile(error, file) : error;
  }
}

/** @param bytes undefined where there are more than the limit. */
function decodeWhole(bytes: Buffer | undefined, maxBytes: number): string {
  if (bytes === undefined) throw new InputProblem('too-large', `file too large (limit ${maxBytes / 2 ** 20} MiB)`);
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputProblem('not-text', `the file is not valid ${encoding.toUpperCase()} text`);
  }
}
