/** HTML as tests look at it. */

/** Elements that have no end. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-][a-zA-Z0-9:-]*(?:="[^"<]*")?)*)\s*(\/?)>/y;

/** What is not well-formed, with the place; undefined where every element ends where it should. Stricter than HTML is. */
export function faultIn(html: string): string | undefined {
  const open: string[] = [];
  let at = html.startsWith('<!doctype html>') ? '<!doctype html>'.length : 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next === -1) break;
    TAG.lastIndex = next;
    const [all = '', end, name = '', , closed] = TAG.exec(html) ?? [];
    if (all === '') return `no tag at ${next}: ${html.slice(next, next + 60)}`;
    at = next + all.length;
    if (end === '/') {
      const last = open.pop();
      if (last !== name) return `</${name}> where </${last}> is due, at ${next}`;
    } else if (closed !== '/' && !VOID.has(name)) open.push(name);
    // Its text is no markup.
    if (name === 'style' && end !== '/') at = html.indexOf('</style>', at);
  }
  return open.length === 0 ? undefined : `not closed: ${open.join(' ')}`;
}

/** What a reader sees: without tags, entities undone, spaces as one. */
export function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
