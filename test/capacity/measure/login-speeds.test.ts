/** What a login costs here, by the measurements of plan. */
import { expect, test } from 'vitest';
import { measureLoginSpeeds, REFERENCES } from '../../../src/capacity/measure/login-speeds.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';

test('there is a reference of each KDF', () => {
  for (const [kdf, { hasher, params }] of Object.entries(REFERENCES)) {
    expect(parameterSet(hasher, params).cost.kdf).toBe(kdf);
  }
});

test('speeds are of the KDFs that are asked for, more for more work, and of microseconds without a measurement', async () => {
  const sets = [
    parameterSet('bcrypt', { cost: 4 }),
    parameterSet('bcrypt', { cost: 5 }),
    parameterSet('sha512_symfony', { iterations: 5000 }),
    parameterSet('md5', {}),
  ] as const;
  const estimate = await measureLoginSpeeds(sets.map(({ cost }) => cost));
  for (const set of sets) {
    expect(estimate(set)?.aloneMs).toBeGreaterThan(0);
    expect(estimate(set)?.loadedMs).toBeGreaterThan(0);
  }
  const [four, five] = sets.map((set) => estimate(set)?.aloneMs ?? 0) as [number, number];
  expect(five / four).toBeCloseTo(2);
  expect(estimate(parameterSet('scrypt_werkzeug', { N: 16 }))).toBeUndefined();
  // Another hash function within the same KDF is another family.
  expect(estimate(parameterSet('phpass', { cost: 8 }))).toBeUndefined();
});

test('nothing is measured after an abort, and nothing where nothing costs', async () => {
  const bcrypt = parameterSet('bcrypt', { cost: 4 });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(measureLoginSpeeds([bcrypt.cost], signal)).rejects.toThrow('enough');
  const estimate = await measureLoginSpeeds([parameterSet('md5', {}).cost], signal);
  expect(estimate(bcrypt)).toBeUndefined();
});
