/** When the guard of the hot paths raises an alarm. What it measures is not measured here. */
import { expect, test } from 'vitest';
import { type Baseline, baselineFor, guardedOf, judged } from '../../bench/support/guard.js';
import { hotPaths } from '../../bench/support/hot-paths.js';

const HERE = 'A, Node 20';
/** Nine processes about `ratio`. */
const around = (ratio: number) => guardedOf(Array.from({ length: 9 }, (_, i) => ({ parse: ratio * (0.98 + i / 200) })));
const baseline = (where = HERE): Baseline => ({ where, ratios: around(1.5) });
const verdict = (ratio: number, where = HERE) => judged(around(ratio), baseline(where), HERE)[0]?.verdict;

test('a path that is a fifth slower is an alarm, one within the spread of processes is none', () => {
  expect([verdict(1.5), verdict(1.6), verdict(1.8), verdict(1.2)]).toEqual([
    'as before',
    'as before',
    'slower',
    'faster',
  ]);
});

test('one process that was disturbed changes no verdict', () => {
  const ratios = [1.5, 1.51, 1.49, 1.5, 1.52, 1.5, 1.5, 1.51, 9];
  const now = guardedOf(ratios.map((parse) => ({ parse })));
  expect(now['parse']?.high).toBe(1.52);
  expect(judged(now, baseline(), HERE)[0]?.verdict).toBe('as before');
});

test('the baseline of another processor counts for what is half as slow again', () => {
  expect([verdict(1.8, 'B, Node 24'), verdict(2.5, 'B, Node 24')]).toEqual(['as before', 'slower']);
  expect(baselineFor([baseline('B, Node 24'), baseline()], HERE)?.where).toBe(HERE);
  expect(judged(around(1), undefined, HERE)[0]?.verdict).toBe('new');
});

test('each hot path runs, and so does its reference', async () => {
  const paths = hotPaths();
  expect(paths.map(({ name }) => name)).toContain('parse bcrypt');
  for (const { run, reference } of paths) {
    await run();
    await reference();
  }
});
