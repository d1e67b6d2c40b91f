/** What a missing user, and a user with a cheap or broken digest, costs: counted in derivations, not in time. */
import { describe, expect, test } from 'vitest';
import { type Credential, createVerifier } from '../../src/index.js';
import { exampleOf, password, spied } from './slow.js';

const COST = 7;
const upgradeTo = { hasher: 'bcrypt', cost: COST } as const;
const bcryptOf = (cost: number): Credential => ({
  passwordHasher: 'bcrypt',
  passwordDigest: `$2b$${String(cost).padStart(2, '0')}$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG`,
});
/** Rounds that the derivations did. */
const rounds = (derived: readonly Record<string, unknown>[]): number =>
  derived.reduce((sum, { cost }) => sum + 2 ** Number(cost), 0);

describe('verifyUnknownUser', () => {
  test('derives once with the parameters of a new digest, and is a mismatch', async () => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo });
    expect(await verifier.verifyUnknownUser(password)).toEqual({ outcome: 'mismatch' });
    expect(await verifier.verifyUnknownUser('')).toEqual({ outcome: 'mismatch' });
    expect(derived).toEqual([
      { variant: '2b', cost: COST },
      { variant: '2b', cost: COST },
    ]);
  });

  test('is refused as the verification of a user would be', async () => {
    const verifier = createVerifier({ upgradeTo, maxMemoryBytes: 1 });
    const codeOf = async (given: string, signal?: AbortSignal) => {
      const [missing, real] = await Promise.all([
        verifier.verifyUnknownUser(given, { signal }),
        verifier.verify(given, bcryptOf(COST), { signal }),
      ]);
      expect(missing).toEqual(real);
      return missing.outcome === 'rejected' ? missing.error.code : missing.outcome;
    };
    expect(await codeOf(password)).toBe('ERR_LIMIT');
    expect(await codeOf('a'.repeat(5000))).toBe('ERR_PASSWORD');
    expect(await codeOf(password, AbortSignal.abort())).toBe('ERR_ABORTED');
    await verifier.close();
    expect(await codeOf(password)).toBe('ERR_CLOSED');
    await expect(verifier.verifyUnknownUser(5 as never)).rejects.toBeInstanceOf(TypeError);
  });
});

describe('equalize', () => {
  const cut = { passwordHasher: 'bcrypt', passwordDigest: '$2b$10$N9qo8uLOickgx2ZMRZo' };
  const tooCostly = bcryptOf(17);
  const rejections: readonly (readonly [string, Credential, string])[] = [
    ['malformed', cut, 'ERR_MALFORMED'],
    ['over a limit', tooCostly, 'ERR_LIMIT'],
    ['of an unknown hasher', { ...exampleOf('md5'), passwordHasher: 'nobody' }, 'ERR_UNKNOWN_HASHER'],
    ['of another system', exampleOf('awscognito'), 'ERR_UNVERIFIABLE'],
  ];

  test.each(rejections)('spends a new digest’s work on a digest that is %s', async (_, credential, code) => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    expect(await verifier.verify(password, credential)).toMatchObject({ outcome: 'rejected', error: { code } });
    expect(rounds(derived)).toBe(2 ** COST);
  });

  test.each([4, 5, 6])('makes up for bcrypt of cost %i to the round', async (cost) => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    expect((await verifier.verify('wrong', bcryptOf(cost))).outcome).toBe('mismatch');
    expect(derived[0]).toEqual({ variant: '2b', cost });
    expect(rounds(derived)).toBe(2 ** COST);
  });

  test.each(['md5', 'sha256_salted', 'ldap_ssha'])(
    'spends all of it on %s, for a match and a mismatch',
    async (name) => {
      const { registry, derived } = spied('bcrypt');
      await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
      expect((await verifier.verify(password, exampleOf(name))).outcome).toBe('match');
      expect((await verifier.verify('wrong', exampleOf(name))).outcome).toBe('mismatch');
      expect(rounds(derived)).toBe(2 * 2 ** COST);
    },
  );

  test.each([COST, COST + 1])('adds nothing to bcrypt of cost %i', async (cost) => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    await verifier.verify('wrong', bcryptOf(cost));
    expect(derived).toEqual([{ variant: '2b', cost }]);
  });

  test.each([
    [{ hasher: 'argon2id', m: 80, t: 2, p: 1 } as const, { version: 19, m: 80, t: 2, p: 1 }],
    [{ hasher: 'scrypt_werkzeug', N: 64, r: 8, p: 1 } as const, { N: 64, r: 8, p: 1 }],
    [{ hasher: 'pbkdf2_sha256_django', iterations: 200 } as const, { iterations: 200, keylen: 32 }],
  ])('spends all of %o on what is refused', async (target, params) => {
    const { registry, derived } = spied(target.hasher);
    await using verifier = createVerifier({ registry, upgradeTo: target, equalize: true });
    await verifier.verify(password, cut);
    expect(derived).toEqual([params]);
  });

  test.each([
    [
      { hasher: 'argon2id', m: 800, t: 2, p: 1 } as const,
      '$argon2id$v=19$m=200,t=2,p=1$EBESExQVFhcYGRobHB0eHw$KkX+KQo9B+gMHJ4QF+xE/E88ZFbOshRVxzOQAnjxw3Q',
      { m: 600, t: 2 },
    ],
    [
      { hasher: 'pbkdf2_sha256_django', iterations: 1000 } as const,
      'pbkdf2_sha256$250$salt$9T4zFPK3/cO2xbgNXkBUSVgu20RfqJ02u3iWhBA9jjc=',
      { iterations: 750 },
    ],
    [
      { hasher: 'scrypt_werkzeug', N: 64, r: 8, p: 1 } as const,
      `scrypt:32:8:1$salt$${'00'.repeat(64)}`,
      { N: 32, r: 8 },
    ],
  ])('makes up what a cheaper one of %o lacks', async (target, passwordDigest, rest) => {
    const { registry, derived } = spied(target.hasher);
    await using verifier = createVerifier({ registry, upgradeTo: target, equalize: true });
    expect((await verifier.verify('x', { passwordHasher: target.hasher, passwordDigest })).outcome).toBe('mismatch');
    expect(derived).toHaveLength(2);
    expect(derived[1]).toMatchObject(rest);
  });

  test('is asked for by a call as well, and taken back by one', async () => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo });
    await verifier.verify(password, exampleOf('md5'));
    expect(derived).toHaveLength(0);
    await verifier.verify(password, exampleOf('md5'), { equalize: true });
    expect(derived).toHaveLength(1);
    await using always = createVerifier({ registry, upgradeTo, equalize: true });
    await always.verify(password, exampleOf('md5'), { equalize: false });
    expect(derived).toHaveLength(1);
    await expect(verifier.verify(password, exampleOf('md5'), { equalize: 1 as never })).rejects.toThrow(TypeError);
  });

  test('answers a full memory budget to a cheap digest as to a missing user', async () => {
    await using verifier = createVerifier({ upgradeTo, equalize: true, maxMemoryBytes: 1 });
    const missing = await verifier.verifyUnknownUser(password);
    expect(missing.outcome).toBe('rejected');
    expect(await verifier.verify(password, exampleOf('md5'))).toEqual(missing);
  });

  test('does not need the caller’s bytes once it was called', async () => {
    await using verifier = createVerifier({ upgradeTo, equalize: true });
    const bytes = new TextEncoder().encode(password);
    const pending = verifier.verify(bytes, exampleOf('md5'));
    bytes.fill(0);
    expect((await pending).outcome).toBe('match');
  });

  test('does no work for an aborted signal or a password over the limit', async () => {
    const { registry, derived } = spied('bcrypt');
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    await verifier.verify(password, exampleOf('md5'), { signal: AbortSignal.abort() });
    await verifier.verify('a'.repeat(5000), exampleOf('md5'));
    expect(derived).toHaveLength(0);
  });
});
