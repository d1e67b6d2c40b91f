/** A map of at most so many keys: which keys stay does not depend on the order in which they come. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byText, byValue, createBoundedMap, getOrEvict } from '../../../src/migration/count/bounded-map.js';
import { runs } from '../../support/properties.js';

const BOUND = 4;

function countAll(keys: readonly string[]) {
  const map = createBoundedMap<string, { count: number }>(BOUND);
  let others = 0;
  for (const key of keys) {
    const value = getOrEvict(
      map,
      key,
      byText,
      () => ({ count: 0 }),
      ({ count }) => {
        others += count;
      },
    );
    if (value === undefined) others++;
    else value.count++;
  }
  return { kept: Object.fromEntries([...map.entries].map(([key, { count }]) => [key, count])), others };
}

test('keeps the smallest keys with all of their counts, and loses no count', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'abcdefgh')), (keys) => {
      const smallest = [...new Set(keys)].sort().slice(0, BOUND);
      const { kept, others } = countAll(keys);
      expect(Object.keys(kept).sort()).toEqual(smallest);
      for (const key of smallest) expect(kept[key]).toBe(keys.filter((one) => one === key).length);
      expect(Object.values(kept).reduce((sum, count) => sum + count, others)).toBe(keys.length);
      expect(countAll([...keys].reverse())).toEqual({ kept, others });
    }),
    runs(300),
  );
});

test('sorts numbers before texts', () => {
  expect(['b', 10, 'a', 9].sort(byValue)).toEqual([9, 10, 'a', 'b']);
});
