/** The simulated queue against what queueing theory knows, and against itself. */
import { describe, expect, test } from 'vitest';
import { atRate, fewestCores, largestRate, saturation } from '../../../src/capacity/plan/capacity.js';
import { poissonArrivals } from '../../../src/capacity/plan/random.js';
import { type LoginKind, type Machine, simulate, type Work } from '../../../src/capacity/plan/simulate.js';

const machine = (cores: number, rest: Partial<Machine> = {}): Machine => ({
  cores,
  threads: cores,
  nativeJobs: 3,
  maxQueue: Number.POSITIVE_INFINITY,
  ...rest,
});

function work(batchMs: readonly number[], rest: Partial<Work> = {}): Work {
  const width = batchMs.length;
  return { where: 'worker', group: 'a', flow: 'a', width, weight: 1, batchMs, callerMs: 0, crowding: 1, ...rest };
}

const kind = (...stages: [Work, ...Work[]]): LoginKind => ({ share: 1, stages });

function open(kinds: readonly LoginKind[], on: Machine, perSecond: number, logins = 200_000) {
  const shares = kinds.map(({ share }) => share);
  return simulate(kinds, on, { arrivals: poissonArrivals(perSecond, shares, logins, 1) });
}

/** Service times of an exponential distribution, by its quantiles. */
function exponential(meanMs: number): LoginKind[] {
  const parts = 500;
  return Array.from({ length: parts }, (_, i) => ({
    share: 1 / parts,
    stages: [work([-Math.log(1 - (i + 0.5) / parts) * meanMs])],
  }));
}

/** Erlang's C: the share of those who have to wait. */
function erlangC(servers: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  const busy = offered / servers;
  return blocked / (1 - busy * (1 - blocked));
}

describe('a queue without batches', () => {
  test.each([0.3, 0.7, 0.9])('of equal times waits as M/D/1 does at a load of %f', (load) => {
    const serviceMs = 10;
    const { meanMs } = open([kind(work([serviceMs]))], machine(1), (1000 * load) / serviceMs);
    const known = serviceMs + (load * serviceMs) / (2 * (1 - load));
    expect(meanMs / known).toBeCloseTo(1, 1);
  });

  test.each([
    [1, 0.6],
    [3, 0.8],
    [8, 0.85],
  ])('of exponential times waits as M/M/%i does at a load of %f', (servers, load) => {
    const meanMs = 10;
    const outcome = open(exponential(meanMs), machine(servers), (1000 * load * servers) / meanMs);
    const waitMs = (erlangC(servers, load * servers) * meanMs) / (servers * (1 - load));
    expect(outcome.meanMs / (meanMs + waitMs)).toBeCloseTo(1, 1);
    expect(outcome.coresBusy).toBeCloseTo(load, 1);
  });

  test('answers 99 of 100 as soon as M/M/1 does', () => {
    const { p99Ms, p50Ms } = open(exponential(10), machine(1), 50);
    expect(p99Ms / (-Math.log(0.01) / (0.1 - 0.05))).toBeCloseTo(1, 1);
    expect(p50Ms / (-Math.log(0.5) / (0.1 - 0.05))).toBeCloseTo(1, 1);
  });

  test('is saturated where its cores are', () => {
    expect(saturation([kind(work([10]))], machine(4))).toBeCloseTo(400, -1);
  });

  test('has no more than its cores where there are more threads', () => {
    expect(saturation([kind(work([10]))], machine(2, { threads: 6 }))).toBeCloseTo(200, -1);
  });
});

describe('batches', () => {
  const lanes = [60, 65, 75];

  test('are full where the queue is never empty', () => {
    expect(saturation([kind(work(lanes))], machine(2))).toBeCloseTo((2 * 3000) / 75, 0);
  });

  test('do not make a lone login slower', () => {
    const { p50Ms, batches } = open([kind(work(lanes))], machine(2), 0.01, 1000);
    expect(p50Ms).toBeCloseTo(60, 5);
    expect(Object.keys(batches)).toEqual(['1']);
  });

  test('carry more the wider they are, and none waits longer', () => {
    const rates = [1, 2, 3].map((width) => saturation([kind(work(lanes.slice(0, width)))], machine(2)));
    expect(rates.toSorted((a, b) => a - b)).toEqual(rates);
    const p99s = [1, 2, 3].map((width) => open([kind(work(lanes.slice(0, width)))], machine(2), 28, 20_000).p99Ms);
    expect(p99s.toSorted((a, b) => b - a)).toEqual(p99s);
  });

  test('are of one group', () => {
    const one = { share: 0.5, stages: [work(lanes)] } as const;
    const same = { share: 0.5, stages: [work(lanes)] } as const;
    const other = { share: 0.5, stages: [work(lanes, { group: 'b' })] } as const;
    const together = open([one, same], machine(1), 30, 20_000);
    const apart = open([one, other], machine(1), 30, 20_000);
    expect(apart.p50Ms).toBeGreaterThan(together.p50Ms);
  });
});

describe('logins', () => {
  test('take longer the more of them there are', () => {
    const p99s = [10, 30, 50, 70].map((rate) => open([kind(work([60, 65, 75]))], machine(2), rate, 20_000).p99Ms);
    expect(p99s.toSorted((a, b) => a - b)).toEqual(p99s);
  });

  test('fare the same in every run', () => {
    const run = () => open([kind(work([60, 65, 75]))], machine(2), 50, 5000);
    expect(run()).toEqual(run());
  });

  test('are refused where the queue is full, and count as late', () => {
    const outcome = open([kind(work([10]))], machine(1, { maxQueue: 5 }), 150, 20_000);
    expect(outcome.refused).toBeGreaterThan(0.2);
    expect(outcome.p99Ms).toBe(Number.POSITIVE_INFINITY);
    expect(outcome.p50Ms).toBeLessThanOrEqual(60.001);
    expect(outcome.mostWaiting).toBe(5);
  });

  test('of two stages take both', () => {
    const { p50Ms } = open([kind(work([10]), work([30], { group: 'b', flow: 'b' }))], machine(1), 0.1, 500);
    expect(p50Ms).toBeCloseTo(40, 5);
  });

  test('that are verified at once have the calling thread only', () => {
    const outcome = open([kind(work([2], { where: 'caller' }))], machine(4), 250, 20_000);
    expect(outcome.callerBusy).toBeCloseTo(0.5, 1);
    expect(saturation([kind(work([2], { where: 'caller' }))], machine(4))).toBeCloseTo(500, -1);
  });

  test('wait for the calling thread before and after', () => {
    const { p50Ms } = open([kind(work([10], { callerMs: 4 }))], machine(2), 0.1, 500);
    expect(p50Ms).toBeCloseTo(14, 5);
  });

  test('on libuv’s threads are so many at once', () => {
    const native = kind(work([10], { where: 'libuv' }));
    expect(saturation([native], machine(8))).toBeCloseTo(300, -1);
    expect(saturation([native], machine(8, { nativeJobs: 8 }))).toBeCloseTo(800, -1);
  });

  test('slow each other down where all cores are busy', () => {
    const crowded = kind(work([10], { crowding: 1.5 }));
    expect(saturation([crowded], machine(4))).toBeCloseTo(400 / 1.5, -1);
    expect(open([crowded], machine(4), 0.1, 500).p50Ms).toBeCloseTo(10, 5);
  });
});

describe('the largest rate in time', () => {
  const kinds = [kind(work([60, 65, 75]))];
  const on = machine(2);

  test('is in time, and one that is a little larger is not', () => {
    const found = largestRate(kinds, on, 200, saturation(kinds, on));
    expect(found?.outcome.p99Ms).toBeLessThanOrEqual(200);
    expect(atRate(kinds, on, 1.03 * (found?.perSecond ?? 0)).p99Ms).toBeGreaterThan(200);
  });

  test('grows with the time that is allowed', () => {
    const rates = [100, 200, 400].map((ms) => largestRate(kinds, on, ms, saturation(kinds, on))?.perSecond ?? 0);
    expect(rates.toSorted((a, b) => a - b)).toEqual(rates);
  });

  test('is none where a lone login is late', () => {
    expect(largestRate(kinds, on, 50, saturation(kinds, on))).toBeUndefined();
  });
});

test('the fewest cores are found among all', () => {
  for (let needed = 1; needed <= 9; needed++) {
    expect(fewestCores(8, (cores) => cores >= needed)).toBe(needed <= 8 ? needed : undefined);
  }
});

test('arrivals have the rate and the shares that were asked for', () => {
  const { atMs, kind: kinds } = poissonArrivals(40, [0.7, 0.3], 100_000, 3);
  expect((100_000 / (atMs.at(-1) ?? 0)) * 1000).toBeCloseTo(40, 0);
  expect(kinds.reduce((sum, one) => sum + one, 0) / 100_000).toBeCloseTo(0.3, 2);
  // Of an exponential distribution the deviation is the mean.
  const gaps = Array.from(atMs.subarray(1), (at, i) => at - (atMs[i] ?? 0));
  const variance = gaps.reduce((sum, gap) => sum + (gap - 25) ** 2, 0) / gaps.length;
  expect(Math.sqrt(variance) / 25).toBeCloseTo(1, 1);
});
