/** Where timers end with their request, no job waits for another one. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createRequestEngine } from '../../src/engine/by-request.js';
import type { Pbkdf2Job } from '../../src/jobs.js';
import type { Backend, Run } from '../../src/kdf/contract.js';

const job: Pbkdf2Job = { prf: 'sha256', password: new Uint8Array(1), salt: new Uint8Array(8), c: 3, dkLen: 32 };
/** Self-tests are not what these tests are about. */
const untested = { unsupported: (one: Pbkdf2Job) => (one.password.length > 1 ? 'other' : undefined) };

/** A backend whose jobs end when they are let go, and poll for an abort with `slice`. */
function held(blocking = true) {
  const runs: { run: Run; end: (hash: Uint8Array) => void; slice: () => void }[] = [];
  const backend: Backend<Pbkdf2Job> = {
    ...untested,
    name: 'held',
    kind: 'portable',
    blocking,
    load: async () => (_job, run) =>
      new Promise((resolve, reject) => {
        const slice = () => run.signal?.aborted && reject(run.signal.reason);
        runs.push({ run, end: resolve, slice });
      }),
  };
  const order = (signal?: AbortSignal) => ({ kdf: 'pbkdf2' as const, backend, job, call: { signal } });
  return { runs, order };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the engine of request-bound runtimes', () => {
  afterEach(() => vi.useRealTimers());

  test('begins each job at once, whatever is under way', async () => {
    const engine = createRequestEngine();
    const { runs, order } = held();
    const all = [engine.run(order()), engine.run(order()), engine.run(order())];
    await turn();
    expect(runs).toHaveLength(3);
    expect(engine.stats()).toMatchObject({ running: 3, waiting: 0, threads: 0 });
    for (const { end } of runs) end(new Uint8Array(1));
    await Promise.all(all);
    expect(engine.stats()).toMatchObject({ running: 0, batches: { 1: 3 } });
  });

  test('refuses what passes its bounds, with a code', async () => {
    const { order, runs } = held();
    const engine = createRequestEngine({ maxQueue: 1 });
    const first = engine.run(order());
    await turn();
    await expect(engine.run(order())).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
    runs[0]?.end(new Uint8Array(1));
    await first;
    const small = createRequestEngine({ maxMemoryBytes: 1 });
    const scrypt = { ...order(), kdf: 'scrypt', job: { ...job, N: 1024, r: 8, p: 1 } };
    await expect(small.run(scrypt as never)).rejects.toMatchObject({ code: 'ERR_LIMIT' });
  });

  test('no longer counts a job of a request that has ended: its code never goes on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const engine = createRequestEngine({ maxQueue: 2 });
    const { runs, order } = held();
    void engine.run(order());
    void engine.run(order());
    await turn();
    vi.advanceTimersByTime(20_000);
    runs[1]?.slice();
    vi.advanceTimersByTime(20_000);
    void engine.run(order());
    await turn();
    // The one that had a slice lately is still counted.
    expect(engine.stats().running).toBe(2);
    await expect(engine.run(order())).rejects.toMatchObject({ code: 'ERR_QUEUE_FULL' });
  });

  test('an aborted job in slices ends at its next one', async () => {
    const engine = createRequestEngine();
    const { runs, order } = held();
    const abort = new AbortController();
    const asked = engine.run(order(abort.signal));
    await turn();
    abort.abort(new Error('enough'));
    runs[0]?.slice();
    await expect(asked).rejects.toThrow('enough');
    expect(engine.stats().running).toBe(0);
  });

  test('an aborted job without slices is not waited for', async () => {
    const engine = createRequestEngine();
    const { order } = held(false);
    const abort = new AbortController();
    const asked = engine.run(order(abort.signal));
    await turn();
    abort.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  test('rejects all jobs when it is closed, and those that come later', async () => {
    const engine = createRequestEngine();
    const { runs, order } = held();
    const asked = engine.run(order());
    await turn();
    await engine.close();
    runs[0]?.slice();
    await expect(asked).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await expect(engine.run(order())).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });
});
