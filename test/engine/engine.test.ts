/** The engine: what runs where, how many at a time, and what becomes of jobs when threads fail. */
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine, type EngineOptions, type ResourcesOptions } from '../../src/engine/engine.js';
import { countNativeJobs } from '../../src/engine/node.js';
import { CannotStart, type Thread } from '../../src/engine/thread.js';
import { createWorkerThread } from '../../src/engine/worker-thread.js';
import type { Pbkdf2Job } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import type { Backend, KernelRun } from '../../src/kdf/contract.js';
import type { Order } from '../../src/kdf/executor.js';
import { bcryptOrder, type Deferred, deferred, LONG, outcomes, turn } from '../support/orders.js';

const script = (name: string): URL => new URL(`workers/${name}.mjs`, import.meta.url);
const [nativePbkdf2] = nodeCatalogue.costly.pbkdf2 as readonly [Backend<Pbkdf2Job>, ...Backend<Pbkdf2Job>[]];

async function withEngine(
  options: EngineOptions & ResourcesOptions,
  use: (engine: Engine) => Promise<void>,
): Promise<void> {
  const engine = createEngine(options);
  try {
    await use(engine);
  } finally {
    await engine.close();
  }
}

/** PBKDF2 whose jobs the test settles; those of the self-test are answered as they should be. */
function controlled(blocking: boolean) {
  const begun: Deferred<Uint8Array>[] = [];
  const runs: KernelRun[] = [];
  const backend: Backend<Pbkdf2Job> = {
    name: 'controlled',
    kind: 'native',
    blocking,
    async load() {
      const derive = await nativePbkdf2.load();
      return (job, run) => {
        if (job.c !== 1) return derive(job, run);
        const work = deferred<Uint8Array>();
        begun.push(work);
        runs.push(run);
        return work.promise;
      };
    },
  };
  const job: Pbkdf2Job = { prf: 'sha1', password: Uint8Array.of(1), salt: Uint8Array.of(2), c: 1, dkLen: 4 };
  const order = (signal?: AbortSignal): Order<'pbkdf2'> => ({ kdf: 'pbkdf2', backend, job, call: { signal } });
  const candidate = { kdf: 'pbkdf2', backend } as const;
  return { begun, runs, order, candidate };
}

/** What waits for a task and not only for microtasks is done, too: loading, self-tests on the thread pool. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

describe('backends with threads of their own', () => {
  test.each([1, 3])('get %i jobs at a time', async (nativeWidth) => {
    await withEngine({ nativeWidth }, async (engine) => {
      const { begun, order, candidate } = controlled(false);
      expect(await engine.probe(candidate)).toBeUndefined();
      const jobs = Array.from({ length: 5 }, () => engine.run(order()));
      await turn();
      expect(begun).toHaveLength(nativeWidth);
      begun[0]?.resolve(Uint8Array.of(7));
      expect([...((await jobs[0]) ?? [])]).toEqual([7]);
      await turn();
      expect(begun).toHaveLength(nativeWidth + 1);
      const settled = outcomes(jobs.slice(1));
      await engine.close();
      expect(await settled).toEqual(Array(4).fill('ERR_CLOSED'));
    });
  });

  test.each([
    [undefined, 3],
    ['4', 3],
    ['16', 15],
    ['2', 1],
    ['1', 1],
    ['0', 1],
    ['-3', 1],
    ['many', 1],
    ['', 1],
    ['100000', 1023],
  ])('leave a thread of a pool of %s to the program: %i', (size, width) => {
    expect(countNativeJobs(size)).toBe(width);
  });

  test('do not wait for jobs without a signal', async () => {
    await withEngine({}, async (engine) => {
      const long = outcomes([engine.run(bcryptOrder(LONG))]);
      const { begun, order } = controlled(false);
      const job = engine.run(order());
      await until(() => begun.length > 0);
      begun[0]?.resolve(Uint8Array.of(7));
      expect([...(await job)]).toEqual([7]);
      await engine.close();
      expect(await long).toEqual(['ERR_CLOSED']);
    });
  });
});

describe('without another thread', () => {
  test('one job runs at a time, in order', async () => {
    await withEngine({}, async (engine) => {
      const { begun, order, candidate } = controlled(true);
      await engine.probe(candidate);
      const ended: number[] = [];
      const jobs = [0, 1, 2].map((i) => engine.run(order()).then(() => ended.push(i)));
      for (const i of [0, 1, 2]) {
        await turn();
        expect(begun).toHaveLength(i + 1);
        begun[i]?.resolve(new Uint8Array(4));
        await jobs[i];
      }
      expect(ended).toEqual([0, 1, 2]);
    });
  });

  test('a job gives the event loop its turns', async () => {
    await withEngine({}, async (engine) => {
      const controller = new AbortController();
      const long = outcomes([engine.run(bcryptOrder(LONG, controller.signal))]);
      // Each of these is a turn in the middle of the job.
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve, 1));
      controller.abort('enough');
      expect(await long).toEqual(['enough']);
      // The aborted one stops at its next slice, or this one would come after it.
      expect(await engine.run(bcryptOrder())).toHaveLength(23);
    });
  });

  test('abort halts the computation itself', async () => {
    await withEngine({}, async (engine) => {
      const { begun, runs, order } = controlled(true);
      const controller = new AbortController();
      const job = outcomes([engine.run(order(controller.signal))]);
      await until(() => begun.length > 0);
      controller.abort('enough');
      expect(await job).toEqual(['enough']);
      expect(runs[0]?.signal?.aborted).toBe(true);
      begun[0]?.reject(new Error('unheard'));
    });
  });
});

describe('with another thread', () => {
  test('jobs are answered in their order', async () => {
    await withEngine({ threads: [createWorkerThread()] }, async (engine) => {
      const order: number[] = [];
      const jobs = [6, 4, 5].map((cost) => engine.run(bcryptOrder(cost)).then(() => order.push(cost)));
      await Promise.all(jobs);
      expect(order).toEqual([6, 4, 5]);
    });
  });

  test('a job that is aborted while it runs does not delay the next ones', async () => {
    await withEngine({ threads: [createWorkerThread({ script: script('waits-at-31') })] }, async (engine) => {
      await engine.run(bcryptOrder());
      const controller = new AbortController();
      const endless = outcomes([engine.run(bcryptOrder(31, controller.signal))]);
      const behind = engine.run(bcryptOrder());
      controller.abort('enough');
      expect(await endless).toEqual(['enough']);
      expect(await behind).toHaveLength(1);
    });
  });

  test('a thread that dies in mid-job takes that job along and no other, and is replaced', async () => {
    await withEngine({ threads: [createWorkerThread({ script: script('dies-once') })] }, async (engine) => {
      const jobs = outcomes([4, 31, 5, 6].map((cost) => engine.run(bcryptOrder(cost)).then(([first]) => first)));
      // The one that died is tried once more, alone.
      expect(await jobs).toEqual([4, 'ERR_BACKEND', 5, 6]);
      expect(engine.remark?.({ blocking: true })).toBeUndefined();
    });
  });

  test('more than may wait are refused, and closing settles all the others', async () => {
    const maxQueue = 10;
    await withEngine({ maxQueue, threads: [createWorkerThread({ script: script('waits') })] }, async (engine) => {
      const jobs = outcomes(Array.from({ length: 13 }, () => engine.run(bcryptOrder())));
      await engine.close();
      // One is with the worker, ten wait.
      expect(await jobs).toEqual([...Array(11).fill('ERR_CLOSED'), 'ERR_QUEUE_FULL', 'ERR_QUEUE_FULL']);
      await expect(engine.run(bcryptOrder())).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    });
  });

  test('half of many jobs are aborted, and the other half are done', async () => {
    await withEngine({ threads: [createWorkerThread()] }, async (engine) => {
      const controller = new AbortController();
      const jobs = Array.from({ length: 200 }, (_, i) =>
        engine.run(bcryptOrder(4, i % 2 === 0 ? controller.signal : undefined)).then(({ length }) => length),
      );
      controller.abort('enough');
      expect(await outcomes(jobs)).toEqual(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 'enough' : 23)));
    });
  });
});

describe('where no thread can be started', () => {
  test.each(['cannot-start', 'absent'])('jobs run in slices on this one, and the report says so (%s)', async (name) => {
    await withEngine({ threads: [createWorkerThread({ script: script(name) })] }, async (engine) => {
      const jobs = [engine.run(bcryptOrder()), engine.run(bcryptOrder(5))];
      expect(await Promise.all(jobs)).toEqual([expect.any(Uint8Array), expect.any(Uint8Array)]);
      expect(await engine.probe(bcryptOrder())).toBeUndefined();
      expect(engine.remark?.({ blocking: true })).toEqual(expect.any(String));
      expect(engine.remark?.({ blocking: false })).toBeUndefined();
    });
  });

  test('after one that has died, the job that killed it is not run again', async () => {
    let starts = 0;
    const thread: Thread = {
      run: () =>
        Promise.reject(starts++ === 0 ? Object.assign(new Error('died'), { code: 'ERR_BACKEND' }) : new CannotStart()),
      probe: () => Promise.reject(new CannotStart()),
      close: async () => {},
    };
    await withEngine({ threads: [thread] }, async (engine) => {
      const jobs = [engine.run(bcryptOrder()), engine.run(bcryptOrder()).then(({ length }) => length)];
      expect(await outcomes(jobs)).toEqual(['ERR_BACKEND', 23]);
    });
  });
});
