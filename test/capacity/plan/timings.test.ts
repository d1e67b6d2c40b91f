/** Which sets a plan measures, and that each has a time. */
import { describe, expect, test } from 'vitest';
import { timingsFromBench } from '../../../src/capacity/measure/bench-timings.js';
import { parameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { mixFromText } from '../../../src/capacity/plan/mix.js';
import { timedSets, worthMeasuring } from '../../../src/capacity/plan/timings.js';
import { BENCH } from '../../support/bench-reports.js';

describe('timed sets', () => {
  const measured = timingsFromBench(BENCH);

  test('are by label', () => {
    const sets = [parameterSet('bcrypt', { cost: 10 }), parameterSet('bcrypt', { cost: 11 })];
    const timed = [...timedSets(sets, measured)].map(([label, { measuredAs }]) => [label, measuredAs]);
    expect(timed).toEqual(sets.map(({ label }) => [label, 'bcrypt cost=10']));
  });

  test('are a problem where nothing of a KDF was measured', () => {
    expect(() => timedSets([parameterSet('sha512_symfony', {})], measured)).toThrow(
      expect.objectContaining({ name: 'InputProblem', code: 'no-timing' }),
    );
  });
});

describe('what is measured', () => {
  const labels = (mix: string) =>
    worthMeasuring(mixFromText(mix).portions, [parameterSet('bcrypt', { cost: 4 })]).map(({ label }) => label);

  test('of few sets is all of them', () => {
    const few = [4, 5, 6, 7, 12].map((cost) => `bcrypt:${cost}=1`).join();
    expect(labels(`${few},md5=0.001,argon2id=0.001`).sort()).toEqual([
      'argon2id m=19456,t=2,p=1',
      ...[12, 4, 5, 6, 7].map((cost) => `bcrypt cost=${cost}`),
      'md5',
    ]);
  });

  test('of many sets whose time is that of their work is the one that takes most', () => {
    const bcrypts = Array.from({ length: 12 }, (_, i) => `bcrypt:${4 + i}=1`);
    const pbkdf2s = Array.from({ length: 19 }, (_, i) => `pbkdf2_sha256:${1000 * (i + 1)}=1`);
    expect(labels([...bcrypts, ...pbkdf2s, 'md5=0.001', 'argon2id=0.001'].join())).toEqual([
      ...['bcrypt cost=4', 'bcrypt cost=15', 'pbkdf2_sha256 iterations=19000', 'argon2id m=19456,t=2,p=1', 'md5'],
    ]);
  });

  test('of many sets that need memory is what takes most of the time', () => {
    const many = Array.from({ length: 12 }, (_, i) => `argon2id:m=${1024 * (i + 1)},t=2,p=1=1`).join();
    expect(labels(many)).toHaveLength(8);
    expect(labels(many)).toContain('argon2id m=12288,t=2,p=1');
  });
});
