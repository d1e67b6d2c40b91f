/** The engine where a request takes what it began along when it ends: no call depends on another one to go on. */
import { describe, expect, test } from 'vitest';
import { createRequestEngine } from '../../src/engine/by-request.js';
import type { Pbkdf2Job } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import type { Backend } from '../../src/kdf/contract.js';
import type { Order } from '../../src/kdf/executor.js';

const [nativePbkdf2] = nodeCatalogue.costly.pbkdf2 as readonly [Backend<Pbkdf2Job>, ...Backend<Pbkdf2Job>[]];
const HASH = Uint8Array.of(1, 2, 3, 4);
const never = new Promise<never>(() => {});

/** The first call of `load` or of a job may be of a request that has ended: it does not settle. */
function leavable({ leftLoads = 0, leftJobs = 0 }: { readonly leftLoads?: number; readonly leftJobs?: number }) {
  let [loads, jobs] = [0, 0];
  let [running, most] = [0, 0];
  const backend: Backend<Pbkdf2Job> = {
    name: 'leavable',
    kind: 'portable',
    blocking: true,
    async load() {
      if (loads++ < leftLoads) return never;
      const derive = await nativePbkdf2.load();
      return async (job, run) => {
        if (job.c !== 1) return derive(job, run);
        if (jobs++ < leftJobs) return never;
        most = Math.max(most, ++running);
        for (let slice = 0; slice < 5; slice++) {
          if (run.signal?.aborted) throw run.signal.reason;
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
        running--;
        return HASH;
      };
    },
  };
  const job: Pbkdf2Job = { prf: 'sha1', password: Uint8Array.of(1), salt: Uint8Array.of(2), c: 1, dkLen: 4 };
  const order = (signal?: AbortSignal): Order<'pbkdf2'> => ({ kdf: 'pbkdf2', backend, job, call: { signal } });
  return { backend, order, most: () => most };
}

describe('a call', () => {
  test('ends though the request whose job runs has ended', async () => {
    const engine = createRequestEngine();
    const { order } = leavable({ leftJobs: 1 });
    void engine.run(order());
    expect(await engine.run(order())).toEqual(HASH);
    expect(engine.stats()).toMatchObject({ running: 0, waiting: 0 });
  });

  test('ends though the request that loads the backend has ended', async () => {
    const engine = createRequestEngine();
    const { order } = leavable({ leftLoads: 1 });
    void engine.run(order());
    expect(await engine.run(order())).toEqual(HASH);
  });

  test('ends though several requests before it end one after the other', async () => {
    const engine = createRequestEngine();
    const { order } = leavable({ leftJobs: 3 });
    for (let i = 0; i < 3; i++) void engine.run(order());
    expect(await engine.run(order())).toEqual(HASH);
    expect(engine.stats()).toMatchObject({ running: 0, waiting: 0 });
  });

  test('ends though what the memory of an isolate holds was left by others', async () => {
    const engine = createRequestEngine();
    const { backend, order } = leavable({ leftJobs: 2 });
    const lanes = { width: () => 1, group: () => '', memoryBytes: () => 60 * 2 ** 20, load: () => never };
    const large = { ...order(), backend: { ...backend, lanes } };
    void engine.run(large);
    void engine.run(large);
    expect(await engine.run(large)).toEqual(HASH);
  });

  test('waits for the one before it: a second would only take memory', async () => {
    const engine = createRequestEngine();
    const { order, most } = leavable({});
    const ended = await Promise.all(Array.from({ length: 8 }, () => engine.run(order())));
    expect(ended).toEqual(Array(8).fill(HASH));
    expect(most()).toBe(1);
  });

  test('is rejected at once where the queue is full', async () => {
    const engine = createRequestEngine({ maxQueue: 1 });
    const { order } = leavable({});
    const [first, second] = [engine.run(order()), engine.run(order())];
    await expect(engine.run(order())).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
    expect(await Promise.all([first, second])).toEqual([HASH, HASH]);
  });

  test.each([
    ['that waits', 1],
    ['that runs', 0],
  ])('%s ends with the reason of its signal', async (_, before) => {
    const engine = createRequestEngine();
    const { order } = leavable({});
    const earlier = Array.from({ length: before }, () => engine.run(order()));
    const abort = new AbortController();
    const call = engine.run(order(abort.signal));
    abort.abort('left');
    await expect(call).rejects.toBe('left');
    expect(await Promise.all(earlier)).toEqual(earlier.map(() => HASH));
  });

  test('of a native backend ends at once with the reason of its signal', async () => {
    const engine = createRequestEngine();
    const { backend, order } = leavable({ leftJobs: 1 });
    const abort = new AbortController();
    const call = engine.run({ ...order(abort.signal), backend: { ...backend, blocking: false } });
    setTimeout(() => abort.abort('left'), 20);
    await expect(call).rejects.toBe('left');
    expect(await engine.run(order())).toEqual(HASH);
  });

  test('ends with ERR_CLOSED where the engine is closed', async () => {
    const engine = createRequestEngine();
    const { order } = leavable({});
    const call = engine.run(order());
    await engine.close();
    await expect(call).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await expect(engine.run(order())).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  test('over the memory of an isolate is ERR_LIMIT, and over the memory that others hold ERR_QUEUE_FULL', async () => {
    const { backend } = leavable({});
    const scrypt = (N: number): Order<'scrypt'> => ({
      kdf: 'scrypt',
      backend: backend as unknown as Order<'scrypt'>['backend'],
      job: { password: new Uint8Array(), salt: new Uint8Array(), N, r: 8, p: 1, dkLen: 4 },
      call: {},
    });
    await expect(createRequestEngine().run(scrypt(2 ** 18))).rejects.toMatchObject({ code: 'ERR_LIMIT' });
    const engine = createRequestEngine({ maxMemoryBytes: 20_000_000 });
    engine.run(scrypt(2 ** 14)).catch(() => {});
    await expect(engine.run(scrypt(2 ** 14))).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
  });
});

test('a backend that does not load is said to be absent', async () => {
  const engine = createRequestEngine();
  const { backend } = leavable({});
  const absent = { ...backend, load: () => Promise.reject(new Error('not here\nat all')) };
  expect(await engine.probe({ kdf: 'pbkdf2', backend: absent })).toBe('not here');
  expect(await engine.probe({ kdf: 'pbkdf2', backend })).toBeUndefined();
});
