/** Splitting a digest at its separator, every field by its offsets in the digest. */
import { malformed } from '../errors.js';

/**
 * Offsets of fields between single-character separators: field i is `text[starts[i], ends[i])`.
 * @param names the fields in order; the last ones may be absent down to `atLeast`.
 * @throws {DigestError} ERR_MALFORMED where a field is missing or there are more than named.
 */
export function splitFields(
  text: string,
  separator: string,
  names: readonly string[],
  start = 0,
  atLeast: number = names.length,
): Fields {
  const starts = [start];
  const ends: number[] = [];
  for (let at = text.indexOf(separator, start); at !== -1; at = text.indexOf(separator, at + 1)) {
    if (starts.length === names.length) {
      throw malformed(
        names.at(-1) as string,
        at,
        `unexpected "${separator}" at offset ${at}, after the last field (${names.join(', ')})`,
      );
    }
    ends.push(at);
    starts.push(at + 1);
  }
  ends.push(text.length);
  if (starts.length < atLeast) {
    const missing = names[starts.length] as string;
    throw malformed(missing, text.length, `digest ends before field ${missing} (${names.join(', ')})`);
  }
  return { starts, ends };
}

export interface Fields {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** @throws {DigestError} ERR_MALFORMED where `text` does not begin with `prefix`, at the first character that differs. */
export function expectPrefix(text: string, prefix: string): number {
  if (text.startsWith(prefix)) return prefix.length;
  let at = 0;
  while (at < text.length && text[at] === prefix[at]) at++;
  throw malformed('prefix', at, `digest must begin with "${prefix}"`);
}
