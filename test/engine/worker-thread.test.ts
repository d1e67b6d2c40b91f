/** A worker thread: what is sent to it, how it dies, how it is ended. */
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { stopCell } from '../../src/engine/protocol.js';
import { CannotStart, type Thread, ThreadDied } from '../../src/engine/thread.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import type { BcryptJob } from '../../src/jobs.js';
import type { Order } from '../../src/kdf/executor.js';
import { bcryptJob, bcryptjsOrder, bcryptOrder, outcomes } from '../support/orders.js';

const script = (name: string): URL => new URL(`workers/${name}.mjs`, import.meta.url);

/** One job alone. */
async function one(thread: Thread, order: Order<'bcrypt'>, halt = new AbortController().signal): Promise<Uint8Array> {
  const [hash] = await thread.run([order], halt);
  return hash as Uint8Array;
}

/** Closed after the test, whatever becomes of it. */
async function withThread(name: string | undefined, use: (thread: Thread) => Promise<void>): Promise<void> {
  const thread = createWorkerThread(name === undefined ? undefined : script(name));
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
      expect(await thread.probe({ kdf, backend: { ...backend, name: 'none' } })).toMatch(/no such backend/);
      const unknown = one(thread, { ...bcryptOrder(), backend: { ...backend, name: 'none' } });
      await expect(unknown).rejects.toMatchObject({ name: 'DigestError', code: 'ERR_BACKEND', reason: /no such/ });
    });
  });

  test('rejects a job that the backend fails at, without the words of the backend', async () => {
    await withThread(undefined, async (thread) => {
      const broken = { ...bcryptOrder(), job: { ...bcryptJob(4), variant: 'none' } as unknown as BcryptJob };
      const error = await one(thread, { ...broken, backend: bcryptjsOrder().backend }).catch((reason) => reason);
      expect(error).toMatchObject({ code: 'ERR_BACKEND', message: 'the backend failed' });
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
      await expect(one(thread, bcryptOrder(31))).rejects.toMatchObject({
        message: 'the worker thread ended in the middle of a job',
      });
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
    const thread = createWorkerThread(script('waits'));
    const job = outcomes([one(thread, bcryptOrder())]);
    await thread.close();
    expect(await job).toEqual(['ERR_CLOSED']);
    await thread.close();
  });
});

describe('what travels', () => {
  test('is the bytes of the views, and nothing that lies beside them', async () => {
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
    const worker = new Worker(script('shows-job'), { workerData: stopCell() });
    const next = () => new Promise<{ message: unknown; job?: BcryptJob }>((resolve) => worker.once('message', resolve));
    expect(await next()).toMatchObject({ message: 'ready' });
    for (const backend of ['digestry', 'none']) {
      worker.postMessage({ serial: 1, kdf: 'bcrypt', backend, jobs: [bcryptJob(4)] });
      const { message, job } = await next();
      expect(message).toMatchObject({ kind: backend === 'none' ? 'absent' : 'hashes' });
      expect([...(job?.password ?? [])]).toEqual([0, 0, 0]);
    }
    await worker.terminate();
  });
});
