/** What new digests are, without making one: parameters, salts, decoys, and what of a password counts. */
import { describe, expect, test } from 'vitest';
import { clerkHashers } from '../../src/hashers/index.js';
import { hashWith } from '../../src/login/hash.js';
import { needsRehashFor } from '../../src/login/needs-rehash.js';
import type { UpgradeTarget } from '../../src/login/recipes.js';
import { createUpgradeScheme, type UpgradeScheme } from '../../src/login/upgrade-scheme.js';
import { DEFAULT_LIMITS, limitsFrom } from '../../src/policy.js';
import { createRegistry } from '../../src/registry.js';

const registry = createRegistry(clerkHashers);
const exampleOf = (name: string) => ({
  passwordHasher: name,
  passwordDigest: registry.get(name)?.example.digest ?? '',
});
const target = (wanted: unknown, pepper?: Uint8Array) =>
  createUpgradeScheme(registry, DEFAULT_LIMITS, wanted as UpgradeTarget, pepper);
const pepper = new TextEncoder().encode('pepper');

test.each([
  ['bcrypt', { variant: '2b', cost: 12 }, 16, 23],
  ['bcrypt_peppered', { variant: '2b', cost: 12 }, 16, 23],
  ['argon2id', { version: 19, m: 19_456, t: 2, p: 1 }, 16, 32],
  ['scrypt_werkzeug', { N: 2 ** 17, r: 8, p: 1 }, 22, 64],
  ['pbkdf2_sha256_django', { iterations: 600_000 }, 22, 32],
] as const)('%s has its parameters where none are given', (name, params, saltBytes, hashBytes) => {
  const made = target(name, pepper);
  const [one, two] = [made.fresh(), made.fresh()];
  expect(one).toMatchObject({ params, warnings: [] });
  expect([one.salt.length, one.hash.length]).toEqual([saltBytes, hashBytes]);
  expect(one.salt).not.toEqual(two.salt);
  expect(made.hasher).toBe(name);
  expect(made.digestHasher).toBe(registry.get(name));
  expect(made.cost).toEqual(registry.get(name)?.cost(one.params));
  const written = made.write(one.salt, new Uint8Array(hashBytes).fill(7));
  expect(written.passwordHasher).toBe(name);
  expect(registry.parse(written)).toMatchObject({ params, salt: one.salt, hash: new Uint8Array(hashBytes).fill(7) });
});

test.each([
  ['bcrypt', { maxPasswordBytes: 72, nulTerminated: true, peppered: false }],
  ['bcrypt_peppered', { maxPasswordBytes: 71, nulTerminated: true, peppered: true }],
  ['argon2id', { maxPasswordBytes: Number.POSITIVE_INFINITY, nulTerminated: false, peppered: false }],
] as const)('%s says what of a password counts', (name, expected) => {
  expect(target(name, pepper)).toMatchObject(expected);
});

test('undefined parameters are absent, and others replace their own default only', () => {
  expect(target({ hasher: 'argon2id', m: undefined, t: 3 }).fresh().params).toEqual({
    ...{ version: 19, m: 19_456, t: 3, p: 1 },
  });
});

describe('decoys', () => {
  const shares = (wanted: UpgradeTarget, fraction: number) =>
    target(wanted)
      .decoys(fraction)
      .map((credential) => registry.parse(credential).params);
  const bcrypt = { hasher: 'bcrypt', cost: 8 } as const;
  const scrypt = { hasher: 'scrypt_werkzeug', N: 16, r: 1, p: 2 } as const;
  const argon2id = { hasher: 'argon2id', m: 64, t: 1, p: 2 } as const;
  const pbkdf2 = { hasher: 'pbkdf2_sha256_django', iterations: 10 } as const;

  test.each([
    [1, [8]],
    [0.5, [7]],
    [0.75, [7, 6]],
    [0.875, [7, 6, 5]],
    // Three are within an eighth.
    [0.9375, [7, 6, 5]],
    [1 / 16, [4]],
    // bcrypt has no cost under 4.
    [1 / 32, []],
  ])('of bcrypt at %d are a sum of costs', (fraction, costs) => {
    expect(shares(bcrypt, fraction)).toEqual(costs.map((cost) => ({ variant: '2b', cost })));
  });

  test.each([
    [1, [16]],
    [0.3, [4]],
    [0.35, [4, 2]],
    [0.1, [2]],
    [0.05, []],
  ])('of scrypt at %d are a sum of N', (fraction, sizes) => {
    expect(shares(scrypt, fraction)).toMatchObject(sizes.map((N) => ({ N, r: 1, p: 2 })));
    expect(shares(scrypt, fraction)).toHaveLength(sizes.length);
  });

  test.each([
    [1, 64],
    [0.5, 32],
    // 8 KiB for each lane.
    [0.1, 16],
  ])('of argon2id at %d have less memory', (fraction, m) => {
    expect(shares(argon2id, fraction)).toEqual([{ version: 19, m, t: 1, p: 2 }]);
  });

  test.each([
    [1, 10],
    [0.26, 3],
    [0.01, 1],
  ])('of PBKDF2 at %d have fewer iterations', (fraction, iterations) => {
    expect(shares(pbkdf2, fraction)).toMatchObject([{ iterations }]);
  });

  test('have one salt and one hash, which no other verifier has', () => {
    const [one, other] = [target(bcrypt), target(bcrypt)];
    expect(one.decoys(1)).toEqual(one.decoys(1));
    expect(one.decoys(1)).not.toEqual(other.decoys(1));
    const [whole] = one.decoys(1).map((credential) => registry.parse(credential));
    expect(whole?.hash.some((byte) => byte !== 0)).toBe(true);
    expect(whole?.salt.some((byte) => byte !== 0)).toBe(true);
  });
});

test.each<{ readonly wanted: unknown }>(
  [
    ...['bycrypt', 'md5', 'constructor', 'bcrypt:12', null, 5, { cost: 12 }, { hasher: 5 }],
    ...[
      { hasher: 'bcrypt', m: 5 },
      { hasher: 'bcrypt', toString: 5 },
      { hasher: 'bcrypt', cost: '12' },
      { hasher: 'bcrypt', cost: 0 },
      { hasher: 'bcrypt', cost: -4 },
      { hasher: 'bcrypt', cost: null },
      { hasher: 'bcrypt', cost: 3 },
      { hasher: 'bcrypt', cost: 17 },
      { hasher: 'argon2id', t: 1.5 },
    ],
  ].map((wanted) => ({ wanted })),
)('$wanted is wrong use', ({ wanted }) => {
  expect(() => target(wanted)).toThrow(TypeError);
});

test('is refused where the registry or the limits refuse it, with the reason as its cause', () => {
  expect(() => createUpgradeScheme(createRegistry([]), DEFAULT_LIMITS, 'bcrypt', undefined)).toThrow(TypeError);
  expect(() => target('bcrypt_peppered')).toThrow(TypeError);
  const over = () => createUpgradeScheme(registry, limitsFrom({ bcryptCost: 11 }), 'bcrypt', undefined);
  expect(over).toThrow(
    expect.objectContaining({ name: 'TypeError', cause: expect.objectContaining({ code: 'ERR_LIMIT' }) }),
  );
  const long = () => createUpgradeScheme(registry, limitsFrom({ digestChars: 59 }), 'bcrypt', undefined);
  expect(long).toThrow(expect.objectContaining({ cause: expect.objectContaining({ code: 'ERR_LIMIT' }) }));
  expect(
    createUpgradeScheme(registry, limitsFrom({ bcryptCost: 12, digestChars: 60 }), 'bcrypt', undefined).hasher,
  ).toBe('bcrypt');
});

describe('hashWith', () => {
  const made = (derive: () => unknown) => ({
    ...target({ hasher: 'bcrypt', cost: 4 }),
    digestHasher: { ...registry.get('bcrypt'), derive } as never,
  });
  const setup = { registry, limits: DEFAULT_LIMITS, backends: { kdfs: () => ({}) } } as never;
  const run = (password: string | Uint8Array, derive: () => unknown = () => new Uint8Array(23).fill(9)) =>
    hashWith(setup, made(derive), password, undefined);

  test('writes the hash that was derived', async () => {
    const credential = await run('x');
    expect(registry.parse(credential)).toMatchObject({ params: { cost: 4 }, hash: new Uint8Array(23).fill(9) });
  });

  test.each([
    ['of fewer bytes', () => new Uint8Array(22)],
    ['of more bytes', () => new Uint8Array(24)],
    ['that is none', async () => undefined],
  ])('refuses a hash %s', async (_, derive) => {
    await expect(run('x', derive)).rejects.toMatchObject({ code: 'ERR_BACKEND', hasher: 'bcrypt' });
  });

  test.each([
    ['a'.repeat(72), undefined],
    ['a'.repeat(73), 73],
    ['\u0080'.repeat(36), undefined],
    ['\u0080'.repeat(37), 74],
    ['\u007f'.repeat(72), undefined],
    ['\u07ff'.repeat(36), undefined],
    ['\u0800'.repeat(24), undefined],
    ['\u0800'.repeat(25), 75],
    ['\uffff'.repeat(24), undefined],
    ['\ud800'.repeat(24), undefined],
    ['\u{10000}'.repeat(18), undefined],
    ['\u{10000}'.repeat(19), 76],
    ['\u0800'.repeat(72), 216],
    // Not counted to the end.
    ['\u0800'.repeat(73), 73],
  ])('counts the bytes of a password as UTF-8: %j', async (password, actual) => {
    const answer = await run(password).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (actual === undefined) expect(answer).toBeUndefined();
    else {
      expect(answer).toMatchObject({
        ...{ code: 'ERR_PASSWORD', hasher: 'bcrypt', field: 'password', fix: expect.any(String) },
        limit: { param: 'passwordBytes', max: 72, actual },
      });
    }
  });

  test.each(['\0', 'a\0b', Uint8Array.of(97, 0)])('refuses a NUL where others stop reading: %j', async (password) => {
    await expect(run(password)).rejects.toMatchObject({
      ...{ code: 'ERR_PASSWORD', hasher: 'bcrypt', field: 'password', fix: expect.any(String) },
    });
  });
});

describe('needsRehashFor', () => {
  const bcrypt = () => target({ hasher: 'bcrypt', cost: 12 });
  const needs = (name: string, wanted?: UpgradeScheme) =>
    needsRehashFor(registry, DEFAULT_LIMITS, exampleOf(name), wanted);

  test('is true where a match would have a reason', () => {
    expect(needs('md5', undefined)).toBe(true);
    expect(needs('bcrypt', undefined)).toBe(false);
    expect(needs('bcrypt', bcrypt())).toBe(true);
  });

  test('throws where the digest cannot be verified', () => {
    const short = limitsFrom({ digestChars: 59 });
    for (const credential of [exampleOf('bcrypt'), { ...exampleOf('bcrypt'), passwordDigest: new Uint8Array(200) }]) {
      expect(() => needsRehashFor(registry, short, credential, undefined)).toThrow(
        expect.objectContaining({ code: 'ERR_LIMIT' }),
      );
    }
    expect(() => needsRehashFor(registry, short, null as never, undefined)).toThrow(TypeError);
  });
});
