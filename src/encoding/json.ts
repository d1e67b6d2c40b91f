/** JSON that may be anything. */

export type JsonRecord = { readonly [key: string]: unknown };

/** The value, or undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAYBE_LONG = /[1-9]\d{15}/;
/** A quote, or a whole number that may have more digits than a number of JavaScript holds. */
const QUOTE_OR_LONG = /"|(?<![\w.+-])-?[1-9]\d{15,}(?![\w.])/g;

/**
 * Long whole numbers in quotes, so that parsing does not round them: ids of 64 bits.
 * @param text JSON.
 */
export function quoteLongNumbers(text: string): string {
  if (!MAYBE_LONG.test(text)) return text;
  const token = new RegExp(QUOTE_OR_LONG);
  let out = '';
  let from = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '"') {
      token.lastIndex = endOfString(text, found.index);
      continue;
    }
    out += `${text.slice(from, found.index)}"${found[0]}"`;
    from = token.lastIndex;
  }
  return out + text.slice(from);
}

/** @returns after the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at - 1;
    while (text[escapes] === '\\') escapes--;
    if ((at - escapes) % 2 === 1) return at + 1;
  }
  return text.length;
}
