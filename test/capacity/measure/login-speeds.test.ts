/** What a login costs here, by the measurements of plan. */
import { expect, test } from 'vitest';
import { measureLoginSpeeds, REFERENCES } from '../../../src/capacity/measure/login-speeds.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';

const costOf = (hasher: string, params: Readonly<Record<string, number>>) => parameterSet(hasher, params).cost;

test('there is a reference of each KDF', () => {
  for (const [kdf, { hasher, params }] of Object.entries(REFERENCES)) {
    expect(parameterSet(hasher, params).cost.kdf).toBe(kdf);
  }
});

test('speeds are of the KDFs that are asked for, more for more work, and of microseconds without a measurement', async () => {
  const costs = [
    costOf('bcrypt', { cost: 4 }),
    costOf('bcrypt', { cost: 5 }),
    costOf('sha512_symfony', { iterations: 5000 }),
    costOf('md5', {}),
  ] as const;
  const speeds = await measureLoginSpeeds(costs);
  for (const cost of costs) {
    expect(speeds.aloneMs(cost)).toBeGreaterThan(0);
    expect(speeds.loadedMs(cost)).toBeGreaterThan(0);
  }
  const [four, five] = costs.map((cost) => speeds.aloneMs(cost) ?? 0) as [number, number];
  expect(five / four).toBeCloseTo(2);
  expect(speeds.aloneMs(costOf('scrypt_werkzeug', { N: 16 }))).toBeUndefined();
  // Another hash function within the same KDF is another family.
  expect(speeds.aloneMs(costOf('phpass', { cost: 8 }))).toBeUndefined();
});

test('nothing is measured after an abort, and nothing where nothing costs', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(measureLoginSpeeds([costOf('bcrypt', { cost: 4 })], signal)).rejects.toThrow('enough');
  const speeds = await measureLoginSpeeds([costOf('md5', {})], signal);
  expect(speeds.aloneMs(costOf('bcrypt', { cost: 4 }))).toBeUndefined();
});
