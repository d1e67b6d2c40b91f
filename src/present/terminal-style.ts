/** Styles of lines for a terminal, and its width. */
import { REPLACEMENT, UNSAFE } from '../encoding/display.js';

/** Text is wrapped to the width that nearly every terminal has; `breakLine` is for narrower ones. */
export const WIDTH = 80;

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Stylist = (style: Style, text: string) => string;

/** What decides about styles: where the text goes, and the environment. */
export interface StyleTarget {
  readonly stdout: { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Select Graphic Rendition, ECMA-48 §8.3.117: what begins a style, and what ends it. */
const CODES: Readonly<Record<Style, readonly [begin: number, end: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/**
 * Random, so that no text from outside can contain it: an escape sequence there is replaced like other control characters.
 * An export was written before, so it need not be hard to compute, and node:crypto takes 10 ms to load.
 */
const MARK = `\u001b${Math.random().toString(36).slice(2)}-${Math.random().toString(36).slice(2)}`;
const MARK_OR_UNSAFE = new RegExp(`${MARK}(\\d\\d?);|${UNSAFE.source}`, 'g');

/**
 * Styles where stdout is a terminal and NO_COLOR (https://no-color.org) does not forbid it. They are marks, which
 * `renderLine` turns into escape sequences.
 */
export function stylist({ stdout, env }: StyleTarget): Stylist {
  const colours = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && obeysEscapes(env);
  return (style, text) => {
    const [begin, end] = CODES[style];
    return colours ? `${MARK}${begin};${text}${MARK}${end};` : text;
  };
}

/** Whether a terminal obeys escape sequences; an editor's shell prints them. */
export function obeysEscapes(env: StyleTarget['env']): boolean {
  return env['TERM'] !== 'dumb';
}

const MARKS = new RegExp(`${MARK}\\d\\d?;`, 'g');

/** Lines of at most `columns` characters: broken between words, each after the indent of the first. A longer word stays whole. */
export function breakLine(line: string, columns: number): string[] {
  const length = (text: string): number => text.replace(MARKS, '').length;
  if (length(line) <= columns) return [line];
  const indent = line.slice(0, line.search(/[^ ]|$/));
  const lines: string[] = [];
  let last = '';
  for (const word of line.split(/ +/).filter((one) => one !== '')) {
    if (last !== '' && length(last) + 1 + length(word) > columns) {
      lines.push(last);
      last = '';
    }
    last = last === '' ? indent + word : `${last} ${word}`;
  }
  return [...lines, last];
}

/** Marks become escape sequences, unsafe characters are replaced. */
export function renderLine(line: string): string {
  return line
    .toWellFormed()
    .replace(MARK_OR_UNSAFE, (_, code?: string) => (code === undefined ? REPLACEMENT : `\u001b[${code}m`));
}
