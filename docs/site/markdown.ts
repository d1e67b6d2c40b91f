/** Renders Markdown: headings with anchors, tables that scroll, links from page to page. */
import MarkdownIt from 'markdown-it';
import { highlighted } from './highlight.js';
import { escaped, slug } from './html.js';

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
}

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false });
// Only full addresses become links, not file names or versions.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const rules = markdown.renderer.rules;
rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
rules['table_close'] = () => '</table></div>\n';
rules['code_block'] = (tokens, index) =>
  `<pre tabindex="0"><code>${escaped(tokens[index]?.content ?? '')}</code></pre>\n`;
rules['fence'] = (tokens, index) => {
  const { info = '', content = '' } = tokens[index] ?? {};
  const [language = ''] = info.split(/\s+/);
  return `<pre class="code ${escaped(language)}" tabindex="0"><code>${highlighted(content, language)}</code></pre>\n`;
};
rules['heading_open'] = (tokens, index) => {
  const { tag = '' } = tokens[index] ?? {};
  const id = slug(plain(tokens[index + 1]?.content ?? ''));
  return tag === 'h1' ? '<h1>' : `<${tag} id="${escaped(id)}">`;
};
rules['heading_close'] = (tokens, index) => {
  const { tag = '' } = tokens[index] ?? {};
  const text = plain(tokens[index - 1]?.content ?? '');
  if (tag === 'h1') return '</h1>\n';
  return ` <a class="anchor" href="#${escaped(slug(text))}" aria-label="Link to ${escaped(text)}">#</a></${tag}>\n`;
};
const linkOpen = rules['link_open'];
rules['link_open'] = (tokens, index, options, environment, self) => {
  const token = tokens[index];
  const href = String(token?.attrGet('href') ?? '');
  // Links between Markdown files become links between pages.
  if (!/^[a-z]+:/.test(href)) token?.attrSet('href', href.replace(/\.md(?=#|$)/, '.html'));
  else token?.attrSet('rel', 'noreferrer');
  return linkOpen?.(tokens, index, options, environment, self) ?? self.renderToken(tokens, index, options);
};

export function rendered(text: string): Rendered {
  const tokens = markdown.parse(text, {});
  const headings = tokens.flatMap((token, i) => {
    if (token.type !== 'heading_open') return [];
    const heading = plain(tokens[i + 1]?.content ?? '');
    return [{ level: Number(token.tag.slice(1)), id: slug(heading), text: heading }];
  });
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings };
}

/** Renders a phrase without a paragraph. */
export function inline(text: string): string {
  return markdown.renderInline(text);
}

/** The text of a heading without Markdown. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
