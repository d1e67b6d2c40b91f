/** The tables of speeds in README.md and bench/README.md are what was measured. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BENCH_README, findSpeed, formatChosenSpeed, formatSpeed, README } from '../../bench/readme.js';
import { readResults } from '../../bench/support/results.js';
import { terminalTable } from '../../bench/support/text.js';

const WRITE = 'run node --import ./bench/support/typescript.mjs bench/readme.ts';
const { name } = findSpeed(readFileSync(BENCH_README, 'utf8'));

test.each([
  ['README.md', README, formatChosenSpeed],
  ['bench/README.md', BENCH_README, formatSpeed],
])('the table of %s is that of the results it names', (_, url, format) => {
  const file = readFileSync(url, 'utf8');
  const { from, to } = findSpeed(file);
  expect(file.slice(from, to), WRITE).toBe(format(name));
});

test('the results are of the rivals that are installed for a benchmark', () => {
  const manifest = readFileSync(new URL('../../bench/thirdparty/package.json', import.meta.url), 'utf8');
  expect(readResults(name).machine.rivals).toEqual(JSON.parse(manifest).dependencies);
});

test('the table fits a terminal of 100 characters', () => {
  const rows = Object.values(readResults(name).rows).flat();
  for (const line of terminalTable(rows).split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
});
