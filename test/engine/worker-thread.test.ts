/** The worker thread: it computes elsewhere, dies without taking calls along, and holds nothing open. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createWorkerThread, type WorkerThread } from '../../dist/engine/worker-thread.js';
import { createVerifier, hashers, verify } from '../../dist/index.js';
import type { BcryptJob } from '../../dist/jobs.js';

const run = promisify(execFile);
const DIST = new URL('../../dist/index.js', import.meta.url).href;
const password = 'correct horse battery staple';
const bcrypt = {
  passwordHasher: 'bcrypt',
  passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG',
};

const job = (cost: number): BcryptJob => ({
  password: new TextEncoder().encode('U*U'),
  salt: new Uint8Array(16),
  cost,
  variant: '2b',
});
const script = (name: string): URL => new URL(`workers/${name}.mjs`, import.meta.url);
const derive = (thread: WorkerThread, cost = 4, signal?: AbortSignal): Promise<Uint8Array> =>
  thread.run('bcrypt', 'digestry', job(cost), { signal });

describe('the event loop', () => {
  test.each(['bcrypt', 'phpass', 'sha512_symfony', 'scrypt_werkzeug', 'argon2id'])(
    'turns while %s is verified',
    async (name) => {
      const hasher = hashers.find((one) => one.name === name);
      const { password: known = '', digest = '' } = hasher?.example ?? {};
      const credential = { passwordHasher: name, passwordDigest: digest };
      await verify(known, credential);
      let turns = 0;
      let done = false;
      const turn = (): void => {
        turns++;
        if (!done) setImmediate(turn);
      };
      setImmediate(turn);
      const verdict = await verify(known, credential);
      done = true;
      expect(verdict.outcome).toBe('match');
      // A computation on this thread would leave one or two.
      expect(turns).toBeGreaterThan(20);
    },
  );
});

describe('the thread', () => {
  test('answers jobs in their order', async () => {
    const thread = createWorkerThread();
    const order: number[] = [];
    await Promise.all([5, 4, 4].map((cost, i) => derive(thread, cost).then(() => order.push(i))));
    expect(order).toEqual([0, 1, 2]);
    await thread.close();
  });

  test('that dies in mid-job rejects that job as ERR_BACKEND', async () => {
    const thread = createWorkerThread(script('dies'));
    await expect(derive(thread)).rejects.toMatchObject({ code: 'ERR_BACKEND' });
    // Its successor takes the next job.
    await expect(derive(thread)).rejects.toMatchObject({ code: 'ERR_BACKEND' });
    await thread.close();
  });

  test('that cannot start rejects the job', async () => {
    const thread = createWorkerThread(script('absent'));
    await expect(derive(thread)).rejects.toMatchObject({ code: 'ERR_BACKEND' });
    await thread.close();
  });

  test('rejects an unknown backend without dying', async () => {
    const thread = createWorkerThread();
    await expect(thread.run('bcrypt', 'none', job(4), {})).rejects.toMatchObject({ code: 'ERR_BACKEND' });
    await expect(derive(thread)).resolves.toHaveLength(23);
    await thread.close();
  });

  test('closes while a job runs and others wait', async () => {
    const thread = createWorkerThread(script('waits'));
    const waiting = [derive(thread), derive(thread), derive(thread)].map((one) => one.catch((error) => error.code));
    await thread.close();
    expect(await Promise.all(waiting)).toEqual(['ERR_CLOSED', 'ERR_CLOSED', 'ERR_CLOSED']);
    await expect(derive(thread)).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  test('takes back a waiting job on abort, and leaves the others', async () => {
    const thread = createWorkerThread();
    const controller = new AbortController();
    const first = derive(thread, 8);
    const aborted = derive(thread, 8, controller.signal);
    const last = derive(thread);
    controller.abort();
    await expect(aborted).rejects.toThrow();
    expect(await first).toHaveLength(23);
    expect(await last).toHaveLength(23);
    await thread.close();
  });

  test('refuses more than its queue holds', async () => {
    const thread = createWorkerThread(script('waits'));
    const codes = new Map<string, number>();
    const calls = Array.from({ length: 10_010 }, () =>
      derive(thread).catch((error) => codes.set(error.code, (codes.get(error.code) ?? 0) + 1)),
    );
    await Promise.resolve();
    await thread.close();
    await Promise.all(calls);
    // One is with the worker, ten thousand wait.
    expect(Object.fromEntries(codes)).toEqual({ ERR_QUEUE_FULL: 9, ERR_CLOSED: 10_001 });
  });
});

describe('a process', () => {
  const child = (code: string) =>
    run(process.execPath, ['--input-type=module', '-e', `import * as d from ${JSON.stringify(DIST)};${code}`]);

  test('ends by itself after verify()', async () => {
    const { stdout, stderr } = await child(
      `const v = await d.verify(${JSON.stringify(password)}, ${JSON.stringify(bcrypt)}); console.log(v.outcome)`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'match\n', stderr: '' });
  });

  test('waits for a verification that nobody awaits', async () => {
    const { stdout } = await child(
      `d.verify(${JSON.stringify(password)}, ${JSON.stringify(bcrypt)}).then((v) => console.log(v.outcome))`,
    );
    expect(stdout).toBe('match\n');
  });

  test('has no thread that was not needed', async () => {
    const { stdout } = await child(
      `await d.verify('x', { passwordHasher: 'md5', passwordDigest: '9cc2ae8a1ba7a93da39b46fc1019c481' });
       console.log(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length)`,
    );
    expect(stdout).toBe('0\n');
  });
});

describe('a verifier', () => {
  test('answers ERR_CLOSED after close, and disposes of itself', async () => {
    const verifier = createVerifier();
    await verifier.verify(password, bcrypt);
    const late = verifier.verify(password, {
      ...bcrypt,
      passwordDigest: bcrypt.passwordDigest.replace('$10$', '$14$'),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await verifier[Symbol.asyncDispose]();
    expect(await late).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_CLOSED' } });
    expect(await verifier.verify(password, bcrypt)).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_CLOSED' },
    });
  });
});
