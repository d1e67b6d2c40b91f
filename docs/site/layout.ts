/** The frame of every page. A page is one file with its style and script, so it also works from a disk. */
import { createHash } from 'node:crypto';
import { escaped } from './html.js';
import type { Rendered } from './markdown.js';
import type { Page } from './pages.js';

export interface Frame {
  readonly page: Page;
  readonly pages: readonly Page[];
  readonly content: Rendered;
  readonly style: string;
  /** Code of a classic script; a module would not load from a disk. */
  readonly script?: string | undefined;
}

const GROUPS: readonly Page['group'][] = [
  'Start',
  'Guides',
  'Frameworks',
  'Reference',
  'Background',
  'Hashers',
  'Formats',
];
/** "$" in a square, as a data URL, since pages fetch nothing. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230f766e'/%3E%3Ctext x='16' y='23' font-family='monospace' font-size='21' font-weight='bold' text-anchor='middle' fill='white'%3E$%3C/text%3E%3C/svg%3E";

export function framed({ page, pages, content, style, script }: Frame): string {
  const title = content.headings.find(({ level }) => level === 1)?.text ?? page.label;
  const name = page.path === 'index.html' ? `digestry: ${title}` : `${title} · digestry`;
  const nav = navigation(page, pages);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(name)}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body class="${page.group.toLowerCase()}">
<a class="skip" href="#content">Skip to the content</a>
<header>
<a class="brand" href="${to(page, 'index.html')}"><span>$</span>digestry</a>
<details class="menu"><summary>Menu</summary><nav aria-label="Pages">${nav}</nav></details>
<a class="try" href="${to(page, 'identify.html')}">Identify<span> a digest</span></a>
</header>
<div class="frame">
<nav class="side" aria-label="All pages">${nav}</nav>
<main id="content">
${content.html}</main>
${onThisPage(content)}
</div>
<footer><p>digestry, MIT licence. This site is built from its repository by <code>npm run docs</code>; its pages load nothing.</p></footer>
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
}

/** Forbids to fetch or send anything; style and script are allowed by their hashes. */
function policy(style: string, script: string | undefined): string {
  const rules = [
    "default-src 'none'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    'img-src data:',
    `style-src '${hash(style)}'`,
    ...(script === undefined ? [] : [`script-src '${hash(script)}'`, "require-trusted-types-for 'script'"]),
  ];
  return rules.join('; ');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function navigation(here: Page, pages: readonly Page[]): string {
  return GROUPS.map((group) => {
    const items = pages
      .filter((page) => page.group === group)
      .map((page) => {
        const current = page === here ? ' aria-current="page"' : '';
        return `<li><a href="${to(here, page.path)}"${current}>${escaped(page.label)}</a></li>`;
      });
    return `<h2>${group}</h2><ul class="${group.toLowerCase()}">${items.join('')}</ul>`;
  }).join('');
}

function onThisPage({ headings }: Rendered): string {
  const items = headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => `<li><a href="#${escaped(id)}">${escaped(text)}</a></li>`);
  if (items.length < 3) return '';
  return `<aside class="toc"><nav aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav></aside>`;
}

/** A relative link, so that the site works in any folder. */
function to(here: Page, path: string): string {
  return `${here.path.includes('/') ? '../' : ''}${path}`;
}
