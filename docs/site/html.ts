/** Text as HTML. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}

/** The id of a heading, as GitHub makes it. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** Formats a number in groups of three digits: 600 000. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US').replaceAll(',', '\u202f');
}

export function bytesText(bytes: number): string {
  if (bytes === 0) return 'none to speak of';
  const units: readonly [number, string][] = [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ];
  const [size, unit] = units.find(([one]) => bytes >= one) ?? [1, 'bytes'];
  const value = bytes / size;
  return `${Number.isInteger(value) ? value : value.toPrecision(2)} ${unit}`;
}
