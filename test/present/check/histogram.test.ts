/** Values of a parameter as columns: exact where they are few, in ranges where they are many, none lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeHistogram } from '../../../src/present/check/histogram.js';
import { runs } from '../../support/properties.js';

const labels = (values: Readonly<Record<string, number>>) => makeHistogram(values).columns.map(({ label }) => label);
const ones = (values: readonly number[]) => Object.fromEntries(values.map((value) => [String(value), 1]));

describe('columns', () => {
  test('are the values in their order, where they are few', () => {
    expect(makeHistogram({ '10': 5, '4': 1, '12': 2 }).columns).toMatchObject([
      { label: '4', value: 1 },
      { label: '10', value: 5 },
      { label: '12', value: 2 },
    ]);
    expect(labels({ '2b': 2, '2a': 1 })).toEqual(['2a', '2b']);
    expect(labels(ones([600_000, 1_200_000]))).toEqual(['600K', '1.2M']);
  });

  test('of sizes in powers of two say the power', () => {
    expect(labels(ones([16384, 32768]))).toEqual(['2¹⁴', '2¹⁵']);
    expect(labels(ones([1, 2, 4]))).toEqual(['1', '2', '4']);
  });

  test('are ranges where there are too many, which is said', () => {
    const { columns, remark } = makeHistogram(ones([1, 2, 3, 5, 7, 10, 50, 64, 100, 999, 1000, 10_000, 600_000]));
    expect(columns.map(({ label }) => label)).toEqual(['1', '10', '100', '1K', '10K', '100K']);
    expect(columns.map(({ value }) => value)).toEqual([5, 3, 2, 1, 1, 1]);
    expect(remark).toBeDefined();
    expect(labels(ones(Array.from({ length: 20 }, (_, i) => i + 4)))).toEqual([
      '4',
      '6',
      '8',
      '10',
      '12',
      '14',
      '16',
      '18',
      '20',
      '22',
    ]);
  });

  test('of words keep the most frequent, and have the rest together', () => {
    const words = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`w${i}`, 30 - i]));
    const { columns } = makeHistogram(words);
    expect(columns).toHaveLength(10);
    expect(columns.at(-1)).toMatchObject({ label: 'other' });
  });

  test('are at most ten and have all digests, whatever the values', () => {
    const key = fc.oneof(
      fc.nat().map(String),
      fc.nat({ max: 2 ** 53 - 1 }).map(String),
      fc.double().map(String),
      fc.constantFrom('other', '2b', '', '__proto__', '-1', '0'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.integer({ min: 1, max: 1e9 }), { maxKeys: 220 }), (values) => {
        const { columns } = makeHistogram(values);
        expect(columns.length).toBeLessThanOrEqual(10);
        const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
        expect(sum(columns.map(({ value }) => value))).toBe(sum(Object.values(values)));
        for (const { label } of columns) expect(label.length).toBeLessThanOrEqual(12);
      }),
      runs(300),
    );
  });
});
