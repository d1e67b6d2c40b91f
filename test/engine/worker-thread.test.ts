/** A worker thread: what is sent to it, how it dies, how it is ended. */
import { isBuiltin } from 'node:module';
import { BroadcastChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { greetingFor, stopCell } from '../../src/engine/protocol.js';
import { CannotStart, type Thread, ThreadDied } from '../../src/engine/thread.js';
import { WORKER_SOURCE } from '../../src/engine/worker-source.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import type { BcryptJob } from '../../src/jobs.js';
import type { Order } from '../../src/kdf/executor.js';
import { KERNELS } from '../../src/kernels/embedded.js';
import { VERSION } from '../../src/version.js';
import { bcryptJob, bcryptjsOrder, bcryptOrder, outcomes } from '../support/orders.js';

const script = (name: string): URL => new URL(`workers/${name}.mjs`, import.meta.url);

/** One job alone. */
async function one(thread: Thread, order: Order<'bcrypt'>, halt = new AbortController().signal): Promise<Uint8Array> {
  const [hash] = await thread.run([order], halt);
  return hash as Uint8Array;
}

/** Closed after the test, whatever becomes of it. */
async function withThread(name: string | undefined, use: (thread: Thread) => Promise<void>): Promise<void> {
  const thread = createWorkerThread(name === undefined ? {} : { script: script(name) });
  try {
    await use(thread);
  } finally {
    await thread.close();
  }
}

describe('the thread', () => {
  test('derives, and is there for the next job', async () => {
    await withThread(undefined, async (thread) => {
      expect(await one(thread, bcryptOrder())).toHaveLength(23);
      expect(await one(thread, bcryptjsOrder())).toEqual(await one(thread, bcryptOrder()));
    });
  });

  test('says whether a backend can be used there', async () => {
    await withThread(undefined, async (thread) => {
      const { kdf, backend } = bcryptOrder();
      expect(await thread.probe({ kdf, backend })).toBeUndefined();
      expect(await thread.probe({ kdf, backend: { ...backend, name: 'none' } })).toEqual(expect.any(String));
      const unknown = one(thread, { ...bcryptOrder(), backend: { ...backend, name: 'none' } });
      await expect(unknown).rejects.toMatchObject({
        name: 'DigestError',
        code: 'ERR_BACKEND',
        reason: expect.any(String),
      });
    });
  });

  test('rejects a job that the backend fails at, without the words of the backend', async () => {
    await withThread(undefined, async (thread) => {
      const broken = { ...bcryptOrder(), job: { ...bcryptJob(4), variant: 'none' } as unknown as BcryptJob };
      const error = await one(thread, { ...broken, backend: bcryptjsOrder().backend }).catch((reason) => reason);
      expect(error).toMatchObject({ code: 'ERR_BACKEND' });
      expect(error.cause).toBeInstanceOf(Error);
      expect(await one(thread, bcryptOrder())).toHaveLength(23);
    });
  });

  test('rejects a job that cannot be sent, and takes the next', async () => {
    await withThread(undefined, async (thread) => {
      const unsendable = { ...bcryptJob(4), salt: () => 'no bytes' } as unknown as BcryptJob;
      await expect(one(thread, { ...bcryptOrder(), job: unsendable })).rejects.toMatchObject({ code: 'ERR_BACKEND' });
      expect(await one(thread, bcryptOrder())).toHaveLength(23);
    });
  });

  test('that dies in mid-job rejects that job, and another thread takes the next', async () => {
    await withThread('dies-once', async (thread) => {
      await expect(one(thread, bcryptOrder(31))).rejects.toBeInstanceOf(ThreadDied);
      expect((await one(thread, bcryptOrder(5)))[0]).toBe(5);
    });
    await withThread('dies', async (thread) => {
      for (let i = 0; i < 2; i++) {
        await expect(one(thread, bcryptOrder())).rejects.toBeInstanceOf(ThreadDied);
      }
    });
  });

  test.each(['cannot-start', 'absent'])('that cannot start (%s) says so', async (name) => {
    await withThread(name, async (thread) => {
      await expect(one(thread, bcryptOrder())).rejects.toBeInstanceOf(CannotStart);
      await expect(thread.probe(bcryptOrder())).rejects.toBeInstanceOf(CannotStart);
    });
  });

  test('is ended by the signal in the middle of a job, and another thread takes the next', async () => {
    await withThread('waits-at-31', async (thread) => {
      const [first] = await one(thread, bcryptOrder());
      const controller = new AbortController();
      const endless = one(thread, bcryptOrder(31), controller.signal);
      controller.abort('enough');
      await expect(endless).rejects.toBe('enough');
      const [second] = await one(thread, bcryptOrder());
      expect(second).not.toBe(first);
    });
  });

  test('is left alone by a signal that aborts after the job', async () => {
    await withThread('waits-at-31', async (thread) => {
      const controller = new AbortController();
      const [first] = await one(thread, bcryptOrder(), controller.signal);
      controller.abort();
      const [second] = await one(thread, bcryptOrder());
      expect(second).toBe(first);
    });
  });

  test('closes in the middle of a job', async () => {
    const thread = createWorkerThread({ script: script('waits') });
    const job = outcomes([one(thread, bcryptOrder())]);
    await thread.close();
    expect(await job).toEqual(['ERR_CLOSED']);
    await thread.close();
  });
});

describe('what travels', () => {
  test('is the bytes of the views, without the rest of their buffers', async () => {
    await withThread('shows-bytes', async (thread) => {
      const pool = new Uint8Array(8192).fill(0x77);
      const [password, salt] = [pool.subarray(100, 103), pool.subarray(4000, 4016)];
      password.set([1, 2, 3]);
      salt.fill(4);
      const seen = await one(thread, { ...bcryptOrder(), job: { password, salt, cost: 4, variant: '2b' } });
      expect([...seen]).toEqual([1, 2, 3, ...Array(16).fill(4)]);
      // The caller's bytes are still the caller's.
      expect([...password]).toEqual([1, 2, 3]);
      expect(pool).toHaveLength(8192);
    });
  });

  test('is overwritten in the worker, where the job is done and where it failed', async () => {
    const worker = new Worker(script('shows-job'), { workerData: { stop: stopCell(), token: 'token' } });
    const next = () => new Promise<{ message: unknown; job?: BcryptJob }>((resolve) => worker.once('message', resolve));
    expect(await next()).toMatchObject({ message: greetingFor('token') });
    for (const backend of ['digestry', 'none']) {
      worker.postMessage({ serial: 1, kdf: 'bcrypt', backend, jobs: [bcryptJob(4)] });
      const { message, job } = await next();
      expect(message).toMatchObject({ kind: backend === 'none' ? 'absent' : 'hashes' });
      expect([...(job?.password ?? [])]).toEqual([0, 0, 0]);
    }
    await worker.terminate();
  });
});

describe('a script that is not ours', () => {
  test.each([
    ['says nothing', ''],
    ['says something else', "require('node:worker_threads').parentPort.postMessage('ready')"],
    [
      'repeats what it was started with',
      "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(workerData)",
    ],
    ['is of another version', greets('0.0.0')],
    ['does not know the token', greets(VERSION, "'guessed'")],
  ])('%s: it is sent nothing, and another thread is looked for', async (_, talk) => {
    const seen = new BroadcastChannel('digestry-test');
    const messages: unknown[] = [];
    seen.onmessage = ({ data }) => messages.push(data);
    const script = `
      const { parentPort, BroadcastChannel } = require('node:worker_threads');
      const seen = new BroadcastChannel('digestry-test');
      parentPort.on('message', (message) => seen.postMessage(message));
      ${talk}`;
    const thread = createWorkerThread({ script, greetingMs: 500 });
    try {
      await expect(one(thread, bcryptOrder())).rejects.toBeInstanceOf(CannotStart);
      await expect(thread.probe(bcryptOrder())).rejects.toBeInstanceOf(CannotStart);
      expect(thread.isAlive).toBe(false);
    } finally {
      await thread.close();
      seen.close();
    }
    expect(messages).toEqual([]);
  });

  // An exception where messages are heard would end the process, and the job would wait for ever.
  test.each(['null', 'undefined', '7', "{ kind: 'else' }", "{ kind: 'hashes', hashes: 7 }"])(
    'answers %s after the greeting: the thread counts as dead',
    async (answer) => {
      const talk = greets(VERSION).replace('const { workerData }', 'const { parentPort, workerData }');
      const script = `${talk}; parentPort.on('message', () => parentPort.postMessage(${answer}));`;
      const thread = createWorkerThread({ script });
      try {
        await expect(one(thread, bcryptOrder())).rejects.toBeInstanceOf(ThreadDied);
        expect(thread.isAlive).toBe(false);
      } finally {
        await thread.close();
      }
    },
  );

  test('ignores what the environment tells Node to run first', async () => {
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = '--require /nowhere/stranger.js';
    try {
      await withThread(undefined, async (thread) => expect(await one(thread, bcryptOrder())).toHaveLength(23));
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
  });
});

function greets(version: string, token = 'workerData.token'): string {
  return `
    const { workerData } = require('node:worker_threads');
    Atomics.store(workerData.stop, 1, 1);
    parentPort.postMessage({ protocol: 'digestry', version: '${version}', token: ${token} });`;
}

describe('a thread that nothing is asked of', () => {
  test('ends after a while, and starts again for the next job', async () => {
    const thread = createWorkerThread({ idleMs: 20 });
    try {
      expect(await one(thread, bcryptOrder())).toHaveLength(23);
      while (thread.isAlive) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await one(thread, bcryptOrder())).toHaveLength(23);
      expect(thread.isAlive).toBe(true);
    } finally {
      await thread.close();
    }
  });

  test('is not ended in the middle of a job', async () => {
    const thread = createWorkerThread({ idleMs: 1 });
    try {
      expect(await one(thread, bcryptOrder(10))).toHaveLength(23);
    } finally {
      await thread.close();
    }
  });
});

describe('the script of the thread', () => {
  test('needs only modules of Node, and no other file', () => {
    const required = [...WORKER_SOURCE.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name?.slice(1, -1));
    expect(required.length).toBeGreaterThan(0);
    expect(required.filter((name) => !isBuiltin(name ?? ''))).toEqual([]);
    expect(WORKER_SOURCE).not.toMatch(/\bimport\s*\(|import\.meta|__dirname|__filename/);
  });

  test('has no kernel of its own', () => {
    expect(WORKER_SOURCE.length).toBeLessThan(150_000);
    expect(WORKER_SOURCE).not.toContain(KERNELS.scrypt.slice(0, 64));
  });
});
