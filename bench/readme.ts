/**
 * Writes the table of a run into README.md: `node --import ./bench/support/typescript.mjs bench/readme.ts NAME.json`, from bench/results. Without a
 * name from the file that the README quotes already. test/meta/speed.test.ts checks that it is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, readResults } from './support/results.js';
import { markdownTable, summary } from './support/text.js';

const README = new URL('../README.md', import.meta.url);
const START = /<!-- speed: written by bench\/readme\.ts from (\S+) -->/;
const END = '<!-- /speed -->';

/** The results that a README quotes, and what it says of them. */
export function speedIn(readme: string): { readonly name: string; readonly from: number; readonly to: number } {
  const start = START.exec(readme);
  const to = readme.indexOf(END);
  if (start === null || to === -1) throw new Error('README.md has no marks for the table of speeds');
  return { name: start[1] as string, from: start.index, to: to + END.length };
}

/** What stands in the README, with its marks. Rows of which nothing is wanted are in the results only. */
export function speedText(name: string): string {
  const { date, machine, rows } = readResults(name);
  const wanted = Object.values(rows)
    .flat()
    .filter((row) => row.wanted !== undefined);
  const [here, versions] = describe(machine);
  return [
    `<!-- speed: written by bench/readme.ts from ${name} -->`,
    `${summary(wanted)} on ${here} (${date}):`,
    markdownTable(wanted),
    `Against ${versions}. All rows: [bench/results/${name}](bench/results/${name}).`,
    END,
  ].join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync(README, 'utf8');
  const { name, from, to } = speedIn(readme);
  writeFileSync(README, `${readme.slice(0, from)}${speedText(process.argv[2] ?? name)}${readme.slice(to)}`);
}
