/** Where no thread starts: what computes then does not block, and the process is told once. */
import { describe, expect, test } from 'vitest';
import { childAfter } from '../support/child.js';

/** Which functions of node:crypto were called, by name. */
const SPY = `
const { createRequire } = await import('node:module');
const crypto = createRequire('file:///none.js')('node:crypto');
const called = new Set();
for (const name of ['pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync']) {
  const original = crypto[name];
  crypto[name] = (...args) => {
    called.add(name);
    return original(...args);
  };
}
syncBuiltinESMExports();
`;
const USE = `
const warnings = [];
process.on('warning', ({ code }) => code && warnings.push(code));
const pbkdf2 = { passwordHasher: 'pbkdf2_sha256_django', passwordDigest: d.clerkHashers.find((h) => h.name === 'pbkdf2_sha256_django').example.digest };
const [one, other] = [d.createVerifier(), d.createVerifier()];
const found = [];
for (const verifier of [one, other]) for (const credential of [pbkdf2, scrypt, bcrypt]) found.push((await verifier.verify(password, credential)).outcome);
found.push((await d.createVerifier({ threads: 2 }).verify(password, bcrypt)).outcome);
await new Promise((resolve) => setImmediate(resolve));
const stats = one.stats();
const { startedThreads, threadless } = stats;
console.log(JSON.stringify({ found, warnings, called: [...called], threads: stats.threads, startedThreads, threadless: typeof threadless }));
const used = (await one.backends()).filter(({ state }) => state === 'used').map(({ kdf, name }) => kdf + ' ' + name);
console.log(used.filter((one) => /^(pbkdf2|scrypt)/.test(one)).join());
`;

/** The program with spies that are there before it loads. */
async function spied(before: string, ...flags: string[]): Promise<readonly [Record<string, unknown>, string]> {
  const { stdout } = await childAfter(SPY + before, USE, ...flags);
  const [report = '', used = ''] = stdout.trim().split('\n');
  return [JSON.parse(report), used];
}

const FALLEN_BACK = {
  found: Array(7).fill('match'),
  warnings: ['DIGESTRY_NO_THREADS'],
  called: ['pbkdf2', 'scrypt'],
  threads: 0,
  startedThreads: 0,
  threadless: 'string',
};

describe('without threads', () => {
  // Node 20 calls it so.
  const permission = ['--permission', '--experimental-permission'].find((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
  test('as the permission model forbids them', async () => {
    const [report, used] = await spied('', permission as string, '--allow-fs-read=*');
    expect(report).toEqual(FALLEN_BACK);
    expect(used).toBe('pbkdf2 node:crypto,scrypt node:crypto');
  });

  test('as the constructor throws', async () => {
    const [report] = await spied(
      `threads.Worker = class { constructor() { throw new Error('out of memory'); } }; syncBuiltinESMExports();`,
    );
    expect(report).toEqual(FALLEN_BACK);
  });

  test('as what is started is not digestry', async () => {
    const [report] = await spied(
      `threads.Worker = class extends threads.Worker { constructor(_, options) { super("require('node:worker_threads').parentPort.postMessage('hello')", options); } };
       syncBuiltinESMExports();`,
    );
    expect(report).toEqual(FALLEN_BACK);
  });

  test('as each thread ends right after its greeting', async () => {
    const [report] = await spied(
      `threads.Worker = class extends threads.Worker { constructor(...args) { super(...args); this.once('message', () => this.terminate()); } };
       syncBuiltinESMExports();`,
    );
    expect(report).toEqual(FALLEN_BACK);
  });
});

test('With threads nothing is said, and nothing is asked of libuv', async () => {
  const [report] = await spied('');
  expect(report).toEqual({
    found: Array(7).fill('match'),
    warnings: [],
    called: [],
    threads: expect.any(Number),
    startedThreads: expect.any(Number),
    threadless: 'undefined',
  });
  expect(report['threads']).toBeGreaterThan(0);
  expect(report['startedThreads']).toBeGreaterThan(0);
});

test('A runtime that refuses to say what it has is asked for no more', async () => {
  const [report] = await spied(
    `const os = createRequire('file:///none.js')('node:os');
     const denied = () => { throw new Error('denied'); };
     Object.assign(os, { totalmem: denied, availableParallelism: denied });
     process.constrainedMemory = denied;
     const guarded = new Proxy(process.env, { get: (env, name) => (name === 'UV_THREADPOOL_SIZE' ? denied() : env[name]) });
     Object.defineProperty(process, 'env', { value: guarded });
     syncBuiltinESMExports();`,
  );
  expect(report).toMatchObject({ found: Array(7).fill('match'), threads: 1, threadless: 'undefined' });
});
