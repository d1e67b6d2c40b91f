/** Bundles the script of a page into one classic script, with digestry/portable. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { clerkHashers } from '../../src/index.js';
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
  // A closing tag anywhere in the code would end the script.
  return chunk.code.replaceAll('</script', '<\\/script').trim();
}

/** The parts of the hashers' files that the page shows. */
function hasherDocs(): object {
  return Object.fromEntries(
    clerkHashers.map(({ name }) => {
      const { title, grammar, callouts } = hasherDoc(name);
      return [name, { title, grammar, callouts }];
    }),
  );
}
