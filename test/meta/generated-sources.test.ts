/** `npx vitest run FILE` is the first command of CONTRIBUTING.md, and works in a fresh clone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import config from '../../vitest.config.js';
import { generateMissing } from '../support/generated-sources.js';

const clone = mkdtempSync(join(tmpdir(), 'digestry-clone-'));
afterAll(() => rmSync(clone, { recursive: true, force: true }));

test('generated sources are written before all tests if one is missing, and otherwise left as they are', () => {
  expect(config.test?.globalSetup).toEqual(['test/support/generated-sources.ts']);
  for (const folder of ['src', 'scripts']) mkdirSync(join(clone, folder));
  writeFileSync(join(clone, '.gitignore'), 'dist/\nsrc/version.js\nsrc/other.js\n');
  const append = "for (const file of ['src/version.js', 'src/other.js']) appendFileSync(file, 'x');\n";
  writeFileSync(join(clone, 'scripts/generate-sources.ts'), `import { appendFileSync } from 'node:fs';\n${append}`);
  const version = () => readFileSync(join(clone, 'src/version.js'), 'utf8');
  generateMissing(clone);
  expect(version()).toBe('x');
  generateMissing(clone);
  expect(version()).toBe('x');
  rmSync(join(clone, 'src/other.js'));
  generateMissing(clone);
  expect(version()).toBe('xx');
});
