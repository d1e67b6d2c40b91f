/** Gets what is measured against, from the registry, once. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rivalNames, versionOf } from './load.js';

/** @returns whether all of them are there. */
export function installRivals(): boolean {
  if (rivalNames().every((name) => versionOf(name) !== undefined)) return true;
  process.stderr.write('installing what is measured against into bench/thirdparty …\n');
  const folder = fileURLToPath(new URL('.', import.meta.url));
  // Nothing is compiled: each rival brings binaries, or is left out.
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  return status === 0;
}
