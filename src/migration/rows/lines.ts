/** Lines of a text that comes in chunks. */
import { InputProblem } from '../../files/input-problem.js';
import { MAX_RECORD_SIZE } from '../row.js';

/**
 * The lines of each chunk together, without their ends (LF or CRLF).
 * @throws {InputProblem} on a line over `MAX_RECORD_SIZE`.
 */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = '';
  let count = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    count += lines.length;
    if (lines.length > 0) yield lines.map(withoutCr);
    if (rest.length > MAX_RECORD_SIZE) {
      throw new InputProblem('record-too-long', `the line is longer than ${MAX_RECORD_SIZE} characters`, {
        line: count + 1,
        fix: 'is this a file of lines?',
      });
    }
  }
  if (rest !== '') yield [withoutCr(rest)];
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
