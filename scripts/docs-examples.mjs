// node scripts/docs-examples.mjs: writes the code of the examples into the pages that show it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('..', import.meta.url);

/** Pages with blocks such as "```js examples/express/server.js". */
export function pages() {
  const folder = readdirSync(new URL('docs/frameworks/', ROOT)).map((file) => `docs/frameworks/${file}`);
  return ['docs/frameworks.md', ...folder];
}

export function readPage(page) {
  return readFileSync(new URL(page, ROOT), 'utf8');
}

/** The page with its blocks as the files are. */
export function withCode(text) {
  return text.replace(/^```(\w+) (examples\/\S+)\n[\s\S]*?^```$/gm, (_, language, file) => {
    return `\`\`\`${language} ${file}\n${readFileSync(new URL(file, ROOT), 'utf8')}\`\`\``;
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const page of pages()) writeFileSync(new URL(page, ROOT), withCode(readPage(page)));
}
