// npm run build && node scripts/readme-table.mjs
// Writes the table of hashers into README.md, from the registry and from the first sentence of each hasher's file.
// test/meta/readme.test.ts compares them.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const README = new URL('../README.md', import.meta.url);
const START = '<!-- hashers: written by scripts/readme-table.mjs -->';
const END = '<!-- /hashers -->';

/** @param hashers those of the registry */
export function hasherTable(hashers) {
  const rows = hashers.map(({ name, insecure, assumed, example }) => {
    const remarks = [
      insecure ? 'Insecure: replace at first sign-in.' : '',
      assumed ? 'Form assumed.' : '',
      example.password === undefined ? 'Shape check only.' : '',
    ];
    return `| \`${name}\` | ${[firstSentence(name), ...remarks].filter((text) => text !== '').join(' ')} |`;
  });
  return ['| hasher | format |', '|---|---|', ...rows].join('\n');
}
export function tableInReadme(readme = readFileSync(README, 'utf8')) {
  const [from, to] = [readme.indexOf(START), readme.indexOf(END)];
  if (from === -1 || to === -1) throw new Error('README.md has no marks for the table of hashers');
  return readme.slice(from + START.length, to).trim();
}

function firstSentence(name) {
  const source = readFileSync(new URL(`../src/hashers/${name.replaceAll('_', '-')}.ts`, import.meta.url), 'utf8');
  const [, comment] = /^\/\*\*\n([\s\S]*?)\n \*\n/.exec(source);
  const text = comment.replace(/^ \* ?/gm, '').replaceAll('\n', ' ');
  return /^(.*?\.)(?: |$)/.exec(text)[1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { hashers } = await import('../dist/index.js');
  const readme = readFileSync(README, 'utf8');
  const [before] = readme.split(START);
  const [, after] = readme.split(END);
  writeFileSync(README, `${before}${START}\n\n${hasherTable(hashers)}\n\n${END}${after}`);
}
