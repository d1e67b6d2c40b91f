/** A `Worker` that something has wrapped or broken: every job is answered, and nothing of it is left behind. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CannotStart } from '../../src/engine/thread.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import { VERSION } from '../../src/version.js';
import { child, childAfter } from '../support/child.js';
import { temporaryFolder } from '../support/exports.js';
import { bcryptOrder } from '../support/orders.js';

const folder = temporaryFolder();
const never = new AbortController().signal;
afterEach(() => vi.restoreAllMocks());

/** Taken for `Worker` of node:worker_threads by what is loaded after it. */
const wrapped = (body: string) => `
  import * as module from 'node:module';
  import inner from 'node:worker_threads';
  import { EventEmitter } from 'node:events';
  const Real = inner.Worker;
  ${body}
  module.syncBuiltinESMExports();`;

test('whose terminate() throws: the job is answered all the same', async () => {
  vi.spyOn(Worker.prototype, 'terminate').mockImplementation(() => {
    throw new Error('terminate');
  });
  const thread = createWorkerThread({ script: '', greetingMs: 20 });
  await expect(thread.run([bcryptOrder()], never)).rejects.toBeInstanceOf(CannotStart);
  await thread.close();
});

test('gives no reason where the thread gave none', async () => {
  const thread = createWorkerThread({ script: 'throw undefined' });
  const error = await thread.run([bcryptOrder()], never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CannotStart);
  expect(String((error as Error).message)).not.toMatch(/undefined/);
  await thread.close();
});

test('that says nothing and holds no process open: the verification is answered', async () => {
  const silent = wrapped(`
    inner.Worker = class extends EventEmitter {
      ref() {} unref() {} postMessage() {}
      async terminate() {}
    };`);
  const { stdout } = await childAfter(silent, 'console.log((await d.verify(password, bcrypt)).outcome)');
  expect(stdout).toBe('match\n');
});

test('an aborted wait for a greeting holds no process open', async () => {
  const code = `
    const halt = new AbortController();
    const job = d.verify(password, bcrypt, { signal: halt.signal });
    setImmediate(() => halt.abort());
    console.log((await job).error.code);`;
  expect((await child(code)).stdout).toBe('ERR_ABORTED\n');
});

test('whose greeting lies in the queue when a stopped process goes on: it is heard', async () => {
  const flag = folder.path('greeted');
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.on('message', () => parentPort.postMessage({ kind: 'hashes', hashes: [new Uint8Array(23)] }));
    Atomics.store(workerData.stop, 1, 1);
    parentPort.postMessage({ protocol: 'digestry', version: '${VERSION}', token: workerData.token });
    require('node:fs').writeFileSync(${JSON.stringify(flag)}, '');`;
  const greetingMs = 200;
  const thread = createWorkerThread({ script, greetingMs });
  const since = performance.now();
  const job = thread.run([bcryptOrder()], never);
  while (!existsSync(flag) || performance.now() - since < 2 * greetingMs);
  expect((await job)[0]).toHaveLength(23);
  await thread.close();
});

describe('what was not sent', () => {
  test('is overwritten', async () => {
    const seen: { readonly password: Uint8Array; readonly salt: Uint8Array }[] = [];
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementation((message) => {
      seen.push(...message.jobs);
      throw new Error('postMessage');
    });
    const thread = createWorkerThread();
    await expect(thread.run([bcryptOrder()], never)).rejects.toMatchObject({ code: 'ERR_BACKEND' });
    await thread.close();
    expect(seen).toHaveLength(1);
    for (const { password, salt } of seen) expect([...password, ...salt].filter((byte) => byte !== 0)).toEqual([]);
  });
});

test.each([
  ['removed', 'undefined'],
  ['broken', 'class { constructor() { throw new Error("no"); } }'],
])('AbortController that was %s: the verification is answered with a code', async (_, value) => {
  const { stdout } = await child(`
    globalThis.AbortController = ${value};
    const verdicts = await Promise.all([d.verify(password, bcrypt), d.verify(password, bcrypt)]);
    console.log(codes(verdicts));`);
  expect(stdout).toMatch(/^(?:match match|ERR_BACKEND ERR_BACKEND)\n$/);
});
