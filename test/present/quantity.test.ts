/** Numbers with their units. */
import { expect, test } from 'vitest';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRate,
  formatRatio,
} from '../../src/present/quantity.js';

test('amounts have the number of their noun', () => {
  expect([0, 1, 2, 1200].map((rows) => formatAmount(rows, 'row'))).toEqual(['0 rows', '1 row', '2 rows', '1,200 rows']);
});

test('counts are those of the language', () => {
  const counts = [0, 1, 12, 123, 1234, 12_345, 123_456, 1_234_567, -1, -1234, 0.5, 1234.5678, 999_999.9999, 2 ** 53];
  expect(counts.map(formatCount)).toEqual(counts.map((value) => value.toLocaleString('en-US')));
});

test('numbers have three digits', () => {
  expect([0, 0.01234, 12.5, 99.96, 1234.5].map(formatNumber)).toEqual(['0', '0.0123', '12.5', '100', '1,235']);
});

test('parts of nothing are empty, and small ones are not nothing', () => {
  expect([formatPercent(1, 0), formatPercent(1, 3), formatPercent(1, 10_000), formatPercent(3)]).toEqual([
    ...['', '33.3 %', '< 0.1 %', '300 %'],
  ]);
});

test('ratios have two places, large ones one', () => {
  expect([0.5, 9.994, 12.34].map(formatRatio)).toEqual(['0.50×', '9.99×', '12.3×']);
});

test('durations, bytes and rates have the largest unit that fits', () => {
  expect([0, 0.0123, 12.3, 1500, 150_000, 7_200_000, 3.5 * 86_400_000].map(formatDuration)).toEqual([
    ...['0 ms', '12.3 µs', '12.3 ms', '1.5 s', '2.5 min', '2 h', '3.5 days'],
  ]);
  expect([0, 512, 1024, 1.5 * 2 ** 30, 2 ** 50].map(formatBytes)).toEqual([
    ...['0 bytes', '512 bytes', '1 KiB', '1.5 GiB', '1,024 TiB'],
  ]);
  expect([120, 12_500, 4.3e6].map((rate) => formatRate(rate))).toEqual(['120/s', '12.5 k/s', '4.3 M/s']);
  expect(formatRate(1250, 'logins')).toBe('1,250 logins/s');
});
