/** Users who come back, and digests that are replaced as they do. */
import { describe, expect, test } from 'vitest';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { describeWork } from '../../../src/capacity/plan/kinds.js';
import { mixFromText } from '../../../src/capacity/plan/mix.js';
import { leastLoginsPerActive, signInModel } from '../../../src/capacity/plan/sign-ins.js';
import { isReplaced, upgradingKinds } from '../../../src/capacity/plan/upgrade.js';
import { timing } from '../../support/bench-reports.js';

describe('users', () => {
  const cases = [
    [0.3, 6],
    [0.05, 20],
    [0.9, 10],
    [0.5, 1.4],
  ] as const;

  test.each(cases)('of whom %f are active in a month, %f times each, are so', (activePerMonth, loginsPerActive) => {
    const model = signInModel({ activePerMonth, loginsPerActive });
    expect(model.left(0)).toBeCloseTo(1, 12);
    expect(model.left(1)).toBeCloseTo(1 - activePerMonth, 9);
    expect(model.firstLogins(0)).toBeCloseTo(1, 12);
    for (let month = 1; month < 24; month++) {
      expect(model.left(month)).toBeLessThan(model.left(month - 1));
      expect(model.firstLogins(month)).toBeLessThan(model.firstLogins(month - 1));
    }
  });

  test.each(cases)('are first seen at their first logins (%f, %f)', (activePerMonth, loginsPerActive) => {
    const model = signInModel({ activePerMonth, loginsPerActive });
    const mean = activePerMonth * loginsPerActive;
    // The sum of first logins over a year is the number of users who were seen in it.
    const steps = 120_000;
    let seen = 0;
    for (let i = 0; i < steps; i++) seen += (mean * model.firstLogins((12 * (i + 0.5)) / steps) * 12) / steps;
    expect(seen).toBeCloseTo(1 - model.left(12), 3);
  });

  test('who are all alike leave as chance has it', () => {
    const activePerMonth = 1 - Math.exp(-1);
    const model = signInModel({ activePerMonth, loginsPerActive: 1.0001 / activePerMonth });
    expect(model.left(3)).toBeCloseTo(Math.exp(-3), 3);
  });

  test('cannot all be active and come hardly ever', () => {
    const least = leastLoginsPerActive(0.9);
    expect(least).toBeCloseTo(-Math.log(0.1) / 0.9, 5);
    expect(() => signInModel({ activePerMonth: 0.9, loginsPerActive: least - 1e-6 })).toThrow(TypeError);
    expect(signInModel({ activePerMonth: 0.9, loginsPerActive: least }).left(1)).toBeCloseTo(0.1, 5);
  });
});

describe('a digest', () => {
  const to = parameterSet('bcrypt', { cost: 12 });

  test.each([
    ['md5', {}, true],
    ['phpass', {}, true],
    ['bcrypt', { cost: 10 }, true],
    ['bcrypt', { cost: 12 }, false],
    ['bcrypt', { cost: 13 }, false],
    ['argon2id', { m: 19_456, t: 2, p: 1 }, false],
    ['pbkdf2_sha256_django', { iterations: 1_000_000 }, true],
  ] as const)('of %s %j is replaced where a verifier would: %s', (hasher, params, expected) => {
    expect(isReplaced(parameterSet(hasher, params), to)).toBe(expected);
  });
});

describe('the logins of a month', () => {
  const { portions } = mixFromText('md5=0.5,bcrypt:10=0.3,argon2id=0.2');
  const target = parameterSet('bcrypt', { cost: 12 });
  const work = (label: string, priority: 'normal' | 'low' = 'normal') =>
    describeWork(parameterSet(label, {}), timing([label.length]), {}, priority);
  const works = {
    verify: (set: ReturnType<typeof parameterSet>) => work(set.hasher.name),
    hash: work('bcrypt', 'low'),
  };

  test.each([1, 0.25, 0])('add up where %f of them are the first', (first) => {
    const kinds = upgradingKinds(portions, target, first, works);
    expect(kinds.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const upgrading = kinds.filter(({ stages }) => stages.length === 2);
    expect(upgrading.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(0.8 * first, 12);
    for (const { stages } of upgrading)
      expect(stages[1]).toMatchObject({ weight: 4, group: expect.stringMatching(/^low /) });
  });
});
