/** The pieces that the sections of the page are made of. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { Example } from '../../reports/check-report.js';
import { type Content, type Markup, markup } from '../charts/index.js';
import { formatCount } from '../quantity.js';

/** A part of the page: what its link says, its title, and what is in it. */
export interface Section {
  readonly id: string;
  readonly link: string;
  readonly title: string;
  readonly content: Content;
}

const MAX_NAME = 80;
const MAX_TEXT = 600;
const MAX_EXAMPLES = 10;

/** Text of a report from any author. */
export function shortened(text: string, maxChars: number = MAX_TEXT): string {
  return sanitizeForDisplay(text, maxChars);
}

/** Ids of users and names of files, of hashers and of parameters may be as long as they like. */
export function nameText(name: string): string {
  return sanitizeForDisplay(name, MAX_NAME);
}

export function examplesText(examples: readonly Example[]): string {
  const shown = examples.slice(0, MAX_EXAMPLES).map(({ file, line, id }) => {
    const where = `line ${formatCount(line)}${file === undefined ? '' : ` of ${nameText(file)}`}`;
    return id === '' ? where : `${where} (${nameText(id)})`;
  });
  return shown.join(', ');
}

/** Names and what they have, one below the other on a phone. */
export function facts(pairs: readonly (readonly [name: string, value: Content])[]): Markup {
  const items = pairs
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return markup`<dl class="facts">${items}</dl>`;
}

/** What is more than most want to read: closed on a screen, open on paper. */
export function folded(summary: string, content: Content): Markup {
  return markup`<details><summary>${summary}</summary>${content}</details>`;
}
