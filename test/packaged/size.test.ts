/** What the package weighs: budgets that grow only where someone decides so, here and in size-budget.json. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { measureSizes, readBudget, type Sizes } from '../../scripts/size.js';
import { filesIn, ROOT, reachable, sourceGraph } from '../meta/imports.js';

/** Layers that only the command line and checks of exports need. */
const NOT_FOR_LOGINS = /^(?:capacity|charts|cli|migration)\//;

/** The files that a static import of a built entry loads, by their size. */
function loadedBy(entry: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const waiting = [new URL(`dist/${entry}`, ROOT).href];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url)) continue;
    const code = readFileSync(fileURLToPath(url), 'utf8');
    found.set(url, Buffer.byteLength(code));
    const imports = code.matchAll(
      /(?:^|;)(?:import|export)\b[^'";\n]*?from\s*["'](\.[^"']+)["']|(?:^|;)import\s*["'](\.[^"']+)["']/gm,
    );
    // Of the first statement; later ones are within functions.
    const required = code.slice(0, 2000).matchAll(/(?<!=>)\brequire\(["'](\.[^"']+)["']\)/g);
    for (const [, a, b] of [...imports, ...required]) waiting.push(new URL(a ?? b ?? '', url).href);
  }
  return found;
}

describe('the budget of an import', () => {
  test.each([
    // 185 KiB of them are the formats, a text that is read when one is asked for, and 87 the kernels.
    ['index.js', 3, 1000],
    ['portable.js', 2, 830],
    ['cjs/index.js', 4, 1005],
    ['cjs/portable.js', 3, 835],
  ])('%s loads at most %i files of %i KiB together', (entry, files, kibibytes) => {
    const loaded = loadedBy(entry);
    expect(loaded.size).toBeGreaterThan(1);
    expect(loaded.size).toBeLessThanOrEqual(files);
    const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
    expect(total / 1024).toBeLessThanOrEqual(kibibytes);
  });

  // Rollup would write a program of one file as several, and stops at `--file`.
  test.each(['index.js', 'portable.js', 'workerd.js', 'edge-light.js'])('%s has no dynamic import', (entry) => {
    for (const url of loadedBy(entry).keys()) {
      expect(readFileSync(fileURLToPath(url), 'utf8'), url).not.toMatch(/\bimport\(\s*["'`]\./);
    }
  });

  test.each(['index.ts', 'portable.ts'])('%s reaches no code of the command line or of exports', (entry) => {
    const graph = sourceGraph();
    const reached = [...reachable(graph, entry)];
    expect(reached.length).toBeGreaterThan(40);
    expect(reached.filter((path) => NOT_FOR_LOGINS.test(path))).toEqual([]);
  });

  // node:crypto, node:worker_threads and `performance` load a hundred of Node's own modules, a third of the time of the import.
  test.each(['index.js', 'cjs/index.js'])('%s leaves modules of Node to their first use', (entry) => {
    const url = new URL(`dist/${entry}`, ROOT).href;
    const load = `const had = new Set(process.moduleLoadList);
      await import(${JSON.stringify(url)});
      console.log(JSON.stringify(process.moduleLoadList.filter((name) => !had.has(name))));`;
    const args = ['--input-type=module', '-e', load];
    const loaded: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    expect(loaded.filter((name) => /crypto|worker|stream|perf/.test(name))).toEqual([]);
  });

  // Each of the ES modules, CommonJS, the command line and two edges has the formats and their functions.
  test('dist is at most 12 MiB', () => {
    const bytes = filesIn('dist/', '').map((path) => {
      try {
        return readFileSync(new URL(`dist/${path}`, ROOT)).length;
      } catch {
        return 0; // a folder
      }
    });
    expect(bytes.reduce((sum, size) => sum + size, 0) / 2 ** 20).toBeLessThanOrEqual(12);
  });
});

describe('the budget of bytes, minified and compressed', () => {
  const budget = readBudget();
  let sizes: Sizes;
  beforeAll(() => {
    sizes = measureSizes();
  });

  test.each(['entries', 'bundles'] as const)('holds all %s', (kind) => {
    expect(Object.keys(sizes[kind]).length).toBeGreaterThan(5);
    const over = Object.entries(sizes[kind]).filter(([path, bytes]) => bytes > (budget[kind][path] ?? 0));
    // npm run size -- --update writes a new budget, for a diff that somebody reads.
    expect(Object.fromEntries(over)).toEqual({});
  });

  test.each(['entries', 'bundles'] as const)('names only %s that dist has', (kind) => {
    expect(Object.keys(budget[kind]).filter((path) => !(path in sizes[kind]))).toEqual([]);
  });
});
