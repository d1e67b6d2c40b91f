/** digestry hashers as users start it. */
import { expect, test } from 'vitest';
import { clerkHashers } from '../../src/index.js';
import { digestry } from '../support/cli.js';

test('lists the 22, each on a line of its own', async () => {
  const { code, stdout, stderr } = await digestry(['hashers']);
  const [head = '', ...lines] = stdout.trimEnd().split('\n');
  expect(head).toMatch(/^hasher +kdf +begins with +remarks$/);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(clerkHashers.map(({ name }) => name));
  expect(lines).toHaveLength(22);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('--json has the examples too', async () => {
  const { code, stdout } = await digestry(['hashers', '--json']);
  const listed = JSON.parse(stdout) as { name: string; example: { digest: string } }[];
  expect(listed.map(({ name, example }) => [name, example.digest])).toEqual(
    clerkHashers.map(({ name, example }) => [name, example.digest]),
  );
  expect(code).toBe(0);
});
