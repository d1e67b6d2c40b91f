/** digestry report merge --report: the page of a saved report, or of several together. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeVerdict } from '../../src/present/check/verdict.js';
import { digestry } from '../support/cli.js';
import { csvOf, temporaryFolder, USERS } from '../support/exports.js';
import { faultIn, textOf } from '../support/markup.js';

const folder = temporaryFolder();

test('a saved report becomes a page, and none is left where it cannot be read', async () => {
  const users = await folder.write('users.csv', csvOf(USERS));
  const { stdout } = await digestry(['check', users, '--json']);
  const saved = await folder.write('report.json', stdout);
  const page = folder.path('page.html');
  const { code } = await digestry(['report', 'merge', saved, '--report', page]);
  expect(code).toBe(1);
  const html = await readFile(page, 'utf8');
  expect(faultIn(html)).toBeUndefined();
  expect(textOf(html)).toContain(describeVerdict(JSON.parse(stdout))[0].text);
  const broken = await folder.write('broken.json', '{');
  const other = folder.path('other.html');
  expect((await digestry(['report', 'merge', broken, '--report', other])).code).toBe(2);
  await expect(readFile(other)).rejects.toThrow('ENOENT');
});
