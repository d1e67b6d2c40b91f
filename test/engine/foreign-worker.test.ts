/** A program in one file, with scripts and packages beside it that are not ours. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type OutputOptions, rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'digestry-bundle-'));
const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

const PROGRAM = `
import { createVerifier } from ${JSON.stringify(entry)};
async function main() {
  const verifier = createVerifier();
  const bcrypt = { passwordHasher: 'bcrypt', passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG' };
  const argon2 = { passwordHasher: 'argon2id', passwordDigest: '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
  console.log((await verifier.verify('correct horse battery staple', bcrypt)).outcome);
  console.log((await verifier.verify('correct horse battery staple', argon2)).outcome);
  console.log(verifier.stats().startedThreads > 0, verifier.stats().threadless);
}
main();
`;
/** Says that it runs and what it is sent, and answers nothing. */
const STRANGER = `
console.log('the stranger was started');
require('node:worker_threads').parentPort?.on('message', (message) => console.log('the stranger has', message));
`;
const FORMATS: readonly OutputOptions[] = [
  { format: 'esm', file: 'bundle.mjs' },
  { format: 'cjs', file: 'bundle.cjs' },
];

function put(place: string, text: string): void {
  const file = join(folder, place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(async () => {
  put('program.mjs', PROGRAM);
  for (const place of ['worker.js', 'worker.cjs', 'worker.mjs', 'engine/worker.js', 'chunks/worker.js']) {
    put(place, STRANGER);
  }
  for (const options of FORMATS) {
    const bundle = await rolldown({ input: join(folder, 'program.mjs'), platform: 'node', logLevel: 'silent' });
    await bundle.write({ ...options, file: join(folder, options.file ?? ''), codeSplitting: false });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FORMATS)(
  'A bundle as $format starts its own threads, and no script that lies beside it',
  async ({ file }) => {
    const { stdout, stderr } = await run(process.execPath, [join(folder, file ?? '')], { cwd: folder });
    expect({ stdout, stderr }).toEqual({ stdout: 'match\nmismatch\ntrue undefined\n', stderr: '' });
  },
);

test.each(FORMATS)('A bundle as $format runs nothing that the working directory has', async ({ file }) => {
  const elsewhere = join(folder, 'elsewhere');
  for (const name of ['@node-rs/argon2', 'argon2', 'bcryptjs', 'scrypt-js', '@noble/hashes']) {
    put(`elsewhere/node_modules/${name}/index.js`, STRANGER);
  }
  put('elsewhere/worker.js', STRANGER);
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, [join(folder, file ?? '')], { cwd: elsewhere, env });
  expect(stdout).toBe('match\nmismatch\ntrue undefined\n');
});
