/** One section for each source of exports, from the first comment of its file. */
import { sources } from '../../src/migration/sources/index.js';
import { firstComment } from './doc-comment.js';

export function sourceSections(): string {
  return sources.map(({ name, title }) => `## \`${name}\`\n\n*${title}*\n\n${sourceDoc(name)}\n`).join('\n');
}

/** The comment as Markdown, with its labels in bold. */
export function sourceDoc(name: string): string {
  return firstComment(`migration/sources/${name}.ts`).replace(/^(How to get it|What is missing):/gm, '**$1:**');
}
