/** The reference pages list every option and every limit, with its default. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as library from '../../src/index.js';
import { DEFAULT_LIMITS, type VerifierOptions } from '../../src/index.js';
import { RECIPES } from '../../src/login/recipes.js';
import type { CheckOptions } from '../../src/migration/index.js';
import { outFormats } from '../../src/migration/output/formats.js';
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

// The compiler asks for each option here, too. Types are those of the published declarations.
const CHECK_OPTIONS: Record<keyof Required<CheckOptions>, 'check' | 'source' | 'output'> = {
  ...{ source: 'check', target: 'check', limits: 'check', registry: 'check', stdin: 'check', threads: 'check' },
  ...{
    shard: 'check',
    canaries: 'check',
    canaryPeppers: 'check',
    reads: 'check',
    onProgress: 'check',
    signal: 'check',
  },
  ...{ idField: 'source', hasherField: 'source', digestField: 'source', hasher: 'source', firebase: 'source' },
  ...{ pepper: 'source', columns: 'source', table: 'source' },
  ...{ out: 'output', outFormat: 'output', rejects: 'output', stdout: 'output' },
};

test('library.md lists each option of check, with its type and default', () => {
  const report = readFileSync(`${ROOT}test/meta/api-report/migration.api.md`, 'utf8');
  const interfaces = { check: 'CheckOptions', source: 'SourceOptions', output: 'OutputOptions' };
  const types = Object.entries(CHECK_OPTIONS).map(([name, where]) => {
    const body = report.split(`interface ${interfaces[where]} `)[1]?.split('\n}')[0] ?? '';
    return [name, new RegExp(`readonly ${name}\\?: (.*) \\| undefined;`).exec(body)?.[1]?.replace(/^\((.*)\)$/, '$1')];
  });
  const page =
    readFileSync(`${ROOT}docs/library.md`, 'utf8').split('## Options of `check`\n')[1]?.split('\n## ')[0] ?? '';
  const rows = [...page.matchAll(/^\| `(\w+)` \| `(.*?)` \| ([^|]+) \| .+ \|$/gm)];
  expect(Object.fromEntries(rows.map(([, name = '', type = '']) => [name, type.replaceAll('\\|', '|')]))).toEqual(
    Object.fromEntries(types),
  );
  const defaults = new Map(rows.map(([, name = '', , value = '']) => [name, value]));
  expect([defaults.get('source'), defaults.get('outFormat')]).toEqual(["`'auto'`", `\`'${outFormats[0]}'\``]);
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
