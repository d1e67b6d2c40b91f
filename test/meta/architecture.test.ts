/** docs/architecture.md is true: it names each room of src, and no room that is gone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from './imports.js';

const map = readFileSync(new URL('docs/architecture.md', ROOT), 'utf8');
const inSource = [...(/^\| in `src` \|[\s\S]*?\n\n/m.exec(map)?.[0] ?? '').matchAll(/^\| (`.*?) \|/gm)];
const inMigration = [...(/^\| in `src\/migration` \|[\s\S]*?\n\n/m.exec(map)?.[0] ?? '').matchAll(/^\| (`.*?) \|/gm)];
const names = (rows: readonly RegExpMatchArray[]): string[] =>
  rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)).sort();

function roomsOf(folder: string): string[] {
  return readdirSync(new URL(folder, ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /^(?!.*\.d\.ts$).*\.ts$/.test(entry.name))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
}

test('the map names each folder and file at the top of src', () => {
  expect(names(inSource)).toEqual(roomsOf('src/'));
});

test('the map names each stage of a check', () => {
  expect(names(inMigration)).toEqual(roomsOf('src/migration/').filter((name) => name.endsWith('/')));
});

test('paths that the map names exist', () => {
  const paths = [...map.matchAll(/`((?:src|test|docs|bench)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});
