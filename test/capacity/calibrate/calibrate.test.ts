/** Parameters for new digests, on a machine whose speed is given. */
import { describe, expect, test } from 'vitest';
import { calibrate } from '../../../src/capacity/calibrate/calibrate.js';
import { ALGORITHMS, type Algorithm, LEAST_MEMORY_BYTES, listSteps } from '../../../src/capacity/calibrate/minimum.js';
import type { ParameterSet } from '../../../src/capacity/measure/parameter-set.js';
import { createVerifier, validate } from '../../../src/index.js';

const MIB = 2 ** 20;
/** Milliseconds of OWASP's first minimum of each. */
const MINIMUM_MS: Readonly<Record<Algorithm, number>> = { argon2id: 14, scrypt: 240, bcrypt: 60, pbkdf2: 150 };

/** @param faster than the machine that the times above are of. @param bend of a machine on which twice the work is more than twice the time. */
function machine(faster = 1, bend = 1) {
  const asked: string[] = [];
  const ms = (set: ParameterSet): number => {
    asked.push(set.label);
    const algorithm = ALGORITHMS.find(
      (one) => listSteps(one, 1024 * MIB)[0]?.minimum.set.hasher === set.hasher,
    ) as Algorithm;
    const minimum = listSteps(algorithm, 1024 * MIB)[0]?.minimum.set as ParameterSet;
    return (MINIMUM_MS[algorithm] * (set.cost.work / minimum.cost.work) ** bend) / faster;
  };
  return {
    asked,
    alone: async (set: ParameterSet) => ms(set),
    measure: async (set: ParameterSet) => ({ batchMs: [ms(set)], callerMs: 0, crowding: 1, spread: 0.01 }),
  };
}

function run(
  algorithm: Algorithm,
  targetMs: number,
  on = machine(),
  rest: { concurrency?: number; maxMemoryBytes?: number } = {},
) {
  const { concurrency = 1, maxMemoryBytes = 128 * MIB } = rest;
  const { alone, measure } = on;
  return calibrate(algorithm, { targetMs, concurrency, maxMemoryBytes, alone, measure, used: {}, cores: 2 });
}

const noted = ({ credential }: ParameterSet) => {
  const found = validate(credential);
  return found.ok ? found.warnings.filter(({ code }) => code === 'NOTE_LOW_COST').length : Number.NaN;
};

describe('OWASP’s minimum', () => {
  test('is what the policy of digestry takes for it: less is noted, and the minimum is not', () => {
    for (const algorithm of ALGORITHMS) {
      for (const { minimum } of listSteps(algorithm, 1024 * MIB)) expect(noted(minimum.set), minimum.set.label).toBe(0);
    }
  });

  test.each(ALGORITHMS)('of %s is the least, whatever the target', async (algorithm) => {
    for (const targetMs of [0.001, 1, 10]) {
      const found = await run(algorithm, targetMs, machine(0.1));
      expect(found?.reason).toBe('minimum');
      expect(found?.label).toBe(found?.minimum);
      expect(found?.ms).toBeGreaterThan(targetMs);
    }
  });

  test.each(ALGORITHMS)('of %s is never gone under, at any speed', async (algorithm) => {
    for (let faster = 0.01; faster < 200; faster *= 2.7) {
      const found = await run(algorithm, 250, machine(faster, 1.1));
      const { hasher, ...params } = found?.upgradeTo ?? { hasher: 'bcrypt' };
      const least = listSteps(algorithm, 128 * MIB).find(({ minimum }) => minimum.set.label === found?.minimum);
      for (const [name, value] of Object.entries(least?.minimum.set.params ?? {})) {
        if (name !== 'keylen')
          expect((params as Record<string, number>)[name], `${hasher} ${name}`).toBeGreaterThanOrEqual(value as number);
      }
    }
  });
});

describe('new digests', () => {
  test.each([
    ['bcrypt', 250, { hasher: 'bcrypt', cost: 12 }],
    ['bcrypt', 230, { hasher: 'bcrypt', cost: 11 }],
    ['pbkdf2', 250, { hasher: 'pbkdf2_sha256_django', iterations: 1_000_000 }],
    ['scrypt', 250, { hasher: 'scrypt_werkzeug', N: 131_072, r: 8, p: 1 }],
    ['scrypt', 500, { hasher: 'scrypt_werkzeug', N: 131_072, r: 8, p: 2 }],
    ['argon2id', 14, { hasher: 'argon2id', m: 47_104, t: 1, p: 1 }],
    ['argon2id', 50, { hasher: 'argon2id', m: 83_968, t: 2, p: 1 }],
    ['argon2id', 250, { hasher: 'argon2id', m: 119_808, t: 7, p: 1 }],
  ] as const)('of %s take %i ms', async (algorithm, targetMs, upgradeTo) => {
    const found = await run(algorithm, targetMs);
    expect(found?.upgradeTo).toEqual(upgradeTo);
    expect(found?.reason).toBe('target');
    expect(found?.ms).toBeLessThanOrEqual(targetMs * 1.05);
  });

  test.each(ALGORITHMS)(
    'of %s are found in few measurements, also where time does not follow the work',
    async (algorithm) => {
      for (const bend of [0.85, 1, 1.15]) {
        const on = machine(3, bend);
        const found = await run(algorithm, 250, on);
        expect(on.asked.length).toBeLessThanOrEqual(6);
        expect(found?.ms).toBeLessThanOrEqual(262.5);
      }
    },
  );

  test('of a smaller, equal minimum are taken where the first is late', async () => {
    const found = await run('scrypt', 200);
    expect(found).toMatchObject({
      minimum: 'scrypt_werkzeug N=32768,r=8,p=3',
      reason: 'target',
    });
  });

  test('keep to the memory that they may take', async () => {
    const [argon2id, scrypt] = await Promise.all(
      (['argon2id', 'scrypt'] as const).map((algorithm) =>
        run(algorithm, 500, machine(), { maxMemoryBytes: 16 * MIB }),
      ),
    );
    expect(argon2id?.upgradeTo).toMatchObject({ m: 16_384 });
    expect(scrypt?.upgradeTo).toMatchObject({ N: 16_384 });
    expect(await run('argon2id', 500, machine(), { maxMemoryBytes: LEAST_MEMORY_BYTES })).toBeDefined();
    expect(await run('scrypt', 500, machine(), { maxMemoryBytes: LEAST_MEMORY_BYTES - 1 })).toBeUndefined();
  });

  test('stop at the limits of a verifier, and say so', async () => {
    const found = await run('bcrypt', 60_000, machine(100));
    expect(found).toMatchObject({ reason: 'limit', upgradeTo: { cost: 16 } });
    expect(await run('pbkdf2', 60_000, machine(100))).toMatchObject({
      reason: 'limit',
      upgradeTo: { iterations: 10_000_000 },
    });
  });

  test('are cheaper where several come at once', async () => {
    const alone = await run('pbkdf2', 2000);
    const crowd = await run('pbkdf2', 2000, machine(), { concurrency: 8 });
    expect(crowd?.ms).toBeLessThanOrEqual(2100);
    // Two cores, eight at once: each has a quarter of the time.
    const iterations = (found: typeof alone) =>
      (found?.upgradeTo as { iterations: number } | undefined)?.iterations ?? 0;
    expect(iterations(crowd) / iterations(alone)).toBeCloseTo(0.25, 1);
  });

  test.each(ALGORITHMS)('of %s are what a verifier can write', async (algorithm) => {
    const found = await run(algorithm, 250);
    const verifier = createVerifier({ upgradeTo: found?.upgradeTo ?? 'bcrypt' });
    await verifier.close();
    expect(found?.mix).toMatch(/^\w+:[\w=,]+$/);
  });
});
