/** Untrusted text, made safe to show. */

/**
 * What a terminal obeys instead of showing it: control characters (C0, DEL, C1), the line and paragraph separators, and
 * those that turn the direction of writing (Unicode Standard Annex #9, §2).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const UNSAFE: RegExp = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

export const REPLACEMENT = '\ufffd';

/** Each unsafe character, and each half of one, is replaced. */
export function displayText(text: string): string {
  return text.toWellFormed().replace(UNSAFE, REPLACEMENT);
}

/** The text with unsafe characters replaced, cut to `maxChars`. */
export function sanitizeForDisplay(text: string, maxChars = 40): string {
  // Only what is shown is searched.
  const cut = text.length > maxChars ? `${text.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return displayText(cut);
}

/** JSON in which unsafe characters of texts are written as escapes: the value is the same. */
export function displayJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent) ?? 'null';
  // Line ends are between values only.
  return json.replace(UNSAFE, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
