/**
 * Writes the tables of a run into README.md (five rows) and bench/README.md (all rows with a wanted ratio):
 * `node --import ./bench/support/typescript.mjs bench/readme.ts NAME.json`, from bench/results. Without a name from the
 * file that bench/README.md quotes already. test/meta/speed.test.ts compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, type Results, readResults } from './support/results.js';
import type { Row } from './support/row.js';
import { amount, markdownTable, summary } from './support/text.js';

export const README: URL = new URL('../README.md', import.meta.url);
export const BENCH_README: URL = new URL('README.md', import.meta.url);
const START = /<!-- speed: written by bench\/readme\.ts from (\S+) -->/;
const END = '<!-- /speed -->';

/** The rows of README.md: how they are called there, and `what` and `against` in the results. */
const CHOSEN = [
  ['bcrypt cost 10, 64 callers, 2 cores', 'logins, 64 callers, 2 cores', 'bcrypt.compare'],
  ['bcrypt cost 10, one login', 'bcrypt cost 10, alone', 'bcrypt'],
  ['scrypt 2^15, each of three logins on one core', 'scrypt 2^15 r8, 3 lanes', 'node:crypto'],
  ['phpass 2^13, one login', 'phpass 2^13, alone', 'crypto.hash loop'],
  ['check of 10 million rows of CSV', 'check of CSV, 10 M rows', 'papaparse + zod'],
] as const;

/** The place of the table in a file, with its marks, and the results that it is from. */
export function findSpeed(file: string): { readonly name: string; readonly from: number; readonly to: number } {
  const start = START.exec(file);
  const to = file.indexOf(END);
  if (start === null || to === -1) throw new Error('the file has no marks for the table of speeds');
  return { name: start[1] as string, from: start.index, to: to + END.length };
}

/** All rows with a wanted ratio, for bench/README.md, with the marks. */
export function formatSpeed(name: string): string {
  const { date, machine, rows } = readResults(name);
  const wanted = allRows(rows).filter((row) => row.wanted !== undefined);
  const [here, versions] = describe(machine);
  return framed(name, [
    `${summary(wanted)} on ${here} (${date}):`,
    markdownTable(wanted),
    `Against ${versions}. All rows: [results/${name}](results/${name}).`,
  ]);
}

/** The five rows of README.md, with the marks. */
export function formatChosenSpeed(name: string): string {
  const { date, machine, rows } = readResults(name);
  const lines = CHOSEN.map(([label, what, against]) => {
    const row = allRows(rows).find((one) => one.what === what && one.against === against);
    if (row === undefined) throw new Error(`${name} has no row "${what}" against "${against}"`);
    return `| ${label} | ${amount(row.ours)} | ${amount(row.theirs)} (${against}) | ${amount(row.measured)} |`;
  });
  const [here] = describe(machine);
  return framed(name, [
    ['| what | digestry | other | ratio |', '|---|---:|---:|---:|', ...lines].join('\n'),
    `Measured on ${date} on ${here}.`,
  ]);
}

function allRows(rows: Results['rows']): readonly Row[] {
  return Object.values(rows).flat();
}

function framed(name: string, parts: readonly string[]): string {
  return [`<!-- speed: written by bench/readme.ts from ${name} -->`, ...parts, END].join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2] ?? findSpeed(readFileSync(BENCH_README, 'utf8')).name;
  for (const [url, text] of [
    [README, formatChosenSpeed(name)],
    [BENCH_README, formatSpeed(name)],
  ] as const) {
    const file = readFileSync(url, 'utf8');
    const { from, to } = findSpeed(file);
    writeFileSync(url, `${file.slice(0, from)}${text}${file.slice(to)}`);
  }
}
