// npm run test:nodes [MAJOR…]
// Runs the whole suite under this Node and under the newest of other majors, which npm brings. Build first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const asked = process.argv.slice(2);
const majors = asked.length > 0 ? asked : ['22', '24'];
const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'digestry-nodes-'));

/** @returns the path of that Node. */
function install(major) {
  const prefix = join(folder, major);
  const name = `node-${process.platform}-${process.arch}`;
  const args = ['install', '--no-save', '--no-package-lock', '--prefix', prefix, `${name}@${major}`];
  const { status, error } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm could not install ${name}@${major}`, { cause: error });
  return join(prefix, 'node_modules', name, 'bin/node');
}

/** @returns what vitest counted. */
function suite(node, label) {
  const output = join(folder, `${label}.json`);
  // Workers of vitest and child processes of tests are this Node's too.
  const env = { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` };
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const { status } = spawnSync(node, [vitest, 'run', '--silent', ...reporters], { cwd: root, env, stdio: 'inherit' });
  return { status, ...JSON.parse(readFileSync(output, 'utf8')) };
}

try {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const lines = [];
  for (const node of [process.execPath, ...majors.map(install)]) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    process.stdout.write(`\n# Node ${version}\n`);
    const { status, numPassedTests, numFailedTests, numPendingTests } = suite(node, version);
    lines.push(`Node ${version}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    if (status !== 0) process.exitCode = 1;
  }
  process.stdout.write(`\n${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
