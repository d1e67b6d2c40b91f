/** Limits: accepted at the bound, refused one above. Reasons to replace a digest: none for one that is strong. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  clerkHashers,
  createRegistry,
  createVerifier,
  DEFAULT_LIMITS,
  type HasherName,
  type LimitName,
  type Limits,
  type Params,
  type RehashReason,
  validate,
  verify,
} from '../../src/index.js';
import { runs } from '../support/properties.js';
import { alwaysMatching, digestOf } from './digests.js';

const MIB = 2 ** 20;
const NO_LIMIT = Object.fromEntries(
  Object.keys(DEFAULT_LIMITS).map((name) => [name, Number.POSITIVE_INFINITY]),
) as unknown as Limits;

const argon2 = (m: number, t: number, p: number): Params => ({ version: 19, m, t, p });
const bcrypt = (cost: number, variant = '2b'): Params => ({ variant, cost });

interface Bound {
  readonly limit: LimitName;
  readonly hasher: HasherName;
  readonly at: Params;
  /** As little over the bound as the format can say. */
  readonly over: Params;
  /** What the error says: the parameter, its bound, and what it was. */
  readonly detail: { readonly param: string; readonly max: number; readonly actual: number };
  /** Where it is in the digest. */
  readonly field: string;
}

function bound(
  limit: LimitName,
  hasher: HasherName,
  at: Params,
  over: Params,
  param: string,
  max: number,
  actual: number,
  field: string = param,
): Bound {
  return { limit, hasher, at, over, detail: { param, max, actual }, field };
}

const C = 10_000_000;
const BOUNDS: readonly Bound[] = [
  ...(['bcrypt', 'bcrypt_peppered', 'bcrypt_sha256_django'] as const).map((name) =>
    bound('bcryptCost', name, bcrypt(16), bcrypt(17), 'cost', 16, 17),
  ),
  ...(['pbkdf2_sha1', 'pbkdf2_sha256', 'pbkdf2_sha256_django'] as const).map((name) =>
    bound(
      'pbkdf2Iterations',
      name,
      { iterations: C, keylen: 32 },
      { iterations: C + 1, keylen: 32 },
      'iterations',
      C,
      C + 1,
    ),
  ),
  ...(['pbkdf2_sha512', 'pbkdf2_sha512_hex'] as const).map((name) =>
    bound(
      'pbkdf2Iterations',
      name,
      { iterations: C, keylen: 64 },
      { iterations: C + 1, keylen: 64 },
      'iterations',
      C,
      C + 1,
    ),
  ),
  // 64 bytes of SHA-1 are four blocks, each of all iterations.
  bound(
    'pbkdf2Work',
    'pbkdf2_sha1',
    { iterations: C / 2, keylen: 64 },
    { iterations: C / 2 + 1, keylen: 64 },
    'work',
    2 * C,
    2 * C + 4,
    'iterations',
  ),
  bound(
    'scryptMemoryBytes',
    'scrypt_werkzeug',
    { N: 2 ** 18, r: 8, p: 1 },
    { N: 2 ** 18, r: 9, p: 1 },
    'memoryBytes',
    256 * MIB,
    288 * MIB,
    'N',
  ),
  bound(
    'scryptMemoryBytes',
    'scrypt_firebase',
    { rounds: 8, memCost: 18 },
    { rounds: 8, memCost: 19 },
    'memoryBytes',
    256 * MIB,
    512 * MIB,
    'memCost',
  ),
  bound(
    'scryptWork',
    'scrypt_werkzeug',
    { N: 2 ** 15, r: 8, p: 64 },
    { N: 2 ** 15, r: 8, p: 65 },
    'work',
    2 ** 24,
    2 ** 18 * 65,
    'p',
  ),
  ...(['argon2i', 'argon2id'] as const).flatMap((name) => [
    bound('argon2MemoryBytes', name, argon2(MIB, 1, 1), argon2(MIB + 1, 1, 1), 'm', MIB, MIB + 1),
    bound('argon2Passes', name, argon2(8, 64, 1), argon2(8, 65, 1), 't', 64, 65),
    bound('argon2Lanes', name, argon2(1024, 1, 64), argon2(1024, 1, 65), 'p', 64, 65),
  ]),
  ...(['phpass', 'md5_phpass'] as const).map((name) =>
    bound('phpassIterations', name, { cost: 24 }, { cost: 25 }, 'iterations', 2 ** 24, 2 ** 25, 'cost'),
  ),
  bound('symfonyIterations', 'sha512_symfony', { iterations: C }, { iterations: C + 1 }, 'iterations', C, C + 1),
];

const check = (passwordHasher: HasherName, params: Params, limits?: Partial<Limits>) =>
  validate(
    { passwordHasher, passwordDigest: digestOf(passwordHasher, params) },
    limits === undefined ? {} : { limits },
  );

describe('the default limits', () => {
  test('are these, and frozen', () => {
    expect(DEFAULT_LIMITS).toEqual({
      ...{ digestChars: 4096, passwordBytes: 4096, bcryptCost: 16, pbkdf2Iterations: C, pbkdf2Work: 2 * C },
      ...{ scryptMemoryBytes: 256 * MIB, scryptWork: 2 ** 24, argon2MemoryBytes: 1024 * MIB, argon2Passes: 64 },
      ...{ argon2Lanes: 64, phpassIterations: 2 ** 24, symfonyIterations: C, hashIterations: C },
      cryptRounds: C,
    });
    expect(Object.isFrozen(DEFAULT_LIMITS)).toBe(true);
  });

  test('are all in the table below', () => {
    const tested = new Set<string>(BOUNDS.map(({ limit }) => limit));
    expect(Object.keys(DEFAULT_LIMITS).filter((name) => !tested.has(name))).toEqual([
      ...['digestChars', 'passwordBytes'],
      // Of recipes: test/recipe.
      'hashIterations',
      // Of jobs: test/engine/one-pool.test.ts.
      'cryptRounds',
    ]);
  });

  test('bound every hasher whose cost a digest can choose', () => {
    const tested = new Set<string>(BOUNDS.map(({ hasher }) => hasher));
    const costly = clerkHashers.filter(({ cost, parse, example }) => cost(parse(example.digest).params).kdf !== 'hash');
    expect(costly.filter(({ name }) => !tested.has(name)).map(({ name }) => name)).toEqual([]);
  });
});

describe.each(BOUNDS)('$limit for $hasher', ({ limit, hasher, at, over, detail, field }) => {
  test('accepts the bound', () => expect(check(hasher, at)).toMatchObject({ ok: true }));

  test('refuses what is over it, with parameter, bound and value, in its place, and with a way out', () => {
    const answer = check(hasher, over);
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_LIMIT', hasher, limit: detail } });
    if (answer.ok) return;
    expect(answer.error.fix).toContain(limit);
    const { offset, message } = answer.error;
    expect(message).toContain(String(detail.actual));
    expect(answer.error.field).toBe(field);
    const value = String(over[field]).padStart(hasher.startsWith('bcrypt') ? 2 : 1, '0');
    const digest = digestOf(hasher, over);
    // phpass writes a character for the number.
    if (!hasher.endsWith('phpass')) expect(digest.slice(offset, (offset ?? 0) + value.length)).toBe(value);
    else expect(offset).toBe(3);
  });

  test('is not there at Infinity, and can be raised and lowered by one', () => {
    const unit = limit === 'argon2MemoryBytes' ? 1024 : 1;
    // The others are off: one digest can be over two of them.
    const only = (max: number): Limits => ({ ...NO_LIMIT, [limit]: max });
    expect(check(hasher, over, NO_LIMIT)).toMatchObject({ ok: true });
    expect(check(hasher, over, only(detail.actual * unit))).toMatchObject({ ok: true });
    expect(check(hasher, over, only(detail.actual * unit - 1))).toMatchObject({ error: { code: 'ERR_LIMIT' } });
    expect(check(hasher, at, only(detail.max * unit - 1))).toMatchObject({ error: { code: 'ERR_LIMIT' } });
  });

  test('stays where another is given', () => {
    const [other = ''] = Object.keys(DEFAULT_LIMITS).filter((name) => name !== limit && name !== 'digestChars');
    expect(check(hasher, over, { [other]: Number.POSITIVE_INFINITY })).toMatchObject({ error: { code: 'ERR_LIMIT' } });
  });
});

describe('the limits of length', () => {
  const salted = (chars: number) => `${'s'.repeat(chars - 33)}$${'0'.repeat(32)}`;

  test('count the characters of a digest', () => {
    expect(validate({ passwordHasher: 'md5_salted', passwordDigest: salted(4096) })).toMatchObject({ ok: true });
    expect(validate({ passwordHasher: 'md5_salted', passwordDigest: salted(4097) })).toMatchObject({
      ok: false,
      error: { code: 'ERR_LIMIT', field: 'digest', limit: { param: 'digestChars', max: 4096, actual: 4097 } },
    });
    const limits = { digestChars: 4097 };
    expect(validate({ passwordHasher: 'md5_salted', passwordDigest: salted(4097) }, { limits })).toMatchObject({
      ok: true,
    });
  });

  test('count the bytes of a password', async () => {
    const credential = { passwordHasher: 'md5', passwordDigest: '0'.repeat(32) };
    for (const password of ['x'.repeat(4096), '\u20ac'.repeat(1365), new Uint8Array(4096)]) {
      expect(await verify(password, credential)).toEqual({ outcome: 'mismatch' });
    }
    for (const password of ['x'.repeat(4097), '\u20ac'.repeat(1366), new Uint8Array(4097)]) {
      const { length } = typeof password === 'string' ? Buffer.from(password) : password;
      expect(await verify(password, credential)).toMatchObject({
        error: { code: 'ERR_PASSWORD', limit: { param: 'passwordBytes', max: 4096, actual: length } },
      });
    }
  });
});

describe('invalid limits', () => {
  const wrong: readonly (readonly [string, object])[] = [
    ...['cost', 'BcryptCost', 'constructor', 'toString', '', 'hasOwnProperty'].map(
      (name) => [`a limit "${name}"`, { [name]: 1 }] as const,
    ),
    ['a limit "__proto__"', JSON.parse('{"__proto__":1}')],
    ...[-1, Number.NaN, Number.NEGATIVE_INFINITY, '12', null, true, 12n, [12]].map(
      (value) => [`a bcryptCost of ${String(value)}`, { bcryptCost: value }] as const,
    ),
  ];

  test.each(wrong)('%s is refused with a TypeError', (_, limits) => {
    const credential = { passwordHasher: 'md5', passwordDigest: '' };
    expect(() => createVerifier({ limits })).toThrow(TypeError);
    expect(() => validate(credential, { limits })).toThrow(TypeError);
  });

  test('0 is one: nothing passes', () => {
    expect(check('bcrypt', bcrypt(4), { bcryptCost: 0 })).toMatchObject({
      error: { code: 'ERR_LIMIT', limit: { max: 0 } },
    });
  });
});

// Every password is right: what is said of a digest depends on nothing but its parameters and spelling.
const verifier = createVerifier({ registry: createRegistry(clerkHashers.map(alwaysMatching)), limits: NO_LIMIT });
afterAll(() => verifier.close());

async function reasons(passwordHasher: string, passwordDigest: string): Promise<readonly RehashReason[]> {
  const verdict = await verifier.verify('x', { passwordHasher, passwordDigest });
  if (verdict.outcome !== 'match') throw new Error(`${passwordHasher}: ${verdict.outcome}`);
  return verdict.rehash;
}

const OWASP_ARGON2 = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9_216, 4],
  [7_168, 5],
] as const;
const OWASP_SCRYPT = [
  [17, 1],
  [16, 2],
  [15, 3],
  [14, 5],
  [13, 10],
] as const;

/** Digests that should stay, up to twice and far more than what is published. */
const STRONG: readonly (readonly [HasherName, Params])[] = [
  ...[10, 11, 12, 14, 31].flatMap((cost) =>
    ['2a', '2b', '2y'].flatMap((variant) =>
      (['bcrypt', 'bcrypt_peppered', 'bcrypt_sha256_django'] as const).map(
        (name) => [name, bcrypt(cost, variant)] as const,
      ),
    ),
  ),
  ...[1_400_000, 1_400_001, 2_000_000_000].map((iterations) => ['pbkdf2_sha1', { iterations, keylen: 32 }] as const),
  ...[600_000, 1_500_000, 2_000_000_000].flatMap((iterations) =>
    (['pbkdf2_sha256', 'pbkdf2_sha256_django'] as const).map((name) => [name, { iterations, keylen: 32 }] as const),
  ),
  ...[220_000, 600_000, 2_000_000_000].flatMap((iterations) =>
    (['pbkdf2_sha512', 'pbkdf2_sha512_hex'] as const).map((name) => [name, { iterations, keylen: 64 }] as const),
  ),
  ...[...OWASP_ARGON2, [2 ** 21, 1] as const, [65_536, 3] as const, [7_168, 64] as const].flatMap(([m, t]) =>
    [1, 4].flatMap((p) => (['argon2i', 'argon2id'] as const).map((name) => [name, argon2(m, t, p)] as const)),
  ),
  ...OWASP_SCRYPT.map(([log2N, p]) => ['scrypt_werkzeug', { N: 2 ** log2N, r: 8, p }] as const),
  ['scrypt_werkzeug', { N: 2 ** 20, r: 8, p: 1 }],
  ['scrypt_firebase', { rounds: 8, memCost: 17 }],
];

/** One step under what is published, and what must be said of it. */
const WEAK: readonly (readonly [HasherName, Params, string, number, number])[] = [
  ...[4, 8, 9].flatMap((cost) =>
    (['bcrypt', 'bcrypt_peppered', 'bcrypt_sha256_django'] as const).map(
      (name) => [name, bcrypt(cost), 'cost', cost, 10] as const,
    ),
  ),
  ['pbkdf2_sha1', { iterations: 1_399_999, keylen: 32 }, 'iterations', 1_399_999, 1_400_000],
  ['pbkdf2_sha1', { iterations: 1, keylen: 32 }, 'iterations', 1, 1_400_000],
  ...(['pbkdf2_sha256', 'pbkdf2_sha256_django'] as const).map(
    (name) => [name, { iterations: 599_999, keylen: 32 }, 'iterations', 599_999, 600_000] as const,
  ),
  ...(['pbkdf2_sha512', 'pbkdf2_sha512_hex'] as const).map(
    (name) => [name, { iterations: 219_999, keylen: 64 }, 'iterations', 219_999, 220_000] as const,
  ),
  ...OWASP_ARGON2.flatMap(([m, t]) =>
    (['argon2i', 'argon2id'] as const).map((name) => [name, argon2(m - 1, t, 1), 'm', m - 1, m] as const),
  ),
];

describe('a reason to replace a digest', () => {
  test.each(STRONG)('is not there for %s with %o', async (name, params) => {
    expect(await reasons(name, digestOf(name, params))).toEqual([]);
  });

  test.each(WEAK)('is the cost of %s with %o', async (name, params, param, actual, wanted) => {
    const found = await reasons(name, digestOf(name, params));
    expect(found).toMatchObject([{ reason: 'cost', param, actual, wanted }]);
    expect(found[0]?.message).toContain(String(wanted));
  });

  test.each([
    ['scrypt_werkzeug', { N: 2 ** 16, r: 8, p: 1 }],
    ['scrypt_werkzeug', { N: 2 ** 13, r: 8, p: 9 }],
    // The work of OWASP's sets with an eighth of their memory.
    ['scrypt_werkzeug', { N: 2 ** 10, r: 8, p: 1024 }],
    ['scrypt_firebase', { rounds: 8, memCost: 14 }],
  ] as const)('is the cost of %s with %o, in work or in memory', async (name, params) => {
    const found = await reasons(name, digestOf(name, params));
    expect(found).toMatchObject([{ reason: 'cost' }]);
    expect(found[0]?.actual).toBeLessThan(found[0]?.wanted ?? 0);
  });

  test.each(['md5', 'md5_salted', 'sha256', 'sha256_salted', 'sha512_symfony'])(
    'is that %s is insecure',
    async (name) => {
      const hasher = clerkHashers.find((one) => one.name === name);
      expect(await reasons(name, hasher?.example.digest ?? '')).toMatchObject([{ reason: 'insecure' }]);
    },
  );

  test.each(['phpass', 'md5_phpass', 'ldap_ssha', 'hmac_sha256_utf16_b64'])(
    'is that %s is on no list',
    async (name) => {
      const hasher = clerkHashers.find((one) => one.name === name);
      expect(await reasons(name, hasher?.example.digest ?? '')).toMatchObject([{ reason: 'hasher' }]);
    },
  );

  test.each([
    ['bcrypt', digestOf('bcrypt', bcrypt(12, '2x'))],
    ['bcrypt', digestOf('bcrypt', bcrypt(12, '2'))],
    ['bcrypt_sha256_django', digestOf('bcrypt_sha256_django', bcrypt(12, '2x'))],
    ['argon2id', digestOf('argon2id', { ...argon2(47_104, 1, 1), version: 16 })],
    ['argon2i', digestOf('argon2i', { ...argon2(47_104, 1, 1), version: 16 })],
  ] as const)('is the variant of %s: %s', async (name, digest) => {
    expect(await reasons(name, digest)).toMatchObject([{ reason: 'variant' }]);
  });

  const strong = digestOf('bcrypt', bcrypt(12));
  const pbkdf2 = digestOf('pbkdf2_sha1', { iterations: 1_400_000, keylen: 32 });
  const argon2id = digestOf('argon2id', argon2(47_104, 1, 1));
  test.each([
    ['bcrypt, its unused bits', 'bcrypt', `${strong.slice(0, -1)}/`],
    ['pbkdf2_sha1, a keylen that says what its absence means', 'pbkdf2_sha1', `${pbkdf2}$32`],
    ['pbkdf2_sha1, a salt of text', 'pbkdf2_sha1', pbkdf2.replace(/\$[0-9a-f]{16}\$/, '$text$')],
    ['argon2id, the order of its parameters', 'argon2id', argon2id.replace('m=47104,t=1,p=1', 'm=47104,p=1,t=1')],
    [
      'scrypt_werkzeug, its capitals',
      'scrypt_werkzeug',
      digestOf('scrypt_werkzeug', { N: 2 ** 17, r: 8, p: 1 }).replace(/0{8}$/, 'ABCDEF00'),
    ],
  ])('is the spelling: %s', async (_, name, digest) => {
    expect(await reasons(name, digest)).toMatchObject([{ reason: 'non-canonical' }]);
  });

  test('can be several', async () => {
    const found = await reasons('phpass', digestOf('phpass', { cost: 8 }).replace('$P$', '$H$'));
    expect(found.map(({ reason }) => reason).sort()).toEqual(['hasher', 'non-canonical']);
    const old = await reasons('argon2id', digestOf('argon2id', argon2(8, 1, 1)).replace('v=19$', ''));
    expect(old.map(({ reason }) => reason).sort()).toEqual(['cost', 'non-canonical', 'variant']);
  });

  test('never is there for a stronger digest where it was not for a weaker one', async () => {
    const steps = fc.array(fc.nat(5), { minLength: 1, maxLength: 6 });
    const arbitrary = fc.tuple(fc.constantFrom(...STRONG), steps);
    await fc.assert(
      fc.asyncProperty(arbitrary, async ([[name, params], list]) => {
        const grown: Record<string, number | string> = { ...params };
        const growing = Object.keys(params).filter((key) => !['variant', 'version', 'keylen', 'p'].includes(key));
        for (const step of list) {
          const key = growing[step % growing.length] as string;
          const value = grown[key] as number;
          // N stays a power of two; the exponents have a largest value.
          if (key === 'cost') grown[key] = Math.min(31, value + 1);
          else if (key === 'memCost') grown[key] = Math.min(40, value + 1);
          else grown[key] = key === 'N' ? value * 2 : Math.min(2 ** 31, value + Math.max(1, Math.floor(value / 3)));
        }
        expect(await reasons(name, digestOf(name, grown)), JSON.stringify(grown)).toEqual([]);
      }),
      runs(400),
    );
  });

  test('is what validation notes: weak, insecure, or on no list', async () => {
    const digests = [...STRONG, ...WEAK].map(([name, params]) => [name, digestOf(name, params)] as const);
    const examples = clerkHashers
      .filter(({ name }) => name !== 'awscognito')
      .map(({ name, example }) => [name, example.digest] as const);
    for (const [passwordHasher, passwordDigest] of [...digests, ...examples]) {
      const answer = validate({ passwordHasher, passwordDigest }, { limits: NO_LIMIT });
      const notes = answer.ok ? answer.warnings.filter(({ code }) => /^NOTE_(?:INSECURE|LOW_COST)$/.test(code)) : [];
      const said = (await reasons(passwordHasher, passwordDigest)).filter(({ reason }) =>
        /^(?:insecure|cost|hasher)$/.test(reason),
      );
      expect(notes.length, passwordHasher + passwordDigest).toBe(said.length);
    }
  });
});
