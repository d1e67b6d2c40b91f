/** The examples are whole: each declares what it imports, shares the login as it is, and is shown as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pages, readPage, withCode } from '../../scripts/docs-examples.mjs';
import { apps } from '../../scripts/examples/apps.mjs';
import { ROOT } from '../support/cli.js';

const FOLDER = `${ROOT}examples`;
const names = Object.keys(apps).sort();
const SKIPPED = /(?:^|\/)(?:node_modules|dist|\.next)(?:\/|$)/;

const read = (path: string): string => readFileSync(`${FOLDER}/${path}`, 'utf8');

function filesOf(name: string): string[] {
  return readdirSync(`${FOLDER}/${name}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${name}/${path.replaceAll('\\', '/')}`)
    .filter((path) => !SKIPPED.test(path) && /\.\w+$/.test(path));
}

interface Manifest {
  readonly private: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (name: string): Manifest => JSON.parse(read(`${name}/package.json`));

/** The package of each import that is no file of the example and no module of Node. */
function packagesIn(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import\() ?'([^']+)'/g)]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    .map((specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
}

test('ten frameworks have an example, and each example is run', () => {
  expect(names).toHaveLength(10);
  expect(JSON.parse(read('package.json')).workspaces).toEqual(names);
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const withManifest = folders.map(({ name }) => name).filter((name) => filesOf(name).includes(`${name}/package.json`));
  expect(withManifest.sort()).toEqual(names);
});

describe.each(names)('the example %s', (name) => {
  const { dependencies, devDependencies = {}, private: isPrivate } = manifestOf(name);

  test('declares what it imports', () => {
    const imported = filesOf(name)
      .filter((file) => file.endsWith('.js'))
      .flatMap(packagesIn);
    expect(imported).toContain('digestry');
    const undeclared = imported.filter((one) => !Object.hasOwn({ ...dependencies, ...devDependencies }, one));
    expect(undeclared).toEqual([]);
  });

  test('is not published, and takes digestry from the tarball next to the folder of examples', () => {
    expect(isPrivate).toBe(true);
    expect(dependencies['digestry']).toBe('file:../../digestry.tgz');
  });

  test('has a page, and a README that names it', () => {
    expect(read(`${name}/README.md`)).toContain(`(../../docs/frameworks/${name}.md)`);
    expect(readPage(`docs/frameworks/${name}.md`)).toContain(` examples/${name}/`);
    expect(readPage('docs/frameworks.md')).toContain(`(frameworks/${name}.md)`);
  });
});

test.each(['login.js', 'users.js'])('examples with the shared %s have the same', (file) => {
  const uses = names.filter((name) => filesOf(name).includes(`${name}/login.js`));
  expect(uses.length).toBeGreaterThan(5);
  for (const name of uses) expect(read(`${name}/${file}`), name).toBe(read(`express/${file}`));
});

test.each(pages())('%s shows the code that is run', (page) => {
  const text = readPage(page);
  expect(text).toMatch(/^```js(?:on)? examples\//m);
  // Every block is a file's; a command is indented.
  expect(text.match(/^```\w.*$/gm)?.filter((fence) => !/^```\w+ examples\//.test(fence))).toEqual([]);
  expect(text, 'run node scripts/docs-examples.mjs').toBe(withCode(text));
});

describe('the lock of the examples', () => {
  const text = read('package-lock.json');
  const packages: Readonly<Record<string, { readonly dependencies?: object; readonly integrity?: string }>> =
    JSON.parse(text).packages;

  test('is of their package.json files', () => {
    for (const name of names) expect(packages[name]?.dependencies, name).toEqual(manifestOf(name).dependencies);
  });

  test('names no registry, and no tarball of digestry: each pack has another hash', () => {
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
    expect(packages['node_modules/digestry']).toBeUndefined();
  });
});
