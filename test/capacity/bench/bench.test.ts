/** A whole bench on a machine whose clock goes when it is told to. */
import { describe, expect, test } from 'vitest';
import { bench } from '../../../src/capacity/bench/bench.js';
import { budgetFor } from '../../../src/capacity/bench/budget.js';
import { selectCases } from '../../../src/capacity/bench/cases.js';
import { DigestError } from '../../../src/index.js';
import { fakeMachine } from './subjects.js';

const options = { digestry: '1.2.3', threads: 2 };

describe('a report', () => {
  test('has each case, alone, in a batch, and with all threads', async () => {
    const { create, meters, made, closed } = fakeMachine({ ms: 10 });
    const cases = selectCases({ hashers: ['bcrypt', 'md5'] });
    const report = await bench({ ...options, cases, create, meters });
    expect(report).toMatchObject({
      digestry: '1.2.3',
      noise: { noisy: false, spread: 0, referenceMs: 5 },
      skipped: [],
    });
    expect(report.results.map(({ label }) => label)).toEqual(['bcrypt cost=10', 'bcrypt cost=12', 'md5']);
    const [bcrypt, , md5] = report.results;
    expect(bcrypt).toMatchObject({
      ...{ hasher: 'bcrypt', params: { variant: '2b', cost: 10 }, backend: 'auto', kdf: 'bcrypt' },
      cost: { work: 1024, memoryBytes: 4168 },
      alone: { medianMs: 10, p95Ms: 10, p99Ms: 10, spread: 0 },
      batch: { perSecond: 100, msEach: 10, spread: 0 },
      allCores: { threads: 2, perSecond: 200 },
    });
    expect(bcrypt?.batch.byLanes.map(({ lanes }) => lanes)).toEqual([1, 2, 3]);
    expect(md5?.batch.byLanes.map(({ lanes }) => lanes)).toEqual([1]);
    expect(bcrypt?.allCores.byThreads).toEqual([
      { threads: 1, perSecond: 100 },
      { threads: 2, perSecond: 200 },
    ]);
    expect(bcrypt?.allCores.byCallers.map(({ callers }) => callers)).toEqual([1, 2, 4, 8, 12]);
    expect(bcrypt?.memory.peakRssBytes).toBeGreaterThan(1e6);
    expect(md5).toMatchObject({ kdf: 'hash', allCores: { threads: 1, byThreads: [{ threads: 1 }] } });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect([made, closed.sort()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('measures one derivation once, and says where its numbers are from', async () => {
    const { create, meters } = fakeMachine();
    const cases = selectCases({ hashers: ['bcrypt', 'bcrypt_peppered'], params: [{ cost: 12 }] });
    const { results } = await bench({ ...options, cases, create, meters });
    const [own, same] = results;
    expect(own?.measuredAs).toBeUndefined();
    expect(same).toMatchObject({ hasher: 'bcrypt_peppered', measuredAs: 'bcrypt cost=12', alone: own?.alone });
  });

  test('takes seconds of one hasher, under two minutes of all, and as much for each backend', () => {
    expect(budgetFor(selectCases({ hashers: ['bcrypt'] }))).toBe(10_000);
    expect(budgetFor(selectCases({}))).toBeLessThan(100_000);
    expect(budgetFor(selectCases({ backend: 'all' }))).toBeGreaterThan(2 * budgetFor(selectCases({})));
  });

  test('fits the time that it is given, in which a costly case gets more than a cheap one', async () => {
    const { create, meters } = fakeMachine({ ms: 50, loopMs: [5, 6, 7] });
    const cases = selectCases({ hashers: ['bcrypt'], params: [{ cost: 4 }, { cost: 5 }, { cost: 6 }] });
    const since = meters.clock();
    await bench({ ...options, cases, create, meters, budgetMs: 30_000, targetSpread: -1 });
    const spent = meters.clock() - since;
    expect(spent).toBeGreaterThan(15_000);
    expect(spent).toBeLessThan(36_000);
  });
});

describe('what fails', () => {
  const cases = selectCases({ hashers: ['bcrypt', 'phpass', 'awscognito'] });

  test('is left out with its reason: a right password refused, a wrong one taken, a backend absent', async () => {
    const faults = {
      refuses: { outcome: 'mismatch' },
      takes: { outcome: 'match', rehash: [] },
      absent: { outcome: 'rejected', error: new DigestError('ERR_BACKEND', 'no backend of bcrypt can do this here') },
    } as const;
    const reasons: string[] = [];
    for (const fault of Object.values(faults)) {
      const { create, meters } = fakeMachine({ answer: (hasher) => (hasher === 'bcrypt' ? fault : undefined) });
      const { results, skipped } = await bench({ ...options, cases, create, meters });
      expect(results.map(({ hasher }) => hasher)).toEqual(['phpass', 'phpass']);
      expect(skipped.map(({ label }) => label)).toEqual(['awscognito', 'bcrypt cost=10', 'bcrypt cost=12']);
      reasons.push(skipped[1]?.reason ?? '');
    }
    expect(reasons).toEqual([
      'its self-test failed: it refused the right password',
      'its self-test failed: it took a wrong password',
      'no backend of bcrypt can do this here',
    ]);
  });

  test('in the middle of a measurement is left out too', async () => {
    let asked = 0;
    const { create, meters } = fakeMachine({
      answer: (hasher) => (hasher === 'bcrypt' && ++asked > 8 ? { outcome: 'mismatch' } : undefined),
    });
    const { results, skipped } = await bench({ ...options, cases, create, meters });
    expect(results.map(({ hasher }) => hasher)).toEqual(['phpass', 'phpass']);
    expect(skipped[1]?.reason).toBe('it refused the right password while it was measured');
  });

  test('by a bug of ours is thrown', async () => {
    const { create, meters } = fakeMachine();
    const broken: typeof create = (threads, backend) => ({
      ...create(threads, backend),
      derive: () => Promise.reject(new RangeError('a bug')),
    });
    await expect(bench({ ...options, cases, create: broken, meters })).rejects.toThrow(RangeError);
  });

  test('of time: cases that have not begun are named', async () => {
    const { create, meters } = fakeMachine({ ms: 5000 });
    const { results, skipped } = await bench({ ...options, cases, create, meters, budgetMs: 1000 });
    // The cheapest is always measured.
    expect(results.map(({ label }) => label)).toEqual(['phpass cost=11']);
    expect(skipped.map(({ label }) => label).sort()).toEqual([
      'awscognito',
      'bcrypt cost=10',
      'bcrypt cost=12',
      'phpass cost=13',
    ]);
    const reasons = new Map(skipped.map(({ label, reason }) => [label, reason]));
    const [unverifiable, late] = [reasons.get('awscognito'), reasons.get('bcrypt cost=10')];
    expect([...reasons.values()].sort()).toEqual([unverifiable, late, late, late].sort());
    expect(late).not.toBe(unverifiable);
  });
});

test('an aborted bench tells what it has', async () => {
  const { create, meters, closed } = fakeMachine();
  const stop = new AbortController();
  const report = await bench({
    ...options,
    ...{ cases: selectCases({ hashers: ['phpass', 'bcrypt'] }), create, meters, signal: stop.signal },
    onProgress: ({ label, phase }) => {
      if (label === 'bcrypt cost=10' && phase === 'all cores') stop.abort();
    },
  });
  expect(report.interrupted).toBe(true);
  expect(report.results.map(({ label }) => label)).toEqual(['phpass cost=13', 'phpass cost=11']);
  expect(closed.length).toBe(2);
});

test('a noisy machine is said to be noisy, and why', async () => {
  const { create, meters } = fakeMachine({ loopMs: [5, 5, 9] });
  const { noise } = await bench({ ...options, cases: selectCases({ hashers: ['bcrypt'] }), create, meters });
  expect(noise).toMatchObject({ noisy: true, reason: 'the same loop took 5.0 to 9.0 ms, one time and another' });
  const taken = fakeMachine();
  const shared = { ...taken.meters, cpuMs: () => 0.5 * taken.meters.clock() };
  const { noise: other } = await bench({
    ...options,
    ...{ cases: selectCases({ hashers: ['bcrypt'] }), create: taken.create, meters: shared },
  });
  expect(other).toMatchObject({ noisy: true, reason: "other programs took 50 % of the core's time" });
});
