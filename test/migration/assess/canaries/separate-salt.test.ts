/** A hash and a salt of another field: how they belong together, by known passwords. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../../../src/migration/assess/canaries/alternatives.js';
import type { Canary } from '../../../../src/migration/assess/canaries/found.js';
import {
  isSecondSalt,
  saltedSuggestions,
  secondSaltSuggestions,
} from '../../../../src/migration/assess/canaries/separate-salt.js';
import type { Verdict } from '../../../../src/types.js';

const canary = (passwordDigest: string, password: string, salt: string | undefined): Canary => ({
  ...{ file: 0, line: 2, id: 'u', verdict: 'rejected', hasher: null, rejection: undefined, password, salt },
  credential: { passwordHasher: 'md5', passwordDigest },
});

type Parts = readonly (string | Uint8Array)[];
const bytes = (algorithm: string, ...parts: Parts) => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hex = (algorithm: string, ...parts: Parts) => bytes(algorithm, ...parts).toString('hex');

type Make = (h: string, p: string, s: string | Uint8Array) => string;
const CONSTRUCTIONS: readonly (readonly [string, Make])[] = [
  ['salt-password', (h, p, s) => hex(h, s, p)],
  ['password-salt', (h, p, s) => hex(h, p, s)],
  ['hash-of-password-salt', (h, p, s) => hex(h, hex(h, p), s)],
  ['hash-of-salt-hash-of-password', (h, p, s) => hex(h, hex(h, s), hex(h, p))],
  ['salt-hash-of-password', (h, p, s) => hex(h, s, hex(h, p))],
  ['salted-thrice', (h, p, s) => hex(h, s, hex(h, s, hex(h, p)))],
  ['salt-password-salt', (h, p, s) => hex(h, s, p, s)],
  ['hmac-keyed-by-salt', (h, p, s) => createHmac(h, s).update(p).digest('hex')],
  ['hmac-keyed-by-password', (h, p, s) => createHmac(h, p).update(s).digest('hex')],
];

const KNOWN: readonly (readonly [password: string, salt: string])[] = [
  ['one', 'x!1'],
  ['two', 'y!2'],
  ['three', 'z!3'],
];

describe('is found as', () => {
  test.each(CONSTRUCTIONS)('%s', async (construction, make) => {
    const found = await saltedSuggestions(KNOWN.map(([p, s]) => canary(make('sha1', p, s), p, s)));
    expect(found).toEqual([{ kind: 'separate-salt', construction, algorithm: 'sha1', matched: 3, of: 3 }]);
  });

  test.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('of %s, by its length', async (algorithm) => {
    const found = await saltedSuggestions(KNOWN.map(([p, s]) => canary(hex(algorithm, p, s), p, s)));
    expect(found).toMatchObject([{ construction: 'password-salt', algorithm }]);
    expect(found[0]).not.toHaveProperty('hasher');
  });

  test.each([
    ['md5', 'md5_salted'],
    ['sha256', 'sha256_salted'],
  ])('what a hasher takes: %s', async (algorithm, hasher) => {
    const found = await saltedSuggestions(KNOWN.map(([p, s]) => canary(hex(algorithm, s, p), p, s)));
    expect(found).toEqual([
      { kind: 'separate-salt', construction: 'salt-password', algorithm, hasher, matched: 3, of: 3 },
    ]);
  });

  test('PBKDF2 of passport-local-mongoose', async () => {
    const digest = pbkdf2Sync('one', 'salt!', 25_000, 512, 'sha256').toString('hex');
    const way = { kind: 'separate-salt', construction: 'pbkdf2', algorithm: 'sha256', iterations: 25_000 };
    expect(await saltedSuggestions([canary(digest, 'one', 'salt!')])).toEqual([{ ...way, matched: 1, of: 1 }]);
    expect(await saltedSuggestions([canary(digest, 'two', 'salt!')])).toEqual([]);
  });
});

describe('salts that are text of bytes', () => {
  const of = (salt: string, decoded: Uint8Array) => saltedSuggestions([canary(hex('md5', decoded, 'p'), 'p', salt)]);

  test.each([
    ['0aFf', 'hex'],
    ['00', 'hex'],
    ['AAECAw==', 'base64'],
    ['AAEC', 'base64'],
    ['AAECA/8=', 'base64'],
  ] as const)('%s are decoded from %s, which no hasher does', async (salt, saltEncoding) => {
    const found = await of(salt, Buffer.from(salt, saltEncoding));
    expect(found).toEqual([
      {
        ...{ kind: 'separate-salt', construction: 'salt-password', algorithm: 'md5' },
        ...{ saltEncoding, matched: 1, of: 1 },
      },
    ]);
  });

  test.each(['0aFf', 'AAEC', 'AAECAw=='])('%s may be the text', async (salt) => {
    expect(await of(salt, Buffer.from(salt))).toMatchObject([{ construction: 'salt-password', hasher: 'md5_salted' }]);
  });

  test.each([
    ['0aF', 'hex'],
    ['0aFfx', 'hex'],
    ['x0aFf', 'hex'],
    ['AAECAw', 'base64'],
    ['!AECAw==', 'base64'],
    ['AAECAw=!', 'base64'],
    ['A===', 'base64'],
  ] as const)('%s is no %s', async (salt, encoding) => {
    expect(await of(salt, Buffer.from(salt, encoding))).toEqual([]);
  });
});

describe('a hash', () => {
  const made = bytes('md5', 's!', 'p');

  test.each([made.toString('hex'), made.toString('hex').toUpperCase(), made.toString('base64')])(
    '%s is hexadecimal or Base64',
    async (digest) => expect(await saltedSuggestions([canary(digest, 'p', 's!')])).toHaveLength(1),
  );

  test.each([
    ` ${made.toString('base64')}`,
    `${made.toString('base64')} `,
    `x!${made.toString('hex')}`,
    `${made.toString('hex')}!`,
    `${made.toString('hex')}0`,
    `${made.toString('base64')}=`,
    '',
    '00',
  ])('%j is none', async (digest) => expect(await saltedSuggestions([canary(digest, 'p', 's!')])).toEqual([]));

  test('without a salt is one of the password alone', async () => {
    const found = await saltedSuggestions([canary(hex('md5', 'p'), 'p', undefined)]);
    expect(found.map((one) => 'construction' in one && one.construction)).toContain('salt-password');
  });
});

test('ways of half of the passwords or fewer are not reported, and each is counted', async () => {
  const right = KNOWN.map(([p, s]) => canary(hex('md5', p, s), p, s));
  const wrong = right.map((one) => ({ ...one, password: 'wrong' }));
  expect(await saltedSuggestions([...right.slice(0, 2), ...wrong.slice(0, 2)])).toEqual([]);
  expect(await saltedSuggestions([...right, ...wrong.slice(0, 2)])).toMatchObject([{ matched: 3, of: 5 }]);
});

test('a salt is a second one where the digest has parts', () => {
  expect(isSecondSalt(canary('s$h', 'p', 'x'))).toBe(true);
  expect(isSecondSalt(canary('s$h', 'p', ''))).toBe(true);
  expect(isSecondSalt(canary('s$h', 'p', undefined))).toBe(false);
  expect(isSecondSalt(canary('h', 'p', 'x'))).toBe(false);
});

describe('a second salt', () => {
  const canaries = ['p1', 'p2', 'p3', 'p4'].map((password) => canary('s$h', password, 'x'));
  const of = async (matches: (password: string) => boolean, all = canaries) => {
    const tried: Attempt[] = [];
    const found = await secondSaltSuggestions(all, async (attempts) => {
      tried.push(...attempts);
      return attempts.map(
        ({ password }) => ({ outcome: matches(Buffer.from(password).toString()) ? 'match' : 'mismatch' }) as Verdict,
      );
    });
    return { found, tried: tried.map((one) => ({ ...one, password: Buffer.from(one.password).toString() })) };
  };

  test('follows or precedes the password of most', async () => {
    expect((await of((password) => /^p.x$/.test(password))).found).toEqual([
      { kind: 'second-salt', order: 'password-salt', matched: 4, of: 4 },
    ]);
    expect((await of((password) => /^xp[1-3]$/.test(password))).found).toEqual([
      { kind: 'second-salt', order: 'salt-password', matched: 3, of: 4 },
    ]);
    expect((await of((password) => /^xp[12]$/.test(password))).found).toEqual([]);
  });

  test('is tried against the digest as it is', async () => {
    const { tried } = await of(() => false, [canary('s$h', 'p', 'x'), canary('s$h', 'q', undefined)]);
    const credential = { passwordHasher: 'md5', passwordDigest: 's$h' };
    expect(tried).toEqual(['px', 'q', 'xp', 'q'].map((password) => ({ password, credential, passwordFirst: false })));
  });
});
