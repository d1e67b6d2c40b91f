/** What the README says of speed is what was measured. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { speedIn, speedText } from '../../bench/readme.js';
import { readResults } from '../../bench/support/results.js';
import { terminalTable } from '../../bench/support/text.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const { name, from, to } = speedIn(readme);

test('the table of speeds is that of the results it names', () => {
  expect(readme.slice(from, to), 'run node --import ./bench/support/typescript.mjs bench/readme.ts').toBe(
    speedText(name),
  );
});

test('the results are of the rivals that are installed for a benchmark', () => {
  const manifest = readFileSync(new URL('../../bench/thirdparty/package.json', import.meta.url), 'utf8');
  expect(readResults(name).machine.rivals).toEqual(JSON.parse(manifest).dependencies);
});

test('the table fits a terminal of 100 characters', () => {
  const rows = Object.values(readResults(name).rows).flat();
  for (const line of terminalTable(rows).split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
});
