/** Digests as arguments or on stdin, and the lines printed about each. */

import { decodeText, linesOf } from '../migration/command.js';
import { WIDTH } from '../present/terminal-style.js';
import { UsageError } from './problem.js';
import type { Terminal } from './terminal.js';

/** Of lines after the number of a digest. */
export const NUMBERED_WIDTH: number = WIDTH - 8;

/**
 * The lines of stdin that are not empty, each with its number.
 * @throws {InputProblem} if stdin is not text, or a line is too long.
 */
export async function* stdinLines({ stdin }: Terminal): AsyncGenerator<readonly [text: string, line: number]> {
  let line = 0;
  for await (const lines of linesOf(decodeText(stdin))) {
    for (const text of lines) {
      line++;
      if (text !== '') yield [text, line];
    }
  }
}

/** A digest, and its number if there are several. */
export interface NumberedDigest {
  readonly digest: string;
  readonly number: number | undefined;
}

const GIVE = 'give one in single quotes, or several on stdin, one a line';

/** Arguments, or the lines of stdin without arguments or where the only one is `-`. */
export async function* givenDigests(given: readonly string[], terminal: Terminal): AsyncGenerator<NumberedDigest> {
  if (given.includes('')) throw new UsageError('the digest is empty', GIVE);
  const isDash = given.includes('-');
  if (isDash && given.length > 1) throw new UsageError('"-" (stdin) cannot be combined with other digests', GIVE);
  if (isDash || given.length === 0) {
    if (!isDash && terminal.stdin.isTTY) throw new UsageError('no digest given', GIVE);
    let came = false;
    for await (const [digest, number] of stdinLines(terminal)) {
      came = true;
      yield { digest, number };
    }
    if (!came) throw new UsageError('no digest given', GIVE);
  } else {
    for (const [i, digest] of given.entries()) yield { digest, number: given.length === 1 ? undefined : i + 1 };
  }
}

/** Lines about one of several digests: its number is before the first, and the others are under it. */
export function numbered(number: number | undefined, lines: readonly string[]): readonly string[] {
  if (number === undefined) return lines;
  const mark = `${number}  `;
  return lines.map((line, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + line);
}
