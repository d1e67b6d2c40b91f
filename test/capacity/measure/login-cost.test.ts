/** How often a set is measured. What a measurement itself finds depends on the machine. */
import { describe, expect, test } from 'vitest';
import { measureSets } from '../../../src/capacity/measure/login-cost.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { timing } from '../../support/bench-reports.js';

describe('the rounds', () => {
  const sets = (count: number) => Array.from({ length: count }, (_, i) => parameterSet('bcrypt', { cost: 4 + i }));
  const measuredAt = async (count: number, ms: number) => {
    const briefs: boolean[] = [];
    let clock = 0;
    const measure = async (_: unknown, __: unknown, brief = false) => {
      clock += ms;
      briefs.push(brief);
      return timing([1]);
    };
    const found = await measureSets(sets(count), measure, undefined, undefined, () => clock);
    expect(found).toHaveLength(count);
    return briefs;
  };

  test('are three of few sets, whatever they take', async () => {
    expect(await measuredAt(4, 100_000)).toEqual(Array(12).fill(false));
  });

  test('are three of many sets, in brief', async () => {
    expect(await measuredAt(8, 1000)).toEqual(Array(24).fill(true));
  });

  test('are fewer of many sets that would take longer than a minute', async () => {
    expect(await measuredAt(8, 3000)).toHaveLength(16);
    expect(await measuredAt(8, 30_000)).toHaveLength(8);
  });
});
