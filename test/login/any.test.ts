/** verifyAny: a digest without the name of its hasher. needsRehash: a digest without its password. */
import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  clerkHashers,
  createParsed,
  createRegistry,
  createVerifier,
  DigestError,
  defineHasher,
  hashCost,
  needsRehash,
  verifyAny,
} from '../../src/index.js';
import * as portable from '../../src/portable.js';
import { rejection } from '../support/rejection.js';
import { exampleOf, password, spied } from './slow.js';

const verifiable = clerkHashers.filter(({ example }) => example.password !== undefined);

describe.each([
  ['digestry', verifyAny],
  ['digestry/portable', portable.verifyAny],
] as const)('verifyAny of %s', (_, verifyHere) => {
  test.each(verifiable.map(({ name }) => name))('says that %s matched', async (name) => {
    const { passwordDigest } = exampleOf(name);
    const verdict = await verifyHere(password, passwordDigest);
    expect(verdict).toMatchObject({
      outcome: 'match',
      hasher: name,
      credential: { passwordHasher: name, passwordDigest },
    });
  });

  test.each(verifiable.map(({ name }) => name))('answers a mismatch of a digest of %s', async (name) => {
    expect(await verifyHere('wrong', exampleOf(name).passwordDigest)).toEqual({ outcome: 'mismatch' });
  });
});

describe('verifyAny', () => {
  // A minute of a standing event loop, before it was refused unread.
  test('refuses a digest over the limit without looking for anything in it', async () => {
    const verdict = await verifyAny(password, 'a$'.repeat(2 ** 22));
    expect(verdict).toMatchObject({
      outcome: 'rejected',
      error: { code: 'ERR_LIMIT', limit: { param: 'digestChars', max: 4096, actual: 2 ** 23 } },
    });
  });

  test('reads nothing of a long digest that raised limits let pass', async () => {
    await using verifier = createVerifier({ limits: { digestChars: 2 ** 24 } });
    const verdict = await verifier.verifyAny(password, 'a$'.repeat(2 ** 22));
    expect(verdict).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_UNKNOWN_HASHER' } });
  });

  test("tells Better Auth's digest from one of Node's defaults", async () => {
    const salt = '0123456789abcdef0123456789abcdef';
    for (const r of [16, 8]) {
      const key = scryptSync(password, salt, 64, { N: 16_384, r, p: 1, maxmem: 2 ** 26 }).toString('hex');
      const passwordDigest = `scrypt:16384:${r}:1$${salt}$${key}`;
      expect(await verifyAny(password, `${salt}:${key}`)).toMatchObject({
        outcome: 'match',
        hasher: 'scrypt_werkzeug',
        credential: { passwordHasher: 'scrypt_werkzeug', passwordDigest },
      });
      expect(await verifyAny('wrong', `${salt}:${key}`)).toEqual({ outcome: 'mismatch' });
    }
  });

  test('tries a salt that is stored next to the digest', async () => {
    const [salt = '', hash = ''] = exampleOf('md5_salted').passwordDigest.split('$');
    expect(await verifyAny(password, hash)).toEqual({ outcome: 'mismatch' });
    expect(await verifyAny(password, hash, { salt })).toMatchObject({
      outcome: 'match',
      hasher: 'md5_salted',
      credential: exampleOf('md5_salted'),
    });
    const { passwordDigest } = exampleOf('md5');
    for (const none of [null, undefined, '', 'unused']) {
      expect(await verifyAny(password, passwordDigest, { salt: none })).toMatchObject({ hasher: 'md5' });
    }
  });

  test.each([
    [null, 'ERR_DISABLED'],
    [undefined, 'ERR_DISABLED'],
    ['', 'ERR_DISABLED'],
    ['!', 'ERR_DISABLED'],
    [5, 'ERR_MALFORMED'],
    ['no digest of anything', 'ERR_UNKNOWN_HASHER'],
    [exampleOf('bcrypt').passwordDigest.slice(0, 59), 'ERR_MALFORMED'],
    ['$6$salt$hash', 'ERR_MALFORMED'],
    [exampleOf('bcrypt').passwordDigest.replace('$10$', '$31$'), 'ERR_LIMIT'],
    [exampleOf('awscognito').passwordDigest, 'ERR_UNVERIFIABLE'],
  ])('rejects %j with %s', async (digest, code) => {
    expect(await verifyAny(password, digest as string)).toMatchObject({ outcome: 'rejected', error: { code } });
  });

  test('reads a digest in quotes as identify does, and answers with the credential that matched', async () => {
    const quoted = `"${exampleOf('bcrypt').passwordDigest}"`;
    expect(await verifyAny(password, quoted)).toMatchObject({ outcome: 'match', credential: exampleOf('bcrypt') });
  });

  test('claims no mismatch where one of the readings was not tried', async () => {
    await using verifier = createVerifier({ limits: { scryptMemoryBytes: 20 * 2 ** 20 } });
    const key = scryptSync('x', 'ab'.repeat(16), 64).toString('hex');
    const digest = `${'ab'.repeat(16)}:${key}`;
    expect(await verifier.verifyAny('wrong', digest)).toMatchObject({ error: { code: 'ERR_LIMIT' } });
    expect(await verifier.verifyAny('x', digest)).toMatchObject({ outcome: 'match' });
  });

  test('tries all that take microseconds', async () => {
    let derived = 0;
    const likes = Array.from({ length: 9 }, (_, i) =>
      defineHasher({
        name: `like_${i}`,
        example: { digest: '00' },
        parse(digest) {
          if (digest !== '00') throw new DigestError('ERR_MALFORMED', 'not 00', { field: 'hash', offset: 0 });
          return createParsed({}, new Uint8Array(), Uint8Array.of(0));
        },
        serialize: () => '00',
        cost: () => hashCost('md5'),
        derive() {
          derived++;
          return Uint8Array.of(1);
        },
      }),
    );
    await using verifier = createVerifier({ registry: createRegistry(likes) });
    expect(await verifier.verifyAny('x', '00')).toEqual({ outcome: 'mismatch' });
    expect(derived).toBe(9);
  });

  test('with equalize: costs what a new digest does where there is nothing to verify', async () => {
    const { registry, derived } = spied('bcrypt');
    const upgradeTo = { hasher: 'bcrypt', cost: 5 } as const;
    await using verifier = createVerifier({ registry, upgradeTo, equalize: true });
    for (const digest of [null, 'no digest', exampleOf('md5').passwordDigest]) {
      derived.length = 0;
      await verifier.verifyAny('wrong', digest);
      expect(derived).toEqual([{ variant: '2b', cost: 5 }]);
    }
  });
});

describe('needsRehash', () => {
  test.each([
    ['md5', undefined, true],
    ['phpass', undefined, true],
    ['bcrypt', undefined, false],
    ['bcrypt', 'bcrypt', true],
    ['bcrypt', { hasher: 'bcrypt', cost: 10 }, false],
    ['argon2id', undefined, false],
    ['argon2id', 'bcrypt', false],
    ['bcrypt', 'argon2id', true],
    ['bcrypt', 'bcrypt_peppered', true],
  ] as const)('of %s against %j is %s', (name, upgradeTo, wanted) => {
    expect(needsRehash(exampleOf(name), upgradeTo)).toBe(wanted);
  });

  test.each(verifiable.map(({ name }) => name))('says of %s what verify says', async (name) => {
    for (const upgradeTo of [undefined, 'bcrypt', 'argon2id'] as const) {
      await using verifier = createVerifier({ upgradeTo });
      const verdict = await verifier.verify(password, exampleOf(name));
      expect(needsRehash(exampleOf(name), upgradeTo)).toBe(verdict.outcome === 'match' && verdict.rehash.length > 0);
      if (upgradeTo !== undefined) {
        expect(verifier.needsRehash(exampleOf(name))).toBe(needsRehash(exampleOf(name), upgradeTo));
      }
    }
  });

  test('throws the error of a digest that cannot be verified', () => {
    expect(rejection(() => needsRehash({ passwordHasher: 'bcrypt', passwordDigest: null })).code).toBe('ERR_DISABLED');
    expect(rejection(() => needsRehash({ passwordHasher: 'bcrypt', passwordDigest: '$2b$' })).code).toBe(
      'ERR_MALFORMED',
    );
    expect(() => needsRehash(exampleOf('md5'), 'md5' as never)).toThrow(TypeError);
  });
});
