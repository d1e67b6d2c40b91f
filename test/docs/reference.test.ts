/** The reference pages list every option and every limit, with its default. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as library from '../../src/index.js';
import { DEFAULT_LIMITS, type VerifierOptions } from '../../src/index.js';
import { RECIPES } from '../../src/login/recipes.js';
import { ROOT } from '../support/cli.js';

/** The first column of the table under a heading, and the second. */
function readTable(page: string, heading: string): Record<string, string> {
  const text = readFileSync(`${ROOT}docs/${page}`, 'utf8').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const table =
    text
      .trim()
      .split('\n\n')
      .find((part) => part.startsWith('| ')) ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)` \| ([^|]*) \|/gm)];
  return Object.fromEntries(rows.map(([, name = '', second = '']) => [name, second]));
}

// The compiler asks for each option here.
const OPTIONS: Record<keyof Required<VerifierOptions>, true> = {
  registry: true,
  limits: true,
  backends: true,
  maxQueue: true,
  maxMemoryBytes: true,
  threads: true,
  upgradeTo: true,
  normalize: true,
  equalize: true,
  pepper: true,
  hooks: true,
};

test('library.md lists each option of createVerifier', () => {
  expect(Object.keys(readTable('library.md', 'Options of `createVerifier`')).sort()).toEqual(
    Object.keys(OPTIONS).sort(),
  );
});

test('library.md lists each hasher of upgradeTo, with its parameters', () => {
  const page =
    readFileSync(`${ROOT}docs/library.md`, 'utf8').split('| `upgradeTo.hasher` |')[1]?.split('\n\n')[0] ?? '';
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name = '', cell = '']) => {
    const params = [...cell.matchAll(/`(\w+)` (\d+)/g)].map(([, param = '', value]) => [param, Number(value)]);
    return [name, Object.fromEntries(params)];
  });
  const recipes = Object.entries(RECIPES).map(([name, { params }]) => [name, params]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(recipes));
});

test('library.md names each export', () => {
  const page = readFileSync(`${ROOT}docs/library.md`, 'utf8');
  const names = Object.keys(library);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !new RegExp(`\`${name}\\b`).test(page))).toEqual([]);
});

test('limits.md lists each limit with its default', () => {
  const limits = Object.entries(readTable('limits.md', 'Limits')).map(([name, value]) => [name, Number(value)]);
  expect(Object.fromEntries(limits)).toEqual(DEFAULT_LIMITS);
});
