/** node --import tsx scripts/docs-tables.ts: writes the tables and sections of the pages that are made from the source. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hasherDoc } from '../docs/site/doc-comment.js';
import { sourceSections } from '../docs/site/source-sections.js';
import { clerkHashers } from '../src/index.js';

const ROOT = new URL('../', import.meta.url);
const SECTIONS: Readonly<Record<string, () => string>> = { hashers: hasherTable, sources: sourceSections };

export const tabledPages = ['README.md', 'docs/index.md', 'docs/exports.md'] as const;

export function readPage(page: string): string {
  return readFileSync(new URL(page, ROOT), 'utf8');
}

/** The page with what is between its marks as the source has it. */
export function withTables(text: string): string {
  return text.replace(
    /^(<!-- (\w+): written by scripts\/docs-tables\.ts -->)$[\s\S]*?^(<!-- \/\2 -->)$/gm,
    (_, start: string, name: string, end: string) => {
      const make = SECTIONS[name];
      if (make === undefined) throw new Error(`unknown section "${name}"`);
      return `${start}\n\n${make().trim()}\n\n${end}`;
    },
  );
}

function hasherTable(): string {
  const rows = clerkHashers.map(({ name, insecure, assumed, verifiable }) => {
    const remarks = [
      insecure ? 'Insecure: replace at first sign-in.' : '',
      assumed ? 'Form assumed.' : '',
      verifiable ? '' : 'Shape check only.',
    ];
    return `| \`${name}\` | ${[hasherDoc(name).title, ...remarks].filter((text) => text !== '').join(' ')} |`;
  });
  return ['| hasher | format |', '|---|---|', ...rows].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const page of tabledPages) writeFileSync(new URL(page, ROOT), withTables(readPage(page)));
}
