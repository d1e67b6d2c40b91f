/** A page as a whole file: one style sheet, and nothing else that a browser would load or run. */
import { createHash } from 'node:crypto';
import { type Content, chartStyle, markup } from '../charts/index.js';
import { pageStyle } from './page-style.js';

const STYLE = chartStyle + pageStyle;
/** No source but this style sheet: a value that became markup after all could load and run nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function htmlDocument(title: string, body: Content): string {
  const head = markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${title}</title>`;
  // The style sheet is ours, and as text in an element it must not be escaped.
  return `<!doctype html>\n${head}<style>${STYLE}</style></head><body>${markup`${body}`}</body></html>\n`;
}
