/** package.json and its lock file: what they ask for, why, and from where. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importedPackages, OPTIONAL_DEPENDENCIES, OPTIONAL_PEERS } from './dependencies.js';
import { ROOT } from './imports.js';

const root = fileURLToPath(ROOT);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// A test once wrote its exports into the working directory, and 50 MB of them were committed.
test('The repository has no file of more than 512 KiB', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(500);
  const large = files.filter((file) => (statSync(join(root, file), { throwIfNoEntry: false })?.size ?? 0) > 2 ** 19);
  expect(large).toEqual([]);
});

describe('package.json', () => {
  test('runs nothing where it is installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare', 'prepublish'];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });

  test('depends on these packages and no other', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.optionalDependencies).sort()).toEqual([...OPTIONAL_DEPENDENCIES].sort());
    expect(Object.keys(manifest.peerDependencies)).toEqual(OPTIONAL_PEERS);
    expect(manifest.peerDependenciesMeta).toEqual({ argon2: { optional: true } });
    expect(manifest.bundleDependencies ?? manifest.bundledDependencies).toBeUndefined();
  });

  test('depends on the packages that CONTRIBUTING.md gives a reason for, and on no other', () => {
    const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    const [, table = ''] = /^## Dependencies$([\s\S]*?)^## /m.exec(contributing) ?? [];
    const listed = [...table.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \| \S/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const { devDependencies, optionalDependencies, peerDependencies } = manifest;
    const asked = new Set(Object.keys({ ...devDependencies, ...optionalDependencies, ...peerDependencies }));
    expect(listed.sort()).toEqual([...asked].sort());
  });

  test('has for development what its code imports and the build bundles', () => {
    const imported = importedPackages();
    expect(imported.filter((name) => builtinModules.includes(name))).toEqual([]);
    const known = new Set([...Object.keys(manifest.devDependencies), ...OPTIONAL_DEPENDENCIES]);
    expect(imported.filter((name) => !known.has(name))).toEqual([]);
  });

  test('has the same entries for resolvers that read no exports', () => {
    for (const name of ['migration', 'portable']) {
      const { main, module, types } = JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8'));
      const { import: esm, default: cjs } = manifest.exports[`./${name}`];
      expect(
        [main, types, module].map((path) => path.replace('../', './')),
        name,
      ).toEqual([cjs.default, cjs.types, esm.default]);
    }
    const { import: esm, default: cjs } = manifest.exports['.'];
    expect([manifest.main, manifest.types, manifest.module]).toEqual([cjs.default, cjs.types, esm.default]);
  });
});

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

describe('package-lock.json', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const locked: Readonly<Record<string, Locked>> = JSON.parse(text).packages;

  /** Where Node would find it from `path`: in the nearest node_modules on the way up. */
  function isLocked(path: string, name: string): boolean {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
      if (Object.hasOwn(locked, `${at}/node_modules/${name}`)) return true;
    }
    return Object.hasOwn(locked, `node_modules/${name}`);
  }

  test('has an entry for each package that one of its packages asks for', () => {
    // npm ci refuses a lock without the optional packages of other platforms, and npm install forgets them at times.
    const missing = Object.entries(locked).flatMap(([path, entry]) => {
      const peers = Object.keys(entry.peerDependencies ?? {}).filter((n) => !entry.peerDependenciesMeta?.[n]?.optional);
      const own = path === '' ? Object.keys(entry.devDependencies ?? {}) : [];
      const asked = [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers, ...own];
      return asked.filter((name) => !isLocked(path, name)).map((name) => `${path || manifest.name} asks for ${name}`);
    });
    expect(missing).toEqual([]);
  });

  test('is of this package.json', () => {
    const { dependencies, devDependencies, optionalDependencies, version } = locked[''] as Locked;
    expect(dependencies).toEqual(manifest.dependencies);
    expect(devDependencies).toEqual(manifest.devDependencies);
    expect(optionalDependencies).toEqual(manifest.optionalDependencies);
    expect(version).toBe(manifest.version);
  });

  test('names no registry, and the content of every package', () => {
    const packages = Object.entries(locked).filter(([path]) => path !== '');
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });
});
