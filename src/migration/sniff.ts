/** Which format a text is, told by its beginning. */
import { isRecord, type JsonRecord, parseJson } from '../encoding/json.js';
import type { Format } from './readers/contract.js';

/** Enough for a first record; a longer first line is no NDJSON. */
const SNIFF_CHARS = 256 * 1024;

/** @param beginning of the text, up to `SNIFF_CHARS` or its end. */
export function formatOf(beginning: string): Format {
  const start = beginning.search(/\S/);
  const first = beginning[start];
  if (first === '[') return 'json';
  if (first !== '{') return 'csv';
  const newline = beginning.indexOf('\n', start);
  const line = parseJson(newline === -1 ? beginning.slice(start) : beginning.slice(start, newline));
  if (!isRecord(line)) return 'json';
  // One whole object in the first line: a record of NDJSON, or all of a JSON that holds its records in an array.
  const only = newline === -1 || beginning.slice(newline).trim() === '';
  return only && holdsList(line) ? 'json' : 'ndjson';
}

function holdsList(value: JsonRecord): boolean {
  return Object.values(value).some((one) =>
    Array.isArray(one) ? one.length === 0 || isRecord(one[0]) : isRecord(one) && holdsList(one),
  );
}

/** The text again, and its beginning. Where that cannot be read to its end, the text ends with the same problem. */
export async function peekText(
  text: AsyncGenerator<string>,
): Promise<{ readonly beginning: string; readonly text: AsyncGenerator<string> }> {
  let beginning = '';
  let done = false;
  let failed: unknown;
  try {
    while (!done && beginning.length < SNIFF_CHARS) {
      const next = await text.next();
      done = next.done === true;
      if (!next.done) beginning += next.value;
    }
  } catch (error) {
    if (beginning === '') throw error;
    failed = error;
  }
  async function* again(): AsyncGenerator<string> {
    if (beginning !== '') yield beginning;
    if (failed !== undefined) throw failed;
    if (!done) yield* text;
  }
  return { beginning, text: again() };
}
