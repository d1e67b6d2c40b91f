/** The import graph of source files, read from their text: what a module names, not what a run happens to load. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';

export const ROOT: URL = new URL('../../', import.meta.url);

/** Every specifier of a module: static, dynamic, of types, re-exported, or the URL of a worker's file. */
export function specifiers(source: string): string[] {
  const code = withoutComments(source);
  const static_ = code.matchAll(/(?<!-)\b(?:from\s*|import\s*(?:\(\s*)?)(?:'([^']+)'|"([^"]+)"|`([^`]+)`)/g);
  const urls = code.matchAll(/new URL\(\s*(?:'([^']+)'|"([^"]+)")\s*,\s*import\.meta\.url/g);
  return [...static_, ...urls].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** Comments show code that does not run. */
export function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Files under `folder`, by their path in it, in order. */
export function filesIn(folder: string, extension: string): string[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(extension))
    .sort();
}

/** Of each file in src, the files in src that it imports. */
export function sourceGraph(): ReadonlyMap<string, readonly string[]> {
  const graph = new Map<string, readonly string[]>();
  const files = filesIn('src/', '.ts');
  for (const file of files) {
    const source = readFileSync(new URL(`src/${file}`, ROOT), 'utf8');
    const relative = specifiers(source).filter((specifier) => /^\..*\.js$/.test(specifier));
    graph.set(
      file,
      relative.map((specifier) => {
        const path = posix.join(dirname(file), specifier).replace(/\.js$/, '');
        // What only the build writes has its types in the source.
        return files.includes(`${path}.d.ts`) ? `${path}.d.ts` : `${path}.ts`;
      }),
    );
  }
  return graph;
}

/** All that `entry` imports, directly or not, and itself. */
export function reachable(graph: ReadonlyMap<string, readonly string[]>, entry: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...(graph.get(file) ?? []));
  }
  return seen;
}

/** One cycle, as a path that ends where it began; undefined where there is none. */
export function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): readonly string[] | undefined {
    const at = path.indexOf(file);
    if (at !== -1) return [...path.slice(at), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  }
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
