/** The programs of README.md and docs compile and run, and their commands print what is shown. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestry, ROOT } from '../support/cli.js';
import { type Block, blocksOf, commandsOf, pageNames, saidBy, setupOf, unlike } from './code.js';

const run = promisify(execFile);
const TSX = import.meta.resolve('tsx');
const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const BIN = join(ROOT, 'dist/cli/main.js');
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'ES2023',
  module: 'nodenext',
  types: ['node'],
};

const work = mkdtempSync(join(tmpdir(), 'digestry-docs-'));

/** Runs the setup of a page in a folder with a package.json as `npm install` makes it there. What it installs is there. */
async function setUp(page: string): Promise<void> {
  writeFileSync(join(work, 'package.json'), '{}\n');
  for (const line of setupOf(page))
    if (!line.startsWith('npm install ')) await run('bash', ['-c', line], { cwd: work });
}

/** Like a user's project: digestry is installed, and the folder has sample exports. */
beforeAll(() => {
  const modules = join(work, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  symlinkSync(ROOT.replace(/\/$/, ''), join(modules, 'digestry'), 'dir');
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(modules, '@types/node'), 'dir');
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICT, include: ['*.ts'] }));
  cpSync(join(ROOT, 'vectors/sample/users.csv'), join(work, 'users.csv'));
  cpSync(join(ROOT, 'test/fixtures/exports'), work, { recursive: true });
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

const pages = pageNames.map((page) => [page, blocksOf(page)] as const).filter(([, blocks]) => blocks.length > 0);

test('every code block is a program, a command, or a measurement', () => {
  const kinds = new Set(pages.flatMap(([, blocks]) => blocks.map(({ info }) => info)));
  // The code of an example is a file of it: test/meta/examples.test.ts.
  const others = [...kinds].filter((info) => !/^js examples\//.test(info));
  expect(others.sort()).toEqual(['console', 'sh measured', 'ts']);
  expect(pages.flatMap(([, blocks]) => blocks.filter(({ info }) => info === 'ts')).length).toBeGreaterThan(8);
});

/** A program has a name where others import it or a command runs it. */
function nameOf({ page, code }: Block, index: number): string {
  return /^\/\/ ([a-z0-9-]+\.ts)\n/.exec(code)?.[1] ?? `${basename(page, '.md').toLowerCase()}-${index}.ts`;
}

// Named ones are there before the first command of their page: they are what the reader has written.
describe.sequential.each(pages)('%s', (page, blocks) => {
  const programs = blocks
    .filter(({ info }) => info === 'ts')
    .map((block, i) => [nameOf(block, i + 1), block.code] as const);
  const commands = blocks.filter(({ info }) => info === 'console').flatMap(({ code }) => commandsOf(code));

  beforeAll(async () => {
    await setUp(page);
    for (const [name, code] of programs) writeFileSync(join(work, name), code);
  });

  if (commands.length > 0) {
    test('its commands print what it shows, one after another in one folder', async () => {
      // Both streams go to one place, as on a terminal.
      const prelude = `
        digestry() { "${process.execPath}" "${BIN}" "$@"; }
        npx() { if [ "$1" = tsx ]; then shift; "${process.execPath}" --import "${TSX}" "$@"; else "$@"; fi; }
        exec 2>&1`;
      for (const { line, shown } of commands) {
        const ended = await run('bash', ['-c', `${prelude}\n${line}`], { cwd: work, maxBuffer: 2 ** 24 }).catch(
          (error: { readonly stdout: string }) => error,
        );
        expect(unlike(shown, ended.stdout), `${line}\n${ended.stdout}`).toBeUndefined();
      }
    });
  }

  for (const [name, code] of programs) {
    const said = saidBy(code);
    // Those without output of their own are run by the page's commands.
    if (said.length === 0) continue;
    test(`${name} prints what it says`, async () => {
      const { stdout, stderr } = await run(process.execPath, ['--import', TSX, name], { cwd: work });
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter((line) => line !== '')).toEqual(said);
    });
  }

  test('every program of it is run', () => {
    const run = new Set(commands.map(({ line }) => /^npx tsx (\S+\.ts)$/.exec(line)?.[1]));
    const imported = new Set(
      programs.flatMap(([, code]) => [...code.matchAll(/from '\.\/([^']+)'/g)].map(([, file]) => file)),
    );
    const idle = programs.filter(([name, code]) => saidBy(code).length === 0 && !run.has(name) && !imported.has(name));
    expect(idle.map(([name]) => name)).toEqual([]);
  });
});

test('all programs compile under the strictest options', async () => {
  const compiled = await run(process.execPath, [TSC, '-p', '.', '--pretty', 'false'], { cwd: work }).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(compiled.stdout).toBe('');
});

test('commands that take long to measure have the flags that are shown', async () => {
  const lines = pages
    .flatMap(([, blocks]) => blocks.filter(({ info }) => info === 'sh measured'))
    .flatMap(({ code }) => code.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) {
    const [npx, bin, name = '', ...words] = line.replace(/ > \S+$/, '').split(' ');
    expect([npx, bin]).toEqual(['npx', 'digestry']);
    const { stdout } = await digestry([name, '--help']);
    expect(stdout, line).toMatch(new RegExp(`^Usage: digestry ${name} `));
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(stdout, line).toContain(`${flag} `);
  }
});

test('command-line.md lists each command', async () => {
  const { stdout } = await digestry(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  const page = readFileSync(`${ROOT}docs/command-line.md`, 'utf8');
  const listed = [...page.matchAll(/^\| `digestry ([a-z]+)/gm)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(8);
  expect(listed.sort()).toEqual(commands.sort());
});
