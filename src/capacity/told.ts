/** A name from somebody's report, fit for a terminal: short, and without anything that steers one. */
const MOST_LETTERS = 60;

export function toldName(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{C}/gu, '').slice(0, MOST_LETTERS) : 'unknown';
}
