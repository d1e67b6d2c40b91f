/** digestry hashers as users start it. */
import { expect, test } from 'vitest';
import { formats } from '../../src/formats.js';
import { clerkHashers } from '../../src/index.js';
import { digestry } from '../support/cli.js';

const NAMES = [...clerkHashers, ...formats].map(({ name }) => name).sort();

test('lists all by family, in lines of at most 80 characters', async () => {
  const { code, stdout, stderr } = await digestry(['hashers']);
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(lines[0]).toBe('clerk (22)');
  const listed = lines.filter((line) => /^[a-z0-9_]+ /.test(line) && !/^hasher /.test(line) && !/\(\d+\)$/.test(line));
  expect(listed.map((line) => line.split(' ')[0] as string).sort()).toEqual(NAMES);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('--json has the examples too', async () => {
  const { code, stdout } = await digestry(['hashers', '--json']);
  const listed = JSON.parse(stdout) as { name: string; family: string; example: { digest: string } }[];
  expect(listed.map(({ name }) => name).sort()).toEqual(NAMES);
  expect(listed.filter(({ family }) => family === 'clerk')).toHaveLength(clerkHashers.length);
  expect(listed.every(({ example }) => example.digest !== '')).toBe(true);
  expect(code).toBe(0);
});

test('one of them is shown with its recipe, its writers and its traps', async () => {
  const { code, stdout } = await digestry(['hashers', 'drupal7']);
  expect(code).toBe(0);
  for (const said of ['phpass_sha512', 'Drupal 7', 'trap:', 'https://']) expect(stdout).toContain(said);
});

test('an unknown name is refused', async () => {
  const { code, stderr } = await digestry(['hashers', 'rot13']);
  expect(code).toBe(2);
  expect(stderr).toContain('ERR_UNKNOWN_HASHER');
});
