/** Logins that are sent: how many, in which order, and what happens where they fail or are stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Login, sendClosedLoad, sendOpenLoad } from '../../../src/capacity/plan/load.js';
import { poissonArrivals } from '../../../src/capacity/plan/random.js';

const failing = (after: number): { login: Login; asked: () => number } => {
  let asked = 0;
  return {
    login: async () => {
      await sleep(1);
      if (++asked > after) throw new Error('refused');
    },
    asked: () => asked,
  };
};

describe('an open load', () => {
  test('sends each login once, in its order and not before its time', async () => {
    const arrivals = poissonArrivals(1000, [0.5, 0.5], 50, 1);
    const asked: number[] = [];
    const from = performance.now();
    const early: number[] = [];
    const { p50Ms, p99Ms, others } = await sendOpenLoad(arrivals, async (kind) => {
      const due = arrivals.atMs[asked.length] as number;
      early.push(due - (performance.now() - from));
      asked.push(kind);
      await sleep(5);
    });
    expect(asked).toEqual([...arrivals.kind]);
    expect(Math.max(...early)).toBeLessThan(2);
    expect(p50Ms).toBeGreaterThan(2);
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    expect(others).toBeGreaterThanOrEqual(0);
  });

  test('does not wait for an answer before it sends the next', async () => {
    let [under, most] = [0, 0];
    await sendOpenLoad(poissonArrivals(10_000, [1], 30, 1), async () => {
      most = Math.max(most, ++under);
      await sleep(30);
      under--;
    });
    expect(most).toBeGreaterThan(10);
  });

  test('gives answers their turn where it is behind, and takes no login for answered before it was sent', async () => {
    let [under, most] = [0, 0];
    // Ten a millisecond are more than any timer can send apart.
    const { p50Ms } = await sendOpenLoad(poissonArrivals(10_000, [1], 300, 1), async () => {
      most = Math.max(most, ++under);
      await Promise.resolve();
      under--;
    });
    expect(most).toBe(1);
    expect(p50Ms).toBeGreaterThan(0);
  });

  test('ends with the first login that fails, also between two that are far apart', async () => {
    const { login, asked } = failing(3);
    await expect(sendOpenLoad(poissonArrivals(1000, [1], 100, 1), login)).rejects.toThrow('refused');
    expect(asked()).toBeLessThan(100);
    const far = { atMs: Float64Array.of(0, 60_000), kind: Uint16Array.of(0, 0) };
    await expect(sendOpenLoad(far, failing(0).login)).rejects.toThrow('refused');
  });

  test('ends with its signal, and stops what is under way', async () => {
    const controller = new AbortController();
    const stopped: boolean[] = [];
    const far = { atMs: Float64Array.of(0, 60_000), kind: Uint16Array.of(0, 0) };
    const ended = sendOpenLoad(
      far,
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped.push(true);
            reject(signal.reason);
          });
          controller.abort(new Error('enough'));
        }),
      controller.signal,
    );
    await expect(ended).rejects.toThrow('enough');
    expect(stopped).toEqual([true]);
    await expect(sendOpenLoad(far, async () => {}, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });
});

describe('a closed load', () => {
  test('keeps its callers busy, and counts as many logins as were asked for', async () => {
    let [under, most, asked] = [0, 0, 0];
    const { perSecond } = await sendClosedLoad({ callers: 4, count: 40, next: () => asked++ % 3 }, async (kind) => {
      expect([0, 1, 2]).toContain(kind);
      most = Math.max(most, ++under);
      await sleep(2);
      under--;
    });
    expect(most).toBe(4);
    // Three turns of each do not count, and with the last that does up to three others are under way.
    expect(asked).toBeGreaterThanOrEqual(52);
    expect(asked).toBeLessThanOrEqual(56);
    // 4 callers of 2 ms and more each.
    expect(perSecond).toBeGreaterThan(0);
    expect(perSecond).toBeLessThan(2100);
  });

  test('lets go of those that wait when the last that counts is answered', async () => {
    let left = 0;
    let asked = 0;
    await sendClosedLoad({ callers: 3, count: 1, next: () => 0 }, async (_, signal) => {
      // Three turns of each do not count; one does.
      if (asked++ < 10) return;
      await sleep(60_000, undefined, { signal }).finally(() => left++);
    });
    expect(left).toBeGreaterThan(0);
  });

  test('ends with the first login that fails, and with its signal', async () => {
    const load = { callers: 2, count: 100, next: () => 0 };
    const { login, asked } = failing(5);
    await expect(sendClosedLoad(load, login)).rejects.toThrow('refused');
    expect(asked()).toBeLessThan(10);
    const controller = new AbortController();
    const ended = sendClosedLoad(
      load,
      async (_, signal) => {
        setImmediate(() => controller.abort(new Error('enough')));
        await sleep(60_000, undefined, { signal });
      },
      controller.signal,
    );
    await expect(ended).rejects.toThrow('enough');
  });
});
