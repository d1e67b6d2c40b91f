/** The script of a page as one classic script, by Vite: digestry/portable and what the page does with it. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { hashers } from '../../src/index.js';
import { hasherDoc } from './doc-comment.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @param name of its entry in docs/page. */
export async function bundled(name: string): Promise<string> {
  const results = await build({
    configFile: false,
    envDir: false,
    root: fromRoot('docs/page'),
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias: { 'digestry/portable': fromRoot('src/portable.ts') } },
    define: { HASHER_DOCS: JSON.stringify(hasherDocs()) },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      lib: { entry: fromRoot(`docs/page/${name}.ts`), formats: ['iife'], name },
    },
  });
  const outputs = (Array.isArray(results) ? results : [results]).flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`docs/page/${name}.ts is not one script`);
  // The end of the element, wherever it stands, would end the script.
  return chunk.code.replaceAll('</script', '<\\/script').trim();
}

/** What the page shows of hashers' files. */
function hasherDocs(): object {
  return Object.fromEntries(
    hashers.map(({ name }) => {
      const { title, grammar, callouts } = hasherDoc(name);
      return [name, { title, grammar, callouts }];
    }),
  );
}
