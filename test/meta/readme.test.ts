/** What the README says is so: its code runs and prints what it says, its numbers and its table are today's. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hasherTable, tableInReadme } from '../../scripts/readme-table.mjs';
import { hashers } from '../../src/index.js';
import { hasherVectors } from '../support/vectors.js';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
const blocks = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

/** What the block says that it prints: its lines that begin with `//> `. */
const saidBy = (code: string): string[] => [...code.matchAll(/^\/\/> (.*)$/gm)].map(([, line = '']) => line);

describe('the code in the README', () => {
  test('is there', () => expect(blocks.length).toBeGreaterThan(4));

  test.each(blocks.map((code, i) => [i + 1, code] as const))(
    'block %i runs and prints what it says',
    async (_, code) => {
      // The package refers to itself by its name, as a user does.
      const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT });
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter((line) => line !== '')).toEqual(saidBy(code));
    },
  );
});

test('the table of hashers is of the registry', () => {
  expect(tableInReadme(readme), 'run node scripts/readme-table.mjs').toBe(hasherTable(hashers));
});

test('the totals shown are those of the sample', async () => {
  const args = ['dist/cli/main.js', 'check', 'vectors/sample/users.csv', '--exit-zero'];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  const shown = [...readme.matchAll(/^ {2}will .*%$/gm)].map(([line]) => line);
  expect(shown).toHaveLength(3);
  for (const line of shown) expect(stdout).toContain(line);
});

test('the number of vectors is not more than there are', () => {
  const said = Number(/\*\*([\d ]+) vectors\*\*/.exec(readme)?.[1]?.replaceAll(' ', ''));
  const count = hasherVectors().flatMap(({ groups }) => groups.flatMap(({ tests }) => tests)).length;
  expect(said).toBeGreaterThan(0);
  expect(count).toBeGreaterThanOrEqual(said);
});

test('every path that it links to is there', () => {
  for (const [, path = ''] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    expect(() => readFileSync(new URL(path, ROOT)), path).not.toThrow();
  }
});
