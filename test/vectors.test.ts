/** Every vector on every backend that loads here: one test each, one reason to fail. */
import { describe, expect, test } from 'vitest';
import { type AnyHasher, clerkHashers, createRegistry, DEFAULT_LIMITS, md5Salted, sha256Salted } from '../src/index.js';
import type { Registry } from '../src/registry.js';
import { verifyWith } from '../src/verify.js';
import { availableBackends } from './support/backends.js';
import { CODES, hasherVectors, passwordOf, type Vector, type VectorGroup } from './support/vectors.js';

const all = await availableBackends();
const standard = createRegistry(clerkHashers);
const salted = { md5_salted: md5Salted, sha256_salted: sha256Salted };
/** Slow vectors run on each hasher's own first backend; on the others on request. */
const everySlow = process.env['DIGESTRY_SLOW'] === '1';

/** Vectors that a backend cannot do, by its title. */
const CANNOT: Readonly<Record<string, (vector: Vector) => boolean>> = {
  'bcrypt by bcryptjs': ({ digest, password }) => digest.includes('$2x$') || 'hex' in password,
  // Node 24 brings it; version 16 is written as v=16, or not at all.
  // Its memory is for messages of some blocks.
  'iteratedHash by loops': ({ password }) => ('utf8' in password ? password.utf8 : password.hex).length > 1000,
  'argon2 by node:crypto': ({ digest }) => !digest.includes('$v=19$'),
};

function registryOf(hasher: string, group: VectorGroup): Registry {
  if (group.options === undefined) return standard;
  return createRegistry([salted[hasher as keyof typeof salted](group.options)]);
}

test('Lanes, and what was measured, are among the backends', () => {
  const names = (kdf: string): string[] => all.filter((one) => one.kdf === kdf).map(({ name }) => name);
  for (const kdf of ['bcrypt', 'pbkdf2', 'scrypt', 'argon2', 'iteratedHash']) expect(names(kdf)).toContain('lanes');
  for (const kdf of ['pbkdf2', 'scrypt']) expect(names(kdf)[0]).toBe('measured');
});

const FILES = hasherVectors();

test('each hasher has vectors, and a backend that runs all of them', () => {
  expect(FILES.map(({ hasher }) => hasher).sort()).toEqual(clerkHashers.map(({ name }) => name).sort());
  for (const { hasher, groups } of FILES) {
    const { example, cost, parse } = standard.get(hasher) as AnyHasher;
    const { kdf } = cost(parse(example.digest).params);
    const first = all.filter((one) => one.kdf === kdf && one.first);
    expect(first, hasher).toHaveLength(1);
    expect(
      groups.reduce((sum, { tests }) => sum + tests.length, 0),
      hasher,
    ).toBeGreaterThanOrEqual(20);
  }
});

describe.each(FILES)('$hasher', ({ hasher, groups }) => {
  const example = standard.get(hasher);
  if (example === undefined) throw new Error('a vector file of no hasher');
  const { kdf } = example.cost(example.parse(example.example.digest).params);
  const backends = all.filter((one) => one.kdf === kdf);

  describe.each(backends)('$title', ({ title, first, backends: selected }) => {
    for (const group of groups) {
      const registry = registryOf(hasher, group);
      for (const vector of group.tests) {
        if (vector.speed === 'slow' && !first && !everySlow) continue;
        // That a backend says what it cannot do is tested with the backends.
        if (CANNOT[title]?.(vector)) continue;
        test(`#${vector.tcId} ${vector.comment}`, () => check(registry, hasher, vector, selected));
      }
    }
  });
});

async function check(
  registry: Registry,
  hasher: string,
  vector: Vector,
  backends: (typeof all)[number]['backends'],
): Promise<void> {
  const credential = { passwordHasher: hasher, passwordDigest: vector.digest };
  const verdict = await verifyWith({ registry, limits: DEFAULT_LIMITS, backends }, passwordOf(vector), credential);
  if (vector.expect === 'match' || vector.expect === 'mismatch') {
    expect(verdict.outcome).toBe(vector.expect);
    const parsed = registry.parse(credential);
    expect(registry.get(hasher)?.serialize(parsed) === vector.digest).toBe(vector.canonical ?? true);
    expect(parsed.params).toMatchObject(vector.params ?? {});
    return;
  }
  expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: CODES[vector.expect], ...vector.error } });
}
