/** The pool: which jobs go together, whose turn it is, and what becomes of them. Its threads are the test's. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Backlog } from '../../src/engine/limiter.js';
import { createPool } from '../../src/engine/pool.js';
import type { Pool } from '../../src/engine/pool-contract.js';
import type { StopSignal } from '../../src/engine/stop.js';
import { type Batch, CannotStart, type Thread, ThreadDied } from '../../src/engine/thread.js';
import type { BcryptJob } from '../../src/jobs.js';
import type { Backend } from '../../src/kdf/contract.js';
import { NoThread, type Order, type Priority } from '../../src/kdf/executor.js';
import { bcryptJob, type Deferred, deferred, outcomes, turn } from '../support/orders.js';

const WIDTH = 3;

/** Lanes for jobs of one cost; nothing is derived. */
const backend: Backend<BcryptJob> = {
  name: 'fake',
  kind: 'lanes',
  blocking: true,
  load: () => Promise.reject(new Error('only the test computes')),
  lanes: {
    width: () => WIDTH,
    group: ({ cost }) => String(cost),
    load: () => Promise.reject(new Error('only the test computes')),
  },
};
const { lanes: _, ...single } = backend;

interface Started {
  readonly thread: number;
  readonly costs: readonly number[];
  readonly halt: StopSignal;
  readonly work: Deferred<Uint8Array[]>;
}

/** Threads whose batches the test ends; `fails` is what the next batches are answered with, in turn. */
class Threads {
  readonly started: Started[] = [];
  readonly probes: Deferred<string | undefined>[] = [];
  readonly closed: number[] = [];
  readonly all: Thread[];
  readonly fallback: Thread;
  /** The one that is running; absent where all always are. */
  alive: number | undefined;

  constructor(count: number) {
    this.all = Array.from({ length: count }, (_, index) => this.#thread(index));
    this.fallback = this.#thread(-1);
  }

  #thread(thread: number): Thread {
    const isAlive = () => (this.alive === undefined ? undefined : this.alive === thread) as boolean;
    return {
      get isAlive() {
        return isAlive();
      },
      run: (batch, halt) => {
        const work = deferred<Uint8Array[]>();
        const jobs = (batch as unknown as Batch<'bcrypt'>).map(({ job }) => job);
        this.started.push({ thread, costs: jobs.map(({ cost }) => cost), halt, work });
        return work.promise;
      },
      probe: () => {
        const probe = deferred<string | undefined>();
        this.probes.push(probe);
        return probe.promise;
      },
      close: async () => {
        this.closed.push(thread);
      },
    };
  }

  get costs(): readonly (readonly number[])[] {
    return this.started.map(({ costs }) => costs);
  }

  /** Each job is answered with its cost; the clock goes on by what the batch took. */
  async end(batch: number, durationMs = 0): Promise<void> {
    const { work, costs } = this.started[batch] as Started;
    vi.advanceTimersByTime(durationMs);
    work.resolve(costs.map((cost) => Uint8Array.of(cost)));
    await turn();
  }

  async fail(batch: number, error: unknown): Promise<void> {
    this.started[batch]?.work.reject(error);
    await turn();
  }
}

function poolOf(threadCount: number, max = 100) {
  const backlog: Backlog = { waiting: 0, max };
  const threads = new Threads(threadCount);
  const pool = createPool(threads.all, threads.fallback, backlog);
  const order = (cost: number, call: Order['call'] = {}): Order<'bcrypt'> => ({
    kdf: 'bcrypt',
    backend,
    job: bcryptJob(cost),
    call,
  });
  const run = (cost: number, call?: Order['call']): Promise<number> => {
    const hash = pool.run(order(cost, call)).then(([first]) => first as number);
    // A rejection that the test looks at later is handled by then.
    hash.catch(() => {});
    return hash;
  };
  const times = (count: number, cost: number, call?: Order['call']): Promise<number>[] =>
    Array.from({ length: count }, () => run(cost, call));
  return { backlog, threads, pool, order, run, times };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a batch', () => {
  test('of one job starts at once where a thread is free', async () => {
    const { threads, run } = poolOf(1);
    const job = run(10);
    await turn();
    expect(threads.costs).toEqual([[10]]);
    await threads.end(0);
    expect(await job).toBe(10);
  });

  test('fills the lanes with what waits, and takes no more', async () => {
    const { threads, times } = poolOf(1);
    const jobs = times(8, 10);
    await turn();
    for (let batch = 0; batch < 3; batch++) await threads.end(batch);
    expect(threads.costs).toEqual([
      [10, 10, 10],
      [10, 10, 10],
      [10, 10],
    ]);
    expect(await Promise.all(jobs)).toEqual(Array(8).fill(10));
  });

  test('is of one group: jobs that cannot go together do not', async () => {
    const { threads, run } = poolOf(1);
    for (const cost of [10, 11, 10, 11, 10]) run(cost);
    await turn();
    await threads.end(0);
    await threads.end(1);
    expect(threads.costs).toEqual([
      [10, 10, 10],
      [11, 11],
    ]);
  });

  test('is of one priority', async () => {
    const { threads, run } = poolOf(1);
    for (const priority of ['normal', 'high', 'normal'] as const) run(10, { priority });
    await turn();
    await threads.end(0);
    expect(threads.costs).toEqual([[10], [10, 10]]);
  });

  test('is of one job where the backend has no lanes', async () => {
    const { threads, pool, order } = poolOf(1);
    const jobs = [10, 10].map((cost) => pool.run({ ...order(cost), backend: single }));
    await turn();
    await threads.end(0);
    await threads.end(1);
    expect(threads.costs).toEqual([[10], [10]]);
    expect(await Promise.all(jobs)).toHaveLength(2);
  });

  test('leaves some for the other free threads, where jobs come together', async () => {
    const { threads, times } = poolOf(4);
    times(6, 10);
    await turn();
    expect(threads.started.map(({ thread, costs }) => [thread, costs.length])).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
  });

  test('answers each job with its own hash', async () => {
    const { threads, times } = poolOf(1);
    const jobs = times(3, 10);
    await turn();
    threads.started[0]?.work.resolve([1, 2, 3].map((value) => Uint8Array.of(value)));
    expect(await Promise.all(jobs)).toEqual([1, 2, 3]);
  });

  test('whose backend fails rejects its jobs, and the next ones start', async () => {
    const { threads, run, times } = poolOf(1);
    const jobs = [...times(3, 10), run(11)];
    await turn();
    await threads.fail(0, 'no luck');
    await threads.end(1);
    expect(await outcomes(jobs)).toEqual(['no luck', 'no luck', 'no luck', 11]);
  });
});

describe('turns', () => {
  /** How many batches of each cost were started, up to some number of batches of one thread. */
  async function shares(
    { threads }: Pick<ReturnType<typeof poolOf>, 'threads'>,
    durations: Readonly<Record<number, number>>,
    upTo: number,
    after: (cost: number) => void = () => {},
  ): Promise<number[]> {
    for (let batch = 0; batch < upTo; batch++) {
      const cost = threads.started[batch]?.costs[0] as number;
      await threads.end(batch, durations[cost]);
      after(cost);
      await turn();
    }
    return threads.started.slice(0, upTo).map(({ costs }) => costs[0] as number);
  }
  const count = (costs: readonly number[], cost: number): number => costs.filter((one) => one === cost).length;

  test('go by time: a hundred cheap jobs do not wait for a hundred costly ones', async () => {
    const one = poolOf(1, 1000);
    one.times(300, 14);
    one.times(300, 4);
    await turn();
    // In the time of two of the costly batches, all cheap ones have gone.
    const costs = await shares(one, { 14: 1000, 4: 1 }, 104);
    expect(count(costs, 4)).toBe(100);
  });

  test('share the time evenly, also where one has only one job waiting', async () => {
    const one = poolOf(1, 1000);
    one.times(600, 4);
    const next = (cost: number) => void (cost === 14 && one.run(14));
    one.run(14);
    await turn();
    const costs = await shares(one, { 14: 100, 4: 1 }, 150, next);
    // A hundred of one for one of the other, but for the first guess.
    expect(count(costs, 14)).toBeLessThanOrEqual(4);
    expect(count(costs, 14)).toBeGreaterThanOrEqual(1);
  });

  test('run a costly job among endless cheap ones', async () => {
    const one = poolOf(1, 1000);
    const next = (cost: number) => void (cost === 4 && one.times(3, 4));
    one.times(9, 4);
    await turn();
    one.run(14);
    const costs = await shares(one, { 14: 1000, 4: 1 }, 30, next);
    expect(count(costs, 14)).toBe(1);
  });

  test('come round for each group where there are always new ones of about its cost', async () => {
    const one = poolOf(1, 1000);
    const groups = ({ cost }: BcryptJob): string => `${cost} ${serial++}`;
    let serial = 0;
    const unlike = {
      ...backend,
      lanes: { ...(backend.lanes as NonNullable<Backend<BcryptJob>['lanes']>), group: groups },
    };
    const another = () => void one.pool.run({ ...one.order(9), backend: unlike }).catch(() => {});
    for (let i = 0; i < 3; i++) another();
    one.times(2 * WIDTH, 10);
    await turn();
    const costs = await shares(one, { 9: 10, 10: 10 }, 12, another);
    expect(count(costs, 10)).toBe(2);
    await one.pool.close();
  });

  test('go round among groups of one flow', async () => {
    const one = poolOf(1, 1000);
    const odd: Backend<BcryptJob> = {
      ...backend,
      lanes: {
        ...(backend.lanes as NonNullable<Backend<BcryptJob>['lanes']>),
        group: ({ password }) => `${password.length}`,
      },
    };
    const lengths: number[] = [];
    const runOf = (length: number) => {
      const job = { ...bcryptJob(10), password: new Uint8Array(length) };
      one.pool.run({ ...one.order(10), backend: odd, job }).then(
        () => lengths.push(length),
        () => {},
      );
    };
    for (let i = 0; i < 9; i++) runOf(1);
    for (let i = 0; i < 9; i++) runOf(2);
    await turn();
    for (let batch = 0; batch < 6; batch++) await one.threads.end(batch, 10);
    expect(lengths.filter((_, index) => index % WIDTH === 0)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  test('owe nothing for the time that nobody else wanted', async () => {
    const one = poolOf(1, 1000);
    // A whole hour of the one, and the other came once at its beginning.
    one.run(4);
    await turn();
    await one.threads.end(0, 1);
    for (let batch = 1; batch <= 36; batch++) {
      one.run(14);
      await turn();
      await one.threads.end(batch, 100_000);
    }
    // A job under way, so that all of these wait for their turn.
    one.run(5);
    await turn();
    one.times(30, 4);
    one.times(30, 14);
    for (let batch = 37; batch < 39; batch++) await one.threads.end(batch, 1);
    expect(one.threads.costs.slice(38, 40).map(([cost]) => cost)).toContain(14);
  });

  test('come sooner for a high priority, and still come for a low one', async () => {
    const one = poolOf(1, 1000);
    const started: Priority[] = [];
    const always = (priority: Priority) => {
      const job = one.pool.run(one.order(10, { priority }));
      job.then(
        () => {
          started.push(priority);
          always(priority);
        },
        () => {},
      );
    };
    for (const priority of ['low', 'normal', 'high'] as const) for (let i = 0; i < 2 * WIDTH; i++) always(priority);
    await turn();
    for (let batch = 0; batch < 63; batch++) await one.threads.end(batch, 10);
    const share = (priority: Priority) => started.filter((some) => some === priority).length / WIDTH;
    // By their weights: sixteen, four and one of twenty-one.
    expect(share('high')).toBeGreaterThan(3 * share('normal'));
    expect(share('normal')).toBeGreaterThan(2.5 * share('low'));
    expect(share('low')).toBeGreaterThanOrEqual(2);
    await one.pool.close();
  });

  test('are the highest priority’s where all come at once', async () => {
    const { threads, run } = poolOf(1);
    const answered: string[] = [];
    for (const priority of ['low', 'normal', 'high'] as const)
      run(10, { priority }).then(() => answered.push(priority));
    await turn();
    for (let batch = 0; batch < 3; batch++) await threads.end(batch, 10);
    expect(answered).toEqual(['high', 'normal', 'low']);
  });
});

describe('an abort', () => {
  test('takes a waiting job out, and no other', async () => {
    const { threads, backlog, run, times } = poolOf(1);
    const controller = new AbortController();
    run(9);
    await turn();
    const jobs = [...times(2, 10), run(10, { signal: controller.signal }), run(10)];
    controller.abort('enough');
    expect(backlog.waiting).toBe(3);
    await threads.end(0);
    expect(threads.costs).toEqual([[9], [10, 10, 10]]);
    await threads.end(1);
    expect(await outcomes(jobs)).toEqual([10, 10, 'enough', 10]);
  });

  test('of one in a batch answers it at once, and the others go on', async () => {
    const { threads, run } = poolOf(1);
    const controller = new AbortController();
    const jobs = [run(10), run(10, { signal: controller.signal }), run(10)];
    await turn();
    controller.abort('enough');
    expect(await outcomes(jobs.slice(1, 2))).toEqual(['enough']);
    expect(threads.started[0]?.halt.aborted).toBe(false);
    await threads.end(0);
    expect(await outcomes(jobs)).toEqual([10, 'enough', 10]);
  });

  test('of all in a batch halts it; its thread is free when it has stopped', async () => {
    const { threads, run } = poolOf(1);
    const [one, two] = [new AbortController(), new AbortController()];
    const jobs = [run(10, { signal: one.signal }), run(10, { signal: two.signal }), run(10, { signal: one.signal })];
    await turn();
    const behind = run(11);
    one.abort('first');
    expect(threads.started[0]?.halt.aborted).toBe(false);
    two.abort('second');
    expect(threads.started[0]?.halt.aborted).toBe(true);
    expect(await outcomes(jobs)).toEqual(['first', 'second', 'first']);
    expect(threads.costs).toEqual([[10, 10, 10]]);
    await threads.fail(0, threads.started[0]?.halt.reason);
    await threads.end(1);
    expect(await behind).toBe(11);
  });

  test('before the call starts nothing', async () => {
    const { threads, run } = poolOf(1);
    await expect(run(10, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    await turn();
    expect(threads.started).toEqual([]);
  });

  test('of a job that waits for its second try leaves it at that', async () => {
    const { threads, run } = poolOf(1);
    const controller = new AbortController();
    const jobs = [run(10, { signal: controller.signal }), run(10)];
    await turn();
    await threads.fail(0, new ThreadDied());
    // The other one is under way; this one would be next, alone.
    expect(threads.costs.at(-1)).toEqual([10]);
    controller.abort('enough');
    await threads.end(1);
    await threads.end(Math.min(2, threads.started.length - 1));
    expect(await outcomes(jobs)).toEqual(['enough', 10]);
  });
});

describe('a thread that dies', () => {
  test('has its jobs tried once more, each alone', async () => {
    const { threads, times } = poolOf(1);
    const jobs = times(3, 10);
    await turn();
    await threads.fail(0, new ThreadDied());
    for (const batch of [1, 2, 3]) await threads.end(batch);
    expect(threads.costs).toEqual([[10, 10, 10], [10], [10], [10]]);
    expect(await outcomes(jobs)).toEqual([10, 10, 10]);
  });

  test('a second time with the same job: ERR_BACKEND for that one, and the others of its batch are done', async () => {
    const { threads, times, backlog } = poolOf(1);
    const jobs = times(3, 10);
    await turn();
    await threads.fail(0, new ThreadDied());
    await threads.end(1);
    await threads.fail(2, new ThreadDied());
    await threads.end(3);
    expect(await outcomes(jobs)).toEqual([10, 'ERR_BACKEND', 10]);
    expect(backlog.waiting).toBe(0);
    expect(threads.started).toHaveLength(4);
  });

  test('does not take those along that came later', async () => {
    const { threads, run } = poolOf(1);
    const first = run(10);
    await turn();
    const later = [run(10), run(10)];
    await threads.fail(0, new ThreadDied());
    for (let batch = 1; batch < threads.started.length; batch++) await threads.end(batch);
    expect(await outcomes([first, ...later])).toEqual([10, 10, 10]);
    expect(
      threads.costs
        .slice(1)
        .map(({ length }) => length)
        .sort(),
    ).toEqual([1, 2]);
  });
});

describe('a thread that ends before it answers', () => {
  const stillborn = () => new ThreadDied('gone', { isFresh: true });

  test('three times in a row: the calling thread takes over, and the job is done', async () => {
    const { threads, pool, run } = poolOf(1);
    const job = run(10);
    await turn();
    for (const batch of [0, 1, 2]) await threads.fail(batch, stillborn());
    await threads.end(3);
    expect(await job).toBe(10);
    expect(threads.started.map(({ thread }) => thread)).toEqual([0, 0, 0, -1]);
    expect(pool.stats().threads).toBe(0);
    expect(pool.remark()).toBeTypeOf('string');
  });

  test('again after a minute: once is enough', async () => {
    const { threads, run } = poolOf(1);
    const first = run(10);
    await turn();
    for (const batch of [0, 1, 2]) await threads.fail(batch, stillborn());
    await threads.end(3);
    expect(await first).toBe(10);
    vi.advanceTimersByTime(61_000);
    const second = run(11);
    await turn();
    await threads.fail(4, stillborn());
    await threads.end(5);
    expect(await second).toBe(11);
    expect(threads.started.map(({ thread }) => thread)).toEqual([0, 0, 0, -1, 0, -1]);
  });

  test('is not held against threads that answered since', async () => {
    const { threads, pool, run } = poolOf(1);
    for (const round of [0, 1, 2, 3]) {
      const job = run(10);
      await turn();
      await threads.fail(2 * round, stillborn());
      await threads.end(2 * round + 1);
      expect(await job).toBe(10);
    }
    expect(pool.stats().threads).toBe(1);
  });

  test('of one job, where threads have answered: that job is ERR_BACKEND, and comes to no other thread', async () => {
    const { threads, pool, run } = poolOf(1);
    const good = run(10);
    await turn();
    await threads.end(0);
    const bad = run(11);
    await turn();
    await threads.fail(1, stillborn());
    await threads.fail(2, stillborn());
    expect(await outcomes([good, bad])).toEqual([10, 'ERR_BACKEND']);
    expect(threads.started).toHaveLength(3);
    expect(pool.stats().threads).toBe(1);
  });

  test('takes those along that would have to be started, and leaves one that works', async () => {
    const { threads, pool, run } = poolOf(3);
    threads.alive = 0;
    const jobs = [run(10), run(11)];
    await turn();
    for (const batch of [1, 2, 3]) await threads.fail(batch, stillborn());
    expect(pool.stats().threads).toBe(1);
    await threads.end(0);
    await threads.end(4);
    expect(await Promise.all(jobs)).toEqual([10, 11]);
    expect(threads.started.at(-1)?.thread).toBe(0);
    expect(pool.remark()).toBeUndefined();
  });

  test('at a question: it goes to the calling thread', async () => {
    const { threads, pool, order } = poolOf(1);
    const asked = pool.probe(order(10));
    await turn();
    for (const probe of [0, 1, 2]) {
      threads.probes[probe]?.reject(stillborn());
      await turn();
    }
    threads.probes[3]?.resolve('none');
    expect(await asked).toBe('none');
    expect(pool.stats().threads).toBe(0);
  });
});

describe('a thread that cannot start', () => {
  test('leaves its jobs and all later ones to the others', async () => {
    const { threads, pool, times } = poolOf(2);
    const jobs = times(2, 10);
    await turn();
    await threads.fail(0, new CannotStart('no room'));
    await threads.end(1);
    await threads.end(2);
    jobs.push(...times(2, 10));
    await turn();
    await threads.end(3);
    expect(await Promise.all(jobs)).toEqual([10, 10, 10, 10]);
    expect(threads.started.map(({ thread }) => thread)).toEqual([0, 1, 1, 1]);
    expect(pool.stats().threads).toBe(1);
    expect(pool.remark()).toBeUndefined();
  });

  test('like all others: the calling thread takes over, and the pool says why', async () => {
    const { threads, pool, times } = poolOf(2);
    const jobs = times(4, 10);
    await turn();
    await threads.fail(0, new CannotStart('no room'));
    await threads.fail(1, new CannotStart('no room here either'));
    for (let batch = 2; batch < threads.started.length; batch++) await threads.end(batch);
    expect(await Promise.all(jobs)).toEqual([10, 10, 10, 10]);
    expect(threads.started.map(({ thread }) => thread)).toEqual([0, 1, -1, -1]);
    expect(pool.remark()).toBe('no room here either');
  });
});

describe('where no thread could be started', () => {
  test('threads are tried again after a minute, and less and less often', async () => {
    const { threads, pool, run } = poolOf(1);
    const attempt = async (ms: number): Promise<number | undefined> => {
      vi.advanceTimersByTime(ms);
      const before = threads.started.length;
      const job = run(10);
      await turn();
      const first = threads.started[before]?.thread;
      if (first === 0) await threads.fail(before, new CannotStart('no room'));
      await threads.end(threads.started.length - 1);
      await job;
      return first;
    };
    expect(await attempt(0)).toBe(0);
    expect(await attempt(59_000)).toBe(-1);
    expect(await attempt(2000)).toBe(0);
    expect(await attempt(61_000)).toBe(-1);
    expect(await attempt(60_000)).toBe(0);
    vi.advanceTimersByTime(1_000_000);
    const job = run(10);
    await turn();
    expect(threads.started.at(-1)?.thread).toBe(0);
    await threads.end(threads.started.length - 1);
    expect(await job).toBe(10);
    expect(pool.remark()).toBeUndefined();
    expect(pool.stats().threads).toBe(1);
  });

  test('one of several is tried again as well, and the others keep what they have', async () => {
    const { threads, pool, run } = poolOf(2);
    const jobs = [run(10), run(11)];
    await turn();
    await threads.fail(0, new CannotStart('no room'));
    await threads.end(1);
    await threads.end(2);
    expect(await Promise.all(jobs)).toEqual([10, 11]);
    expect(pool.stats().threads).toBe(1);
    vi.advanceTimersByTime(61_000);
    const more = [run(10), run(11)];
    await turn();
    expect(pool.stats()).toMatchObject({ threads: 2, running: 2 });
    for (let batch = 3; batch < threads.started.length; batch++) await threads.end(batch);
    expect(await Promise.all(more)).toEqual([10, 11]);
  });

  test('what has no slices is refused at once, and what waits with it', async () => {
    const { threads, pool, order, run } = poolOf(1);
    const unsliced = (cost: number) => pool.run({ ...order(cost), backend: { ...backend, threadOnly: true } });
    const jobs = [unsliced(10), unsliced(11)].map((job) => job.catch((error: unknown) => error));
    const sliced = run(12);
    await turn();
    await threads.fail(0, new CannotStart('no room'));
    for (const job of jobs) expect(await job).toBeInstanceOf(NoThread);
    expect(await unsliced(13).catch((error: unknown) => error)).toBeInstanceOf(NoThread);
    await threads.end(threads.started.length - 1);
    expect(await sliced).toBe(12);
    expect(threads.started.map(({ thread }) => thread)).toEqual([0, -1]);
  });
});

describe('the bound', () => {
  test('counts the waiting jobs, without those that free threads take at once', async () => {
    const { backlog, run, times, threads } = poolOf(1, 2);
    const jobs = times(4, 10);
    expect(await outcomes(jobs.slice(3))).toEqual(['ERR_QUEUE_FULL']);
    await turn();
    // The lanes took all three.
    expect(backlog.waiting).toBe(0);
    jobs.push(...times(3, 11));
    expect(backlog.waiting).toBe(2);
    await expect(jobs[6]).rejects.toMatchObject({ limit: { param: 'maxQueue', max: 2, actual: 3 } });
    await threads.end(0);
    jobs.push(run(12));
    expect(backlog.waiting).toBe(1);
  });

  test('is never negative, however the jobs end', async () => {
    const { backlog, threads, run, times, pool } = poolOf(2, 1000);
    const controller = new AbortController();
    const seen: number[] = [];
    const jobs: Promise<number>[] = [];
    for (let i = 0; i < 60; i++) {
      jobs.push(run(4 + (i % 3), i % 2 ? { signal: controller.signal } : {}), ...times(i % 4, 7));
      if (i === 30) controller.abort('enough');
      await turn();
      const last = threads.started.length - 1;
      const error = [new ThreadDied(), 'no luck', undefined][i % 3];
      if (error === undefined) await threads.end(last);
      else await threads.fail(last, error);
      seen.push(backlog.waiting);
    }
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeGreaterThan(0);
    await pool.close();
    expect(backlog.waiting).toBe(0);
    expect(await outcomes(jobs)).toHaveLength(jobs.length);
  });
});

describe('closing', () => {
  test('settles what waits, what runs and what is asked, and ends every thread', async () => {
    const { threads, pool, order, times, backlog } = poolOf(2);
    const jobs = times(10, 10);
    await turn();
    const asked = pool.probe(order(10));
    const closing = pool.close();
    expect(await outcomes([...jobs, asked])).toEqual(Array(11).fill('ERR_CLOSED'));
    await closing;
    expect(threads.closed.sort()).toEqual([-1, 0, 1]);
    expect(backlog.waiting).toBe(0);
    expect(threads.started.map(({ halt }) => halt.aborted)).toEqual([true, true]);
    // What the threads say now is heard by nobody, and starts nothing.
    await threads.fail(0, new ThreadDied());
    await threads.end(1);
    expect(threads.started).toHaveLength(2);
    expect(threads.probes).toHaveLength(0);
  });

  test('refuses what comes later', async () => {
    const { pool, order, run } = poolOf(1);
    await pool.close();
    expect(await outcomes([run(10), pool.probe(order(10))])).toEqual(['ERR_CLOSED', 'ERR_CLOSED']);
  });

  test('in the moment before jobs are given out gives none out', async () => {
    const { threads, pool, run } = poolOf(1);
    const job = run(10);
    await pool.close();
    expect(await outcomes([job])).toEqual(['ERR_CLOSED']);
    await turn();
    expect(threads.started).toEqual([]);
  });

  test('halts the computation on the calling thread, where there is no other', async () => {
    const { threads, pool, run } = poolOf(0);
    const job = outcomes([run(10)]);
    await turn();
    expect(threads.started[0]?.thread).toBe(-1);
    await pool.close();
    expect(threads.started[0]?.halt.aborted).toBe(true);
    expect(await job).toEqual(['ERR_CLOSED']);
  });
});

describe('a question about a backend', () => {
  test('is answered by a thread that is free, before the jobs that wait', async () => {
    const { threads, pool, order, run } = poolOf(1);
    run(10);
    await turn();
    run(11);
    const answer = pool.probe(order(10));
    await turn();
    expect(threads.probes).toHaveLength(0);
    await threads.end(0);
    expect([threads.probes.length, threads.started.length]).toEqual([1, 1]);
    threads.probes[0]?.resolve('not here');
    expect(await answer).toBe('not here');
    await turn();
    expect(threads.costs).toEqual([[10], [11]]);
  });

  test('is put once more where the thread dies of it, and then it is ERR_BACKEND', async () => {
    const { threads, pool, order } = poolOf(1);
    const answers = outcomes([pool.probe(order(10)), pool.probe(order(11))]);
    await turn();
    threads.probes[0]?.reject(new ThreadDied());
    await turn();
    threads.probes[1]?.reject(new ThreadDied());
    await turn();
    threads.probes[2]?.resolve(undefined);
    expect(await answers).toEqual(['ERR_BACKEND', undefined]);
  });

  test('goes to the calling thread where no other one starts', async () => {
    const { threads, pool, order } = poolOf(1);
    const answer = pool.probe(order(10));
    await turn();
    threads.probes[0]?.reject(new CannotStart('no room'));
    await turn();
    threads.probes[1]?.resolve(undefined);
    expect(await answer).toBeUndefined();
    expect(pool.remark()).toBe('no room');
  });
});

test('The numbers of a pool: threads, jobs under way, batches by their size', async () => {
  const { threads, pool, times } = poolOf(2);
  const numbers = (): ReturnType<Pool['stats']> => pool.stats();
  expect(numbers()).toEqual({ threads: 2, started: 0, running: 0, batches: {} });
  times(8, 10);
  await turn();
  expect(numbers()).toEqual({ threads: 2, started: 0, running: 6, batches: { 3: 2 } });
  await threads.end(0);
  expect(numbers()).toEqual({ threads: 2, started: 0, running: 5, batches: { 2: 1, 3: 2 } });
  await threads.end(1);
  await threads.end(2);
  expect(numbers()).toEqual({ threads: 2, started: 0, running: 0, batches: { 2: 1, 3: 2 } });
});
