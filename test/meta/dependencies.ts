/** The packages that src imports, and those that package.json may ask a user's npm for. */
import { readFileSync } from 'node:fs';
import { filesIn, ROOT, specifiers } from './imports.js';

/** Nothing else may come to run on a user's server without someone deciding so here. */
export const OPTIONAL_DEPENDENCIES: readonly string[] = ['@node-rs/argon2'];
/** Used where they are installed, and never installed for digestry. */
export const OPTIONAL_PEERS: readonly string[] = ['argon2'];

/** Packages with compiled code, which no bundle can hold. */
export const NOT_BUNDLED: readonly string[] = [...OPTIONAL_DEPENDENCIES, ...OPTIONAL_PEERS];

/** Packages that the source names, also those that are loaded at run time by name. */
export function importedPackages(): string[] {
  const imported = filesIn('src/', '.ts')
    .flatMap((file) => specifiers(readFileSync(new URL(`src/${file}`, ROOT), 'utf8')))
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    .map((specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(imported)].sort();
}
