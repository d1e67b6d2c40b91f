// npm run test:examples [-- NAME…] [--tarball FILE] [--update-lock]
// Packs digestry, installs the examples from it in a temporary folder, starts each and sends all of them the same requests.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apps } from './examples/apps.mjs';
import { CASES, examine, OVERLOAD } from './examples/requests.mjs';
import { ENVIRONMENT, startApp } from './examples/running.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = { tarball: { type: 'string' }, 'update-lock': { type: 'boolean' } };
const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
const names = positionals.length > 0 ? positionals : Object.keys(apps);
for (const name of names) if (!Object.hasOwn(apps, name)) throw new Error(`unknown example: ${name}`);
const folder = mkdtempSync(join(tmpdir(), 'digestry-examples-'));
const examples = join(folder, 'examples');

/** @throws {Error} with its output where it fails. */
function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd}: exit ${status}\n${stdout}\n${stderr}`);
}

function pack() {
  const tarball = join(folder, 'digestry.tgz');
  if (values.tarball !== undefined) return cpSync(values.tarball, tarball);
  run('npm', ['pack', '--silent', '--pack-destination', folder], root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return renameSync(join(folder, `digestry-${version}.tgz`), tarball);
}

/** One install for all: npm shares what they have in common. What each imports, it declares: test/meta/examples.test.ts. */
function install() {
  mkdirSync(examples);
  const built = /\/(?:node_modules|dist|\.next)$/;
  for (const entry of ['package.json', 'package-lock.json', ...Object.keys(apps)]) {
    cpSync(join(root, 'examples', entry), join(examples, entry), {
      recursive: true,
      filter: (path) => !built.test(path),
    });
  }
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const workspaces = names.flatMap((name) => ['--workspace', name]);
  run('npm', ['install', ...flags, ...workspaces], examples);
  if (values['update-lock']) updateLock(flags);
}

/** Without the entry of digestry: each pack of it has another hash. */
function updateLock(flags) {
  run('npm', ['update', '--package-lock-only', '--omit-lockfile-registry-resolved', ...flags], examples);
  const lock = JSON.parse(readFileSync(join(examples, 'package-lock.json'), 'utf8'));
  delete lock.packages['node_modules/digestry'];
  writeFileSync(join(root, 'examples/package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
}

/** @returns the answers to CASES, and what was wrong with them. */
async function examineApp(name) {
  const home = join(examples, name);
  const { scripts } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  if (scripts.build !== undefined) run('npm', ['run', 'build'], home);
  const app = await startApp(apps[name], home);
  try {
    return await examine(app, apps[name]);
  } finally {
    await app.stop();
  }
}

function printTable(results) {
  const head = ['', ...results.map(({ name }) => name)];
  const titles = [...CASES.map(({ title }) => title), OVERLOAD];
  const rows = titles.map((title, i) => [title, ...results.map(({ answers }) => answers[i] ?? '–')]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => String(row[column]).length)));
  for (const row of [head, ...rows]) {
    process.stdout.write(
      `${row
        .map((cell, i) => String(cell).padEnd(widths[i]))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

const since = Date.now();
function note(text) {
  process.stderr.write(`${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
pack();
note('packed');
install();
note('installed');
const results = [];
for (const name of names) {
  const result = await examineApp(name).catch((error) => ({ answers: [], problems: [error.message] }));
  results.push({ name, ...result });
  note(`${name}: ${result.problems.length === 0 ? 'passed' : 'failed'}`);
}
printTable(results);
const failed = results.filter(({ problems }) => problems.length > 0);
for (const { name, problems } of failed)
  process.stdout.write(`\n${name}\n${problems.map((one) => `- ${one}`).join('\n')}\n`);
process.stdout.write(`\n${results.length - failed.length} passed, ${failed.length} failed\n`);
if (failed.length > 0) process.exitCode = 1;
