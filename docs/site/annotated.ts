/** A digest with its fields marked and numbered, as the grammar in its hasher's file divides it. */
import { escaped } from './html.js';

/** Longer fields are shortened. */
const SHOWN_CHARS = 34;

/** @param grammar a regular expression; its groups are the fields, in order. */
export function annotated(digest: string, grammar: string): string {
  const { indices } = new RegExp(grammar, 'd').exec(digest) ?? {};
  if (indices === undefined) throw new Error('the grammar does not fit the sample');
  let html = '';
  let at = 0;
  for (const [i, range] of indices.slice(1).entries()) {
    // This digest does not have the field.
    if (range === undefined) continue;
    const [start, end] = range;
    html += `${separator(digest.slice(at, start))}${field(digest.slice(start, end), i + 1)}`;
    at = end;
  }
  return `<div class="digest"><code>${html}${separator(digest.slice(at))}</code></div>\n`;
}

function field(text: string, number: number): string {
  const shown = text.length > SHOWN_CHARS + 6 ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  return `<mark class="f${number}"><sup>${number}</sup>${escaped(shown)}</mark>`;
}

function separator(text: string): string {
  return text === '' ? '' : `<span>${escaped(text)}</span>`;
}

/** The meaning of each number. */
export function legend(callouts: readonly string[], inline: (text: string) => string): string {
  const items = callouts.map(
    (text, i) => `<li><span class="mark f${i + 1}">${i + 1}</span> <span>${inline(text)}</span></li>`,
  );
  return `<ol class="legend">\n${items.join('\n')}\n</ol>\n`;
}
