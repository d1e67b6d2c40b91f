/**
 * Builds dist: ES modules and CommonJS of each entry point, bundled so that an import loads few files and needs no other
 * package. The declarations come from tsc.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const LIBRARY = { index: 'src/index.ts', portable: 'src/portable.ts', migration: 'src/migration/index.ts' };
const FORMATS = [
  { format: 'esm', dir: 'dist', input: { ...LIBRARY, 'cli/main': 'src/cli/main.ts' } },
  { format: 'cjs', dir: 'dist/cjs', input: LIBRARY },
] as const;

for (const { format, dir, input } of FORMATS) {
  rmSync(fromRoot(dir), { recursive: true, force: true });
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(input).map(([name, path]) => [name, fromRoot(path)])),
    platform: 'node',
    external: [/^node:/, '@node-rs/argon2', 'argon2', 'bcryptjs', 'scrypt-js'],
    transform: { target: 'node20.19' },
    logLevel: 'warn',
  });
  await bundle.write({ format, dir: fromRoot(dir), chunkFileNames: 'chunks/[name].js', comments: false });
}
writeFileSync(fromRoot('dist/cjs/package.json'), '{ "type": "commonjs" }\n');
