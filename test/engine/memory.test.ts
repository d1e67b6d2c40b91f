/** Memory: what computes at one time stays in its bound, and what a thread keeps counts. */
import { describe, expect, test } from 'vitest';
import { createSharedLimiter } from '../../src/engine/limiter.js';
import { MemoryBudget } from '../../src/engine/memory.js';
import { createSharedPool } from '../../src/engine/pool.js';
import type { Thread } from '../../src/engine/thread.js';
import type { ScryptJob } from '../../src/jobs.js';
import type { Backend } from '../../src/kdf/contract.js';
import type { Order } from '../../src/kdf/executor.js';
import { type Deferred, deferred, outcomes, turn } from '../support/orders.js';

const MIB = 2 ** 20;

/** Jobs of so many MiB each (`dkLen`), three of which go together. */
const backend: Backend<ScryptJob> = {
  name: 'fake',
  kind: 'lanes',
  blocking: true,
  load: () => Promise.reject(new Error('only the test computes')),
  lanes: {
    width: () => 3,
    group: ({ dkLen }) => String(dkLen),
    memoryBytes: (jobs) => jobs.reduce((sum, { dkLen }) => sum + dkLen * MIB, 0),
    load: () => Promise.reject(new Error('only the test computes')),
  },
};

function order(mib: number): Order<'scrypt'> {
  const job = { password: new Uint8Array(), salt: new Uint8Array(), N: 2, r: 1, p: 1, dkLen: mib };
  return { kdf: 'scrypt', backend, job, call: {} };
}

interface Started {
  readonly thread: number;
  readonly jobs: number;
  readonly work: Deferred<Uint8Array[]>;
}

function poolOf(count: number, maxBytes: number) {
  const started: Started[] = [];
  const closed: number[] = [];
  const thread = (index: number): Thread => ({
    run: (batch) => {
      const work = deferred<Uint8Array[]>();
      started.push({ thread: index, jobs: batch.length, work });
      return work.promise;
    },
    probe: async () => undefined,
    close: async () => {
      closed.push(index);
    },
  });
  const budget = new MemoryBudget(maxBytes);
  const shared = createSharedPool({
    threads: Array.from({ length: count }, (_, i) => thread(i)),
    fallback: thread(-1),
    budget,
  });
  const end = async (index: number): Promise<void> => {
    const { jobs, work } = started[index] as Started;
    work.resolve(Array.from({ length: jobs }, () => new Uint8Array()));
    await turn();
  };
  return { shared, budget, started, closed, end, places: () => started.map((one) => [one.thread, one.jobs]) };
}

const backlog = () => ({ waiting: 0, max: 100 });

describe('threads', () => {
  test('take no larger batches than there is memory for', async () => {
    const { shared, places, end, budget } = poolOf(2, 300 * MIB);
    const pool = shared.join(backlog());
    for (let i = 0; i < 6; i++) void pool.run(order(100));
    await turn();
    expect(places()).toEqual([[0, 3]]);
    expect(budget.heldBytes).toBe(300 * MIB);
    await end(0);
    // The other one waited for memory that the first keeps: that one has it already.
    expect(places().slice(1)).toEqual([[0, 2]]);
    expect(budget.heldBytes).toBe(300 * MIB);
  });

  test('run one job that is larger than the bound, alone', async () => {
    const { shared, places, end } = poolOf(2, 100 * MIB);
    const pool = shared.join(backlog());
    for (let i = 0; i < 2; i++) void pool.run(order(500));
    await turn();
    expect(places()).toEqual([[0, 1]]);
    await end(0);
    expect(places()).toHaveLength(2);
  });

  test('let jobs pass that need no memory, and no others', async () => {
    const { shared, places } = poolOf(3, 100 * MIB);
    const pool = shared.join(backlog());
    void pool.run(order(90));
    await turn();
    void pool.run(order(50));
    await turn();
    void pool.run(order(5));
    void pool.run(order(0));
    await turn();
    expect(places()).toHaveLength(2);
  });

  test('take what comes after a job that gave up its wait for memory', async () => {
    const { shared, places } = poolOf(3, 100 * MIB);
    const pool = shared.join(backlog());
    const controller = new AbortController();
    void pool.run(order(60));
    await turn();
    const large = { ...order(90), call: { signal: controller.signal } };
    const given = outcomes([pool.run(large)]);
    void pool.run(order(20));
    await turn();
    expect(places()).toHaveLength(1);
    controller.abort();
    await given;
    await turn();
    expect(places()).toHaveLength(2);
  });

  test('are ended for the memory that they keep, where another one needs it', async () => {
    const { shared, places, end, closed, budget } = poolOf(2, 100 * MIB);
    const pool = shared.join(backlog());
    void pool.run(order(30));
    void pool.run(order(40));
    await turn();
    await end(0);
    await end(1);
    expect(budget.heldBytes).toBe(70 * MIB);
    void pool.run(order(90));
    await turn();
    // The one with more of it grows; the other one gives back what it has.
    expect(places()[2]).toEqual([1, 1]);
    expect(closed).toEqual([0]);
    expect(budget.heldBytes).toBe(90 * MIB);
  });

  test('keep no more after jobs of a member than that one may have', async () => {
    const { shared, end, closed, budget } = poolOf(2, Number.POSITIVE_INFINITY);
    const one = shared.join(backlog(), 100 * MIB);
    void one.run(order(50));
    void one.run(order(40));
    await turn();
    await end(0);
    await end(1);
    expect(budget.heldBytes).toBe(90 * MIB);
    void one.run(order(70));
    await turn();
    expect(closed).toEqual([1]);
    expect(budget.heldBytes).toBe(70 * MIB);
  });
});

describe('jobs on threads of their own', () => {
  test('wait for memory, in their order, whoever has it', async () => {
    const budget = new MemoryBudget(100);
    const shared = createSharedLimiter(4, budget);
    const [one, other] = [shared.join(backlog()), shared.join(backlog())];
    const works: Deferred<number>[] = [];
    const start = (): Promise<number> => {
      const work = deferred<number>();
      works.push(work);
      return work.promise;
    };
    const jobs = [one.run(start, undefined, 60), other.run(start, undefined, 60), one.run(start, undefined, 10)];
    expect(works).toHaveLength(1);
    works[0]?.resolve(0);
    await turn();
    expect(works).toHaveLength(3);
    expect(budget.heldBytes).toBe(70);
    one.close();
    expect(await outcomes([jobs[2] as Promise<number>])).toEqual(['ERR_CLOSED']);
    works[1]?.resolve(1);
    expect(await jobs[1]).toBe(1);
  });

  test('begin when the one before them gives up its wait for memory', async () => {
    const lane = createSharedLimiter(4, new MemoryBudget(100)).join(backlog());
    const never = () => new Promise<number>(() => {});
    const controller = new AbortController();
    void lane.run(never, undefined, 60);
    const large = outcomes([lane.run(never, controller.signal, 60)]);
    const small = lane.run(async () => 3, undefined, 10);
    controller.abort();
    await large;
    expect(await small).toBe(3);
  });

  test('of 500 bytes run in a bound of 100, alone', async () => {
    const budget = new MemoryBudget(100);
    const lane = createSharedLimiter(4, budget).join(backlog());
    const work = deferred<number>();
    void lane.run(() => work.promise, undefined, 500);
    let begun = false;
    const next = lane.run(
      async () => {
        begun = true;
        return 2;
      },
      undefined,
      1,
    );
    expect(begun).toBe(false);
    work.resolve(1);
    expect(await next).toBe(2);
    await turn();
    expect(budget.heldBytes).toBe(0);
  });
});
