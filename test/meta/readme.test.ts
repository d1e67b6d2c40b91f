/** What the README says is so: its code runs and prints what it says, its numbers and its table are today's. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasherTable, tableInReadme } from '../../scripts/readme-table.mjs';
import { hashers } from '../../src/index.js';
import { hasherVectors } from '../support/vectors.js';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
const blocks = [...readme.matchAll(/^```(js|ts)\n([\s\S]*?)^```$/gm)].map(([, language, code = '']) => ({
  language,
  code,
}));
const TSC = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
const TSX = ['--import', import.meta.resolve('tsx')];

/** What the block says that it prints: its lines that begin with `//> `. */
const saidBy = (code: string): string[] => [...code.matchAll(/^\/\/> (.*)$/gm)].map(([, line = '']) => line);

/** As a user's project: digestry is installed, and TypeScript is as strict as it can be. */
const project = mkdtempSync(join(tmpdir(), 'digestry-readme-'));
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'ES2023',
  module: 'nodenext',
  types: ['node'],
};

beforeAll(() => {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  symlinkSync(fileURLToPath(ROOT).replace(/\/$/, ''), join(modules, 'digestry'), 'dir');
  for (const name of ['fastify', '@types/node']) {
    symlinkSync(fileURLToPath(new URL(`node_modules/${name}`, ROOT)), join(modules, name), 'dir');
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }\n');
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, include: ['*.ts'] }));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The program's file, once the compiler finds nothing wrong with it. */
async function compiled(code: string): Promise<string> {
  const file = join(project, 'program.ts');
  writeFileSync(file, code);
  const { stdout } = await run(process.execPath, [TSC, '-p', project]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
  return file;
}

describe('the code in the README', () => {
  test('is there', () => expect(blocks.length).toBeGreaterThan(4));

  test.each(blocks.map(({ language, code }, i) => [i + 1, language, code] as const))(
    'block %i runs and prints what it says',
    async (_, language, code) => {
      // The package refers to itself by its name, as a user does.
      const program = language === 'ts' ? [...TSX, await compiled(code)] : ['--input-type=module', '-e', code];
      const { stdout, stderr } = await run(process.execPath, program, { cwd: ROOT });
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter((line) => line !== '')).toEqual(saidBy(code));
    },
  );
});

test('the table of hashers is of the registry', () => {
  expect(tableInReadme(readme), 'run node scripts/readme-table.mjs').toBe(hasherTable(hashers));
});

test('the totals shown are those of the sample', async () => {
  const args = ['dist/cli/main.js', 'check', 'vectors/sample/users.csv', '--exit-zero'];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT });
  const shown = [...readme.matchAll(/^ {2}will .*%$/gm)].map(([line]) => line);
  expect(shown).toHaveLength(3);
  for (const line of shown) expect(stdout).toContain(line);
});

test('the number of vectors is not more than there are', () => {
  const said = Number(/\*\*([\d ]+) vectors\*\*/.exec(readme)?.[1]?.replaceAll(' ', ''));
  const count = hasherVectors().flatMap(({ groups }) => groups.flatMap(({ tests }) => tests)).length;
  expect(said).toBeGreaterThan(0);
  expect(count).toBeGreaterThanOrEqual(said);
});

test('every path that it links to is there', () => {
  for (const [, path = ''] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    expect(() => readFileSync(new URL(path, ROOT)), path).not.toThrow();
  }
});
