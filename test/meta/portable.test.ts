/** The entries without Node need nothing of it, by their import graph. test/portable.test.ts runs them without Node. */
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ROOT, specifiers, withoutComments } from './imports.js';

const ENTRIES = ['portable', 'workerd', 'edge-light'];

function walk(entry: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const waiting = [entry];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url)) continue;
    const imported = url.startsWith('file:') ? resolved(url) : [];
    found.set(url, imported);
    waiting.push(...imported);
  }
  return found;
}

function resolved(url: string): string[] {
  return specifiers(readFileSync(fileURLToPath(url), 'utf8')).map((specifier) => {
    if (specifier.startsWith('.')) {
      const script = new URL(specifier, url).href;
      const source = script.replace(/\.js$/, '.ts');
      return existsSync(fileURLToPath(source)) ? source : script;
    }
    if (specifier.includes('.wasm')) return new URL(specifier, url).href.replace('file:', 'kernels:');
    if (builtinModules.includes(specifier.replace(/^node:/, ''))) return `node:${specifier.replace(/^node:/, '')}`;
    return import.meta.resolve(specifier, url);
  });
}

describe.each(ENTRIES)('the import graph of %s', (entry) => {
  /** By URL: every module that the entry can load, with what it imports. A builtin is a leaf `node:…`. */
  const graph = walk(new URL(`src/${entry}.ts`, ROOT).href);
  const urls = [...graph.keys()];
  const ours = urls.filter((url) => url.startsWith(new URL('src/', ROOT).href));

  test('is walked to its end', () => {
    expect(ours.length).toBeGreaterThan(40);
    expect(urls.filter((url) => url.includes('/node_modules/')).length).toBeGreaterThan(5);
  });

  test('has no builtin of Node', () => expect(urls.filter((url) => url.startsWith('node:'))).toEqual([]));

  test('has no packages but three without native code', () => {
    const packages = new Set(urls.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]));
    packages.delete(undefined);
    expect([...packages].sort()).toEqual(['@noble/ciphers', '@noble/hashes', 'tiny-inflate']);
  });

  test('has no file of the command line, of reading exports or of a native backend', () => {
    expect(
      ours.filter((url) => /\/src\/(?:cli|migration)\/|\/kdf\/\w+\/(?:native|node-[a-z]+)\.ts$/.test(url)),
    ).toEqual([]);
  });

  test.each(ours.map((url) => [url.slice(ROOT.href.length), url] as const))('%s names no global of Node', (_, url) => {
    const code = withoutComments(readFileSync(fileURLToPath(url), 'utf8'));
    const globals =
      /(?<![.\w$'"`<-])(?:process|Buffer|global|setImmediate|clearImmediate)\s*[.([]|\bnew (?:Shared)?Worker\b|\b__(?:dir|file)name\b|\brequire\s*\(/;
    expect(globals.exec(code)?.[0]).toBeUndefined();
    expect(code).not.toMatch(/globalThis\s*(?:\.|\[['"])\s*(?:process|Buffer|global|setImmediate|require)\b/);
  });
});
