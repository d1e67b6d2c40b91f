/** The declarations that the entry points need, out of all that tsc wrote. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** @returns their texts by their paths in `folder`. */
export function reachableDeclarations(folder: string, entries: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    // Arrays of bytes have no type argument before TypeScript 5.7.
    const text = readFileSync(join(folder, path), 'utf8').replaceAll('Uint8Array<ArrayBuffer>', 'Uint8Array');
    found.set(path, text);
    for (const [, specifier] of text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)\.js['"]/g)) {
      waiting.push(posix.join(posix.dirname(path), `${specifier}.d.ts`));
    }
  }
  return found;
}
