/** Builds the site: every page as one file, from Markdown and from the source. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundled } from './bundle.js';
import { framed } from './layout.js';
import { rendered } from './markdown.js';
import { sitePages } from './pages.js';

/**
 * @param out the folder of the site; what was in it is removed.
 * @returns the paths of the pages in it.
 */
export async function buildSite(out: string): Promise<string[]> {
  const style = await readFile(new URL('style.css', import.meta.url), 'utf8');
  const pages = sitePages();
  const identify = await bundled('identify');
  await rm(out, { recursive: true, force: true });
  for (const page of pages) {
    const content = rendered(page.markdown);
    const script = page.script === 'identify' ? identify : undefined;
    const file = join(out, page.path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, framed({ page, pages, content, style, script }));
  }
  return pages.map(({ path }) => path);
}
