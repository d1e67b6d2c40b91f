/** Medians, intervals and quantiles against published values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  estimateMedian,
  lowRank,
  normalQuantile,
  quantile,
  variation,
} from '../../../src/capacity/measure/statistics.js';
import { runs } from '../../support/properties.js';

describe('the interval of a median', () => {
  test('has the ranks of published tables for 95 %', () => {
    // Conover, Practical Nonparametric Statistics; the same in ISO 16269-7, table A.1.
    const table = [
      ...[
        [6, 1],
        [8, 1],
        [9, 2],
        [10, 2],
        [12, 3],
        [15, 4],
        [20, 6],
      ],
      ...[
        [25, 8],
        [30, 10],
        [40, 14],
        [50, 18],
        [100, 40],
      ],
    ] as const;
    for (const [runs, rank] of table) expect([runs, lowRank(runs)]).toEqual([runs, rank]);
  });

  test('goes on without a jump where the approximation begins', () => {
    expect(Math.abs(lowRank(1001) - lowRank(1000))).toBeLessThanOrEqual(1);
  });

  test('is of values that were measured, and an outlier does not widen it', () => {
    const runs = [10, 11, 12, 13, 14, 15, 16, 17, 18, 1000];
    expect(estimateMedian(runs)).toEqual({ median: 14.5, low: 11, high: 18, spread: 3.5 / 14.5, runs: 10 });
  });

  test("is Student's of two to five runs, and says nothing of one", () => {
    const { median, low, high } = estimateMedian([1, 3, 2]);
    expect(median).toBe(2);
    // t of 2 degrees of freedom, a standard deviation of 1.
    expect(high - 2).toBeCloseTo(4.303 / Math.sqrt(3), 6);
    expect(2 - low).toBeCloseTo(4.303 / Math.sqrt(3), 6);
    expect(estimateMedian([7])).toEqual({ median: 7, low: 7, high: 7, spread: 1, runs: 1 });
    expect(() => estimateMedian([])).toThrow(RangeError);
  });

  test('holds the median, and shrinks where runs agree', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 60 }), (times) => {
        const { low, median, high } = estimateMedian(times);
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
        expect(estimateMedian([...times, ...times, ...times, ...times]).spread).toBeLessThanOrEqual(
          estimateMedian(times).spread + 1e-9,
        );
      }),
      runs(100),
    );
  });
});

test('a quantile is the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([0.5, 0.95, 0.99, 1].map((share) => quantile(values, share))).toEqual([50, 95, 99, 100]);
  expect(quantile([3], 0.99)).toBe(3);
});

test('the variation is half of what lies between the tenths', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(variation(values)).toBeCloseTo((90 - 10) / 2 / 50, 12);
});

test('the normal quantile has its known values', () => {
  const known = [
    [0.5, 0],
    [0.975, 1.959963985],
    [0.025, -1.959963985],
    [0.999, 3.090232306],
    [0.0001, -3.719016485],
  ] as const;
  for (const [p, z] of known) expect(normalQuantile(p)).toBeCloseTo(z, 7);
  expect(() => normalQuantile(1)).toThrow(RangeError);
});
