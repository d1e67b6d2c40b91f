/** Timings that are worked out from measured ones. */
import { describe, expect, test } from 'vitest';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { combineTimings, estimateTiming, loadedMs } from '../../../src/capacity/measure/timing.js';
import { timing } from '../../support/bench-reports.js';

describe('a set that was not measured', () => {
  const measured = [
    { set: parameterSet('bcrypt', { cost: 10 }), timing: timing([60, 66, 75], { crowding: 1.1 }) },
    { set: parameterSet('bcrypt', { cost: 12 }), timing: timing([250, 270, 310]) },
    { set: parameterSet('phpass', { cost: 13 }), timing: timing([0.8]) },
  ];
  const timed = (name: string, params: Readonly<Record<string, number>>) => {
    return estimateTiming(parameterSet(name, params), measured);
  };

  test('has the time of the nearest one of its KDF, by the work', () => {
    expect(timed('bcrypt', { cost: 13 })).toMatchObject({
      measuredAs: 'bcrypt cost=12',
      timing: { batchMs: [500, 540, 620] },
    });
    expect(timed('bcrypt', { cost: 9 })).toMatchObject({
      measuredAs: 'bcrypt cost=10',
      timing: { batchMs: [30, 33, 37.5], crowding: 1.1 },
    });
  });

  test('has the time of another hasher that does the same work', () => {
    expect(timed('bcrypt_sha256_django', { cost: 12 })).toMatchObject({ timing: { batchMs: [250, 270, 310] } });
    expect(timed('md5_phpass', { cost: 13 })).toMatchObject({ measuredAs: 'phpass cost=13' });
  });

  test('has none where nothing of its KDF was measured', () => {
    expect(timed('argon2id', {})).toBeUndefined();
    // SHA-512 is not MD5, though both are looped.
    expect(timed('sha512_symfony', {})).toBeUndefined();
  });
});

describe('a set whose work was measured', () => {
  const sets = [
    parameterSet('scrypt_werkzeug', { N: 2 ** 14, r: 8, p: 2 }),
    parameterSet('scrypt_werkzeug', { N: 2 ** 14, r: 16, p: 1 }),
    parameterSet('scrypt_werkzeug', { N: 2 ** 15, r: 8, p: 1 }),
    parameterSet('bcrypt', { cost: 10 }),
    parameterSet('bcrypt_peppered', { cost: 10 }),
  ];
  const measured = sets.map((set, i) => ({ set, timing: timing([i + 1]) }));

  test('has the time of its own parameters and its own hasher', () => {
    expect(new Set(sets.slice(0, 3).map(({ cost }) => cost.work)).size).toBe(1);
    for (const order of [measured, measured.toReversed()]) {
      expect(sets.map((set) => estimateTiming(set, order)?.measuredAs)).toEqual(sets.map(({ label }) => label));
    }
  });

  test('has that of the same parameters of another hasher, where its own was not measured', () => {
    const set = parameterSet('bcrypt_sha256_django', { cost: 10 });
    expect(estimateTiming(set, measured)?.measuredAs).toBe('bcrypt cost=10');
    const firebase = parameterSet('scrypt_firebase', { rounds: 8, memCost: 15 });
    expect(estimateTiming(firebase, measured)?.measuredAs).toBe('scrypt_werkzeug N=32768,r=8,p=1');
  });
});

test('the time under load is that of full lanes on busy cores', () => {
  expect(loadedMs(timing([60, 66, 75], { crowding: 1.2 }), false)).toBeCloseTo(25 * 1.2 + 0.05, 10);
  expect(loadedMs(timing([0.002]), true)).toBe(0.002);
});

test('of several measurements the middle one counts, number by number', () => {
  const quiet = timing([60, 66, 75], { crowding: 1.1, callerMs: 0.2 });
  const disturbedAlone = timing([90, 66, 100], { crowding: 1, callerMs: 0.1 });
  const disturbedCrowd = timing([60, 80, 75], { crowding: 2, callerMs: 0.3 });
  const found = combineTimings([disturbedAlone, disturbedCrowd, quiet]);
  expect(found).toMatchObject({ batchMs: [60, 66, 75], callerMs: 0.2, crowding: 1.1 });
  // A third slower once: the machine is not quiet.
  expect(found.spread).toBeCloseTo(1 / 6, 10);
  expect(combineTimings([quiet])).toEqual(quiet);
});
