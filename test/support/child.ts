/** A program that uses digestry in a process of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DIST = new URL('../../dist/index.js', import.meta.url).href;

/** `workers` are the threads that are started, which are `ready` when they have said so. */
const THREADS = `
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
const workers = [];
threads.Worker = class extends threads.Worker {
  constructor(...args) {
    super(...args);
    workers.push(this);
    this.once('message', () => {
      this.ready = true;
    });
  }
};
syncBuiltinESMExports();
`;
/** `d` is digestry. */
const DIGESTRY = `
const d = await import(${JSON.stringify(DIST)});
const password = 'correct horse battery staple';
const bcrypt = { passwordHasher: 'bcrypt', passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG' };
const slow = { ...bcrypt, passwordDigest: bcrypt.passwordDigest.replace('$10$', '$16$') };
const scrypt = { passwordHasher: 'scrypt_werkzeug', passwordDigest: d.clerkHashers.find((h) => h.name === 'scrypt_werkzeug').example.digest };
const codes = (verdicts) => verdicts.map((v) => v.error?.code ?? v.outcome).join(' ');
const counts = (verdicts) => {
  const found = {};
  for (const v of verdicts) found[v.error?.code ?? v.outcome] = (found[v.error?.code ?? v.outcome] ?? 0) + 1;
  return found;
};
`;

/** Output of a module that ended by itself with 0; a rejection that nobody handles ends it with 1. */
export async function child(code: string, ...flags: string[]): Promise<{ stdout: string; stderr: string }> {
  return childAfter('', code, ...flags);
}

/** The same, with something done before digestry is loaded. */
export async function childAfter(
  before: string,
  code: string,
  ...flags: string[]
): Promise<{ stdout: string; stderr: string }> {
  const strict = ['--unhandled-rejections=strict', '--input-type=module', ...flags];
  return run(process.execPath, [...strict, '-e', THREADS + before + DIGESTRY + code]);
}
