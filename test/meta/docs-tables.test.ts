/** The tables and sections that scripts/docs-tables.ts writes are in the Markdown, and are those of the source. */
import { expect, test } from 'vitest';
import { readPage, tabledPages, withTables } from '../../scripts/docs-tables.js';
import { clerkHashers } from '../../src/index.js';
import { sources } from '../../src/migration/sources/index.js';

test.each(tabledPages)('%s has its tables as the source has them', (page) => {
  const text = readPage(page);
  expect(text, 'run node --import tsx scripts/docs-tables.ts').toBe(withTables(text));
});

test.each(['README.md', 'docs/index.md'])('%s lists each hasher', (page) => {
  const listed = [...readPage(page).matchAll(/^\| `(\w+)` \| \S/gm)].map(([, name]) => name);
  expect(listed).toEqual(clerkHashers.map(({ name }) => name));
});

test('docs/exports.md has a section for each source', () => {
  const sections = [...readPage('docs/exports.md').matchAll(/^## `([\w-]+)`\n\n\*\S/gm)].map(([, name]) => name);
  expect(sections).toEqual(sources.map(({ name }) => name));
});
