/** Before all tests: writes the generated sources, listed in .gitignore, if one is missing, as in a fresh clone. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export function generateMissing(root: string): void {
  const generated = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((path) => path.startsWith('src/'));
  if (generated.every((path) => existsSync(join(root, path)))) return;
  // Vitest runs a global setup without import.meta.resolve.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  execFileSync(process.execPath, ['--import', tsx, 'scripts/generate-sources.ts'], { cwd: root, stdio: 'inherit' });
}

export default function setup(): void {
  generateMissing(fileURLToPath(new URL('../../', import.meta.url)));
}
