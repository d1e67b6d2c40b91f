/** Numbers and texts of strangers, as they may be shown. */

/**
 * Control characters, which a terminal would obey, and those that turn the direction of writing are replaced, as are
 * halves of characters; a longer text is cut off.
 */
export function harmless(text: string, maxChars = 40): string {
  // A long text is not worth the search.
  const cut = text.length > maxChars ? `${text.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return cut.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** `1,200,000` */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1.2M`, in as few characters. */
export function compact(value: number, digits = 3): string {
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: digits });
}

/** `73.9 %` */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
