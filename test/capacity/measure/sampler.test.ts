/** How long is measured, by a clock that goes when it is told to. */
import { describe, expect, test } from 'vitest';
import { sampleClosedLoop } from '../../../src/capacity/measure/closed-loop.js';
import { LEAST_RUNS, type Sampling, sampleUntilStable, warmUp } from '../../../src/capacity/measure/sampler.js';

/** Runs that take what `durations` says, over and over. */
function timed(...durations: readonly number[]) {
  let now = 0;
  let runs = 0;
  return {
    clock: () => now,
    run: async () => {
      now += durations[runs++ % durations.length] as number;
    },
    runs: () => runs,
  };
}

const sample = async (run: () => Promise<unknown>, sampling: Sampling) =>
  sampleUntilStable(run, await warmUp(run, sampling), sampling);

describe('runs', () => {
  test('end when their median is known well enough', async () => {
    const { clock, run } = timed(100);
    const samples = await sample(run, { clock, targetSpread: 0.02, budgetMs: 1e6 });
    expect(samples).toEqual([100, 100, 100, 100, 100, 100]);
  });

  test('go on while they disagree, until the time is spent', async () => {
    const { clock, run } = timed(...Array.from({ length: 20 }, (_, i) => 50 + 10 * i));
    const samples = await sample(run, { clock, targetSpread: 0.02, budgetMs: 10_000 });
    const spent = samples.reduce((sum, ms) => sum + ms, 0);
    expect(spent).toBeGreaterThanOrEqual(10_000);
    expect(spent).toBeLessThan(10_400);
  });

  test('are three where even one takes longer than there is time', async () => {
    const { clock, run, runs } = timed(60_000);
    expect(await sample(run, { clock, targetSpread: 0.02, budgetMs: 1000 })).toHaveLength(LEAST_RUNS);
    // And one to warm up.
    expect(runs()).toBe(LEAST_RUNS + 1);
  });

  test('do not count before they stopped to get faster', async () => {
    let now = 0;
    let runs = 0;
    const run = async () => {
      now += runs < 8 ? 16 - runs : 1;
      runs++;
    };
    const samples = await sample(run, { clock: () => now, targetSpread: 0.02, budgetMs: 1000 });
    expect(Math.max(...samples)).toBe(1);
  });

  test('are timed by another clock than the one that ends them', async () => {
    let [wall, cpu] = [0, 0];
    const run = async () => {
      wall += 200;
      cpu += 50;
    };
    const sampling = { clock: () => wall, timer: () => cpu, targetSpread: 0, budgetMs: 800, leastRuns: 1 };
    expect(await sampleUntilStable(run, 200, sampling)).toEqual([50, 50, 50, 50]);
    expect(await sampleUntilStable(run, 200, { ...sampling, budgetMs: 1 })).toEqual([50]);
  });

  test('end with the error of a run, and with the reason of a signal', async () => {
    const settling = { clock: () => 0, targetSpread: 0.02, budgetMs: 1000 };
    const failing = sample(() => Promise.reject(new RangeError('broken')), settling);
    await expect(failing).rejects.toThrow(RangeError);
    const aborted = sample(async () => {}, { ...settling, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

/** Answers calls in batches of up to `width` on each of its threads, each batch in `batchMs`. */
function server(width: number, threads: number, batchMs: number) {
  let now = 0;
  let called = 0;
  const waiting: (() => void)[] = [];
  let scheduled = false;
  async function serve(): Promise<void> {
    while (waiting.length > 0) {
      // Threads are out of step, as they are on a machine.
      for (let thread = 0; thread < threads; thread++) {
        now += batchMs / threads;
        for (const answer of waiting.splice(0, width)) answer();
        await new Promise(setImmediate);
      }
    }
    scheduled = false;
  }
  return {
    clock: () => now,
    calls: () => called,
    call: () =>
      new Promise<void>((resolve) => {
        called++;
        waiting.push(resolve);
        if (scheduled) return;
        scheduled = true;
        setImmediate(serve);
      }),
  };
}

describe('a closed loop', () => {
  test.each([1, 2, 4])('gets what %i threads give in batches of three', async (threads) => {
    const { call, clock } = server(3, threads, 60);
    const crowded = { callers: 6 * threads, together: 3, threads, stoppable: false };
    const { msEach, latencies } = await sampleClosedLoop(call, {
      ...crowded,
      clock,
      targetSpread: 0.02,
      budgetMs: 1e6,
    });
    expect(new Set(msEach.map((ms) => ms.toFixed(6)))).toEqual(new Set([(20 / threads).toFixed(6)]));
    // Two batches wait for each thread: the one before, and one's own.
    expect(Math.max(...latencies)).toBeCloseTo(120, 6);
  });

  test('ends on the first failure, and with the reason of its signal', async () => {
    const options = {
      ...{ callers: 4, together: 1, threads: 1, stoppable: true },
      ...{ clock: () => 0, targetSpread: 0.02, budgetMs: 1000 },
    };
    let calls = 0;
    const failing = sampleClosedLoop(async () => {
      if (++calls > 10) throw new RangeError('broken');
    }, options);
    await expect(failing).rejects.toThrow(RangeError);
    const stop = new AbortController();
    const stopped = sampleClosedLoop(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { ...options, signal: stop.signal },
    );
    setImmediate(() => stop.abort(new Error('enough')));
    await expect(stopped).rejects.toThrow('enough');
  });
});
