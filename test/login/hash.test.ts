/** New digests: of each hasher that can be asked for, and what is refused. */
import { describe, expect, test } from 'vitest';
import {
  clerkHashers,
  createRegistry,
  createVerifier,
  DEFAULT_LIMITS,
  md5Salted,
  parse,
  type VerifierOptions,
} from '../../src/index.js';
import * as portable from '../../src/portable.js';
import { exampleOf, password } from './slow.js';

const TARGETS = [
  { hasher: 'bcrypt', cost: 4 },
  { hasher: 'argon2id', m: 64, t: 1, p: 2 },
  { hasher: 'scrypt_werkzeug', N: 16, r: 8, p: 2 },
  { hasher: 'pbkdf2_sha256_django', iterations: 10 },
] as const;

describe.each([
  ['digestry', createVerifier],
  ['digestry/portable', portable.createVerifier],
] as const)('hash() of %s', (_, create) => {
  test.each(TARGETS.map((target) => [target.hasher, target] as const))(
    'makes a digest of %s that verifies, with the parameters asked for and a salt of its own',
    async (name, upgradeTo) => {
      await using verifier = create({ upgradeTo });
      const [one, two] = await Promise.all([verifier.hash(password), verifier.hash(password)]);
      expect(one.passwordHasher).toBe(name);
      expect(one.passwordDigest).not.toBe(two?.passwordDigest);
      const { hasher: _name, ...params } = upgradeTo;
      expect(parse(one)).toMatchObject({ params, warnings: [] });
      expect(parse(one).salt.length).toBeGreaterThanOrEqual(16);
      expect(await verifier.verify(password, one)).toEqual({ outcome: 'match', rehash: [] });
      expect((await verifier.verify(`${password}!`, one)).outcome).toBe('mismatch');
    },
  );
});

test('is of bcrypt with cost 12 where nothing else is asked for', async () => {
  await using verifier = createVerifier();
  const { passwordHasher, passwordDigest } = await verifier.hash(password);
  expect(passwordHasher).toBe('bcrypt');
  expect(passwordDigest).toMatch(/^\$2b\$12\$/);
});

test('has defaults that its own policy asks nothing more of', async () => {
  for (const upgradeTo of ['argon2id', 'scrypt_werkzeug', 'pbkdf2_sha256_django'] as const) {
    await using verifier = createVerifier({ upgradeTo });
    const credential = await verifier.hash(password);
    await using other = createVerifier();
    expect(await other.verify(password, credential)).toEqual({ outcome: 'match', rehash: [] });
  }
});

describe('hash() refuses', () => {
  const codes = async (given: string | Uint8Array, options: VerifierOptions) => {
    await using verifier = createVerifier(options);
    return await verifier.hash(given).then(
      () => 'hashed',
      (error: { code: string }) => error.code,
    );
  };
  const bcrypt = { upgradeTo: { hasher: 'bcrypt', cost: 4 } } as const;
  const argon2id = { upgradeTo: { hasher: 'argon2id', m: 8, t: 1, p: 1 } } as const;

  test.each([
    ['73 bytes for bcrypt', 'a'.repeat(73), bcrypt, 'ERR_PASSWORD'],
    ['72 bytes for bcrypt not', 'a'.repeat(72), bcrypt, 'hashed'],
    ['37 characters of 2 bytes for bcrypt', 'é'.repeat(37), bcrypt, 'ERR_PASSWORD'],
    ['36 characters of 2 bytes for bcrypt not', 'é'.repeat(36), bcrypt, 'hashed'],
    ['19 characters of 4 bytes for bcrypt', '😀'.repeat(19), bcrypt, 'ERR_PASSWORD'],
    ['18 characters of 4 bytes for bcrypt not', '😀'.repeat(18), bcrypt, 'hashed'],
    ['73 bytes that are bytes for bcrypt', new Uint8Array(73).fill(97), bcrypt, 'ERR_PASSWORD'],
    ['a NUL for bcrypt', 'a\0b', bcrypt, 'ERR_PASSWORD'],
    ['a NUL in bytes for bcrypt', Uint8Array.of(97, 0), bcrypt, 'ERR_PASSWORD'],
    ['73 bytes for argon2id not', 'a'.repeat(73), argon2id, 'hashed'],
    ['a NUL for argon2id not', 'a\0b', argon2id, 'hashed'],
    ['a password over the limit', 'a'.repeat(DEFAULT_LIMITS.passwordBytes + 1), argon2id, 'ERR_PASSWORD'],
  ])('%s', async (_, given, options, expected) => {
    expect(await codes(given, options)).toBe(expected);
  });

  test('an aborted signal and a closed verifier', async () => {
    const verifier = createVerifier(argon2id);
    await expect(verifier.hash('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await verifier.close();
    await expect(verifier.hash('x')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    await expect(verifier.hash(5 as never)).rejects.toBeInstanceOf(TypeError);
  });

  test('without a piece of the password in what it says', async () => {
    await using verifier = createVerifier(bcrypt);
    const error: unknown = await verifier.hash(`secret-word\0`).catch((one: unknown) => one);
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(String(error)).not.toContain('secret');
  });
});

describe('a target', () => {
  test.each([
    ['a hasher that is none', 'bycrypt', /upgradeTo.*bcrypt/],
    ['a hasher that nothing new should be of', 'md5', /upgradeTo.*bcrypt/],
    ['a name of every object', 'constructor', /upgradeTo.*bcrypt/],
    ['null', null, /upgradeTo/],
    ['no hasher', { cost: 12 }, /upgradeTo/],
    ['a parameter of another hasher', { hasher: 'bcrypt', m: 5 }, /\bm\b.*\bcost\b/],
    ['a parameter that is a text', { hasher: 'bcrypt', cost: '12' }, /\bcost\b/],
    ['half a pass', { hasher: 'argon2id', t: 1.5 }, /\bt\b/],
    ['a cost that bcrypt has not', { hasher: 'bcrypt', cost: 3 }, /bcrypt: cost/],
    ['a cost over the limits', { hasher: 'bcrypt', cost: 17 }, /bcrypt: cost.*\b16\b/],
    ['an N that is no power of two', { hasher: 'scrypt_werkzeug', N: 100 }, /\bN\b/],
    ['too little memory for its lanes', { hasher: 'argon2id', m: 8, p: 2 }, /8·p/],
    ['a pepper that is not there', 'bcrypt_peppered', /\bpepper\b/],
  ])('that is %s is wrong use', (_, upgradeTo, message) => {
    expect(() => createVerifier({ upgradeTo: upgradeTo as never })).toThrow(TypeError);
    expect(() => createVerifier({ upgradeTo: upgradeTo as never })).toThrow(message);
  });

  test.each([
    ['bcrypt:12', "{ hasher: 'bcrypt', cost: 12 }"],
    ['argon2id:m=65536,t=3,p=4', "{ hasher: 'argon2id', m: 65536, t: 3, p: 4 }"],
    ['scrypt_werkzeug:32768:8:1', "{ hasher: 'scrypt_werkzeug', N: 32768, r: 8, p: 1 }"],
  ])('refuses what the command line takes, %s, and names its own form', (upgradeTo, literal) => {
    const create = () => createVerifier({ upgradeTo: upgradeTo as never });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(literal);
  });

  test.each(['bcrypt:x', 'bcrypt:', 'md5:12', 'bcrypt:1,2,3', ':', 'constructor:1'])('refuses %j', (upgradeTo) => {
    expect(() => createVerifier({ upgradeTo: upgradeTo as never })).toThrow(/must be one of bcrypt/);
  });

  test('that the registry lacks is wrong use, and only of what needs it where nobody asked for it', async () => {
    const registry = createRegistry([md5Salted()]);
    expect(() => createVerifier({ registry, upgradeTo: 'bcrypt' })).toThrow(TypeError);
    expect(() => createVerifier({ registry, equalize: true })).toThrow(TypeError);
    await using verifier = createVerifier({ registry });
    expect((await verifier.verify(password, exampleOf('md5_salted'))).outcome).toBe('match');
    await expect(verifier.hash(password)).rejects.toThrow(TypeError);
    await expect(verifier.verifyUnknownUser(password)).rejects.toBeInstanceOf(TypeError);
  });
});

describe('normalize', () => {
  const composed = 'caf\u00e9';
  const decomposed = 'cafe\u0301';
  const ligature = '\ufb01sh';
  const upgradeTo = { hasher: 'argon2id', m: 8, t: 1, p: 1 } as const;

  test.each([
    ['none', 'mismatch', 'mismatch'],
    ['NFC', 'match', 'mismatch'],
    ['NFKC', 'match', 'match'],
  ] as const)('%s', async (normalize, accent, compatible) => {
    await using verifier = createVerifier({ upgradeTo, normalize });
    expect((await verifier.verify(decomposed, await verifier.hash(composed))).outcome).toBe(accent);
    expect((await verifier.verify(composed, await verifier.hash(decomposed))).outcome).toBe(accent);
    expect((await verifier.verify('fish', await verifier.hash(ligature))).outcome).toBe(compatible);
  });

  test('leaves bytes as they are', async () => {
    await using verifier = createVerifier({ upgradeTo, normalize: 'NFC' });
    const bytes = new TextEncoder().encode(decomposed);
    const made = await verifier.hash(bytes);
    expect((await verifier.verify(composed, made)).outcome).toBe('mismatch');
    expect((await verifier.verify(bytes, made)).outcome).toBe('match');
    expect((await verifier.verify(bytes, await verifier.hash(composed))).outcome).toBe('mismatch');
  });

  test('refuses text over the limit, also where its other form would be shorter', async () => {
    await using verifier = createVerifier({ normalize: 'NFC', limits: { passwordBytes: 10 } });
    const verdict = await verifier.verify('e\u0301'.repeat(6), exampleOf('md5'));
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_PASSWORD' } });
  });

  test('of another name is wrong use', () => {
    expect(() => createVerifier({ normalize: 'nfc' as never })).toThrow(TypeError);
  });
});

test('every hasher of a target is among the 22', () => {
  const names = clerkHashers.map(({ name }) => name);
  for (const { hasher } of TARGETS) expect(names).toContain(hasher);
});
