/** README.md is short, in its order, and up to date; its code is run by test/docs/code.test.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clerkHashers, targets } from '../../src/index.js';
import { defaultRegistry } from '../../src/library.js';
import { sources } from '../../src/migration/sources/index.js';
import { hasherVectors } from '../support/vectors.js';

const ROOT = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', ROOT), 'utf8');

describe('README.md', () => {
  test('has at most 170 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(170);
  });

  test('has its sections in the order that a newcomer reads', () => {
    expect([...readme.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Install',
      'Verify a password',
      'Check an export',
      'More',
      'Hashers',
      'Platforms',
      'Limits and security',
      'Speed',
      'Try it',
      'Contributing',
      'Changelog and licence',
    ]);
  });

  test('names the commands of install, of trying and of contributing', () => {
    const section = (title: string): string => readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    expect(section('Install')).toContain('    npm install digestry\n');
    expect(section('Try it')).toContain('    npm ci && npm start ');
    expect(section('Contributing')).toContain('    npm ci && npm test ');
  });

  test('names each platform that writes an export, and each target of an import', () => {
    const section = readme.split('## Check an export\n')[1]?.split('\n## ')[0] ?? '';
    const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
    const platforms = sources.map(({ name }) => name).filter((name) => name !== 'generic');
    expect(
      [...platforms, ...targets.map(({ name }) => name)].filter((name) => !plain(section).includes(plain(name))),
    ).toEqual([]);
  });

  test('claims no more vectors than there are', () => {
    const claimed = Number(/\[([\d,]+) vectors\]/.exec(readme)?.[1]?.replaceAll(',', ''));
    const count = hasherVectors().flatMap(({ groups }) => groups.flatMap(({ tests }) => tests)).length;
    expect(claimed).toBeGreaterThan(0);
    expect(count).toBeGreaterThanOrEqual(claimed);
  });

  test('claims as many hashers and frameworks as there are', () => {
    expect(readme).toContain(`[${clerkHashers.length} of the formats](#hashers)`);
    expect(readme).toContain(`in ${defaultRegistry.names.length} formats (\`npx digestry hashers\`)`);
    expect(readme).toContain('[ten frameworks](docs/frameworks.md)');
  });

  test('links to files that exist', () => {
    const paths = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  });
});
