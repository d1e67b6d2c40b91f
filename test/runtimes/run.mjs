/**
 * npm run test:runtimes [-- --only NAME …] [--keep] [--env FOLDER]
 *
 * Packs the tarball once, installs the environments of package.json into a temporary folder, and runs each case of
 * cases/ in it. Prints one table; ends with 1 where a case fails. `--env` names a folder that holds or will hold the
 * installed environments, for several runs; `--keep` leaves the temporary folder.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createContext, Skipped } from './context.mjs';
import { formatTable } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    env: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

/** Characters of what went wrong, of each case. */
const MOST_SAID = 3000;

/** npm, and what it printed where it fails. */
function npm(args, cwd) {
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args[0]} failed: ${stderr || stdout}`, { cause: error });
  return stdout;
}

/** The tarball that npm would publish; dist is packed as it is. */
function pack(folder) {
  const [{ filename }] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root));
  return join(folder, filename);
}

/** Installs the environments where they are not there yet. */
function install(folder) {
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const mark = join(folder, 'node_modules/.installed.json');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(here, name), join(folder, name));
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  writeFileSync(mark, lock);
}

async function loadCases() {
  const names = readdirSync(join(here, 'cases')).filter((name) => name.endsWith('.mjs'));
  const cases = await Promise.all(names.sort().map((name) => import(new URL(`cases/${name}`, import.meta.url))));
  const known = cases.map(({ name }) => name);
  const unknown = flags.only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown case: ${unknown.join(', ')}; known are ${known.join(', ')}`);
  return cases.filter(({ name }) => flags.only.length === 0 || flags.only.includes(name));
}

/** @returns one row of the table for each environment of the case. */
async function runCase({ name, needs = [], run }, context) {
  const since = Date.now();
  const seconds = () => Math.round((Date.now() - since) / 100) / 10;
  try {
    const missing = needs.filter((path) => !existsSync(join(context.env, 'node_modules', path)));
    if (missing.length > 0) throw new Skipped(`not installed: ${missing.join(', ')}`);
    const rows = [await run(context)].flat();
    return rows.map((row) => ({ state: 'passed', name, seconds: seconds(), ...row }));
  } catch (error) {
    const state = error instanceof Skipped ? 'skipped' : 'FAILED';
    return [
      {
        name,
        state,
        seconds: seconds(),
        note: (error instanceof Error ? error.message : String(error)).slice(0, MOST_SAID),
      },
    ];
  }
}

const work = mkdtempSync(join(tmpdir(), 'digestry-runtimes-'));
const env = flags.env ?? join(work, 'env');
try {
  const cases = await loadCases();
  const tarball = pack(work);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(env, { recursive: true });
  install(env);
  const context = createContext({ root, env, work, tarball });
  const rows = [];
  for (const one of cases) {
    const found = await runCase(one, context);
    for (const row of found)
      process.stdout.write(`${row.state} ${row.name} (${row.seconds} s)${row.note ? `: ${row.note}` : ''}\n`);
    rows.push(...found);
  }
  process.stdout.write(`\n${formatTable(rows)}\n`);
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  const failed = rows.filter(({ state }) => state === 'FAILED');
  const skipped = rows.filter(({ state }) => state === 'skipped');
  process.stdout.write(
    `\n${rows.length - failed.length - skipped.length} environments passed, ${failed.length} failed, ${skipped.length} skipped\n`,
  );
  // In CI everything is installed: what is skipped there was not looked at.
  if (rows.length === 0 || failed.length > 0 || (process.env.CI === 'true' && skipped.length > 0)) process.exitCode = 1;
} finally {
  if (flags.keep) process.stdout.write(`kept: ${work}\n`);
  else rmSync(work, { recursive: true, force: true });
}
