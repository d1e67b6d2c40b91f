/** Each test file is in one project of vitest.config.ts, and what runs without a build needs none. */
import { existsSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import config from '../../vitest.config.js';
import { PARTS } from '../mutation/parts.mjs';
import { filesIn, ROOT, specifiers } from './imports.js';

interface Project {
  readonly test: {
    readonly name: string;
    readonly include: string[];
    readonly exclude: string[];
    readonly isolate: boolean;
  };
}

const projects = config.test?.projects as unknown as readonly Project[];
const files = filesIn('test/', '.test.ts').map((file) => `test/${file}`);

function filesOf({ test: { include, exclude } }: Project): string[] {
  const isIn = (globs: readonly string[], file: string): boolean => globs.some((glob) => matchesGlob(file, glob));
  return files.filter((file) => isIn(include, file) && !isIn(exclude, file));
}

describe('the projects of vitest', () => {
  test('hold each test file once', () => {
    expect(files.length).toBeGreaterThan(100);
    // Those on mutants run under Stryker only.
    expect(projects.flatMap(filesOf).sort()).toEqual(files.filter((file) => !file.startsWith('test/mutation/')));
  });

  test('name files that exist', () => {
    const named = projects.flatMap(({ test: { include, exclude } }) => [...include, ...exclude]);
    const missing = named.filter((glob) => glob.startsWith('test/') && !files.some((file) => matchesGlob(file, glob)));
    expect(missing).toEqual([]);
  });

  test.each(['unit', 'slow'])('%s needs no build and no browser', (name) => {
    const project = projects.find((one) => one.test.name === name);
    const found = project === undefined ? [] : filesOf(project);
    expect(found.length).toBeGreaterThan(20);
    const built = /support\/(?:child|chromium)\.js$|packaged\//;
    const wrong = found.filter((file) => {
      const source = readFileSync(new URL(file, ROOT), 'utf8');
      return (
        specifiers(source).some((one) => built.test(one)) ||
        /import \{[^}]*\b(?:digestry|shell|BIN)\b[^}]*\} from '[^']*\/cli\.js'/.test(source)
      );
    });
    expect(wrong).toEqual([]);
  });
});

test('files that replace modules do not share a process with others', () => {
  const replacing = files.filter((file) =>
    /\bvi\.(?:mock|doMock|resetModules)\(/.test(readFileSync(new URL(file, ROOT), 'utf8')),
  );
  expect(replacing.length).toBeGreaterThan(3);
  const shared = projects.filter(({ test: { isolate } }) => !isolate).flatMap(filesOf);
  expect(shared.length).toBeGreaterThan(100);
  expect(replacing.filter((file) => shared.includes(file))).toEqual([]);
});

test.each(Object.entries(PARTS))('the part %s of mutation testing names files that exist', (_, { mutate, tests }) => {
  expect(mutate.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  expect(tests.filter((glob) => !files.some((file) => matchesGlob(file, glob)))).toEqual([]);
});

describe('a table without rows', () => {
  test.each([
    ['test.each', () => test.each([])],
    ['it.each', () => it.each([])],
    ['describe.each', () => describe.each([])],
  ])('is refused by %s', (_, make) => {
    expect(make).toThrow(/empty table/);
  });
});
