/** Durations in fixed buckets. */
import { expect, test } from 'vitest';
import { createLatency } from '../../src/login/latency.js';

const ENDS_MS = [0.1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, Number.POSITIVE_INFINITY];

test('counts a duration in the first bucket that it does not exceed', () => {
  const latency = createLatency();
  for (const leMs of ENDS_MS.slice(0, -1)) {
    latency.add(leMs);
    latency.add(leMs + 0.01);
  }
  expect(latency.stats().buckets).toEqual(
    ENDS_MS.map((leMs, index) => ({ leMs, count: index === 0 || index === ENDS_MS.length - 1 ? 1 : 2 })),
  );
});

test('gives the end of the bucket in which a quantile lies', () => {
  const latency = createLatency();
  for (let i = 0; i < 50; i++) latency.add(3);
  for (let i = 0; i < 45; i++) latency.add(30);
  for (let i = 0; i < 4; i++) latency.add(300);
  latency.add(700);
  expect(latency.stats()).toMatchObject({ count: 100, maxMs: 700, p50Ms: 5, p95Ms: 50, p99Ms: 500 });
});

test('keeps the longest duration, whatever comes after it', () => {
  const latency = createLatency();
  latency.add(7);
  latency.add(6);
  expect(latency.stats()).toMatchObject({ count: 2, sumMs: 13, maxMs: 7, p50Ms: 7, p99Ms: 7 });
});
