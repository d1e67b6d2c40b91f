/** Digests, names, numbers and passwords that are meant to break something: an answer with a code, and no work done. */
import { describe, expect, test } from 'vitest';
import {
  type AnyHasher,
  clerkHashers,
  convert,
  createRegistry,
  createVerifier,
  DEFAULT_LIMITS,
  DigestError,
  defineHasher,
  identify,
  type Limits,
  repair,
  type Verdict,
  validate,
  verify,
} from '../../src/index.js';
import { attempt } from '../support/rejection.js';

const MEGABYTE = 2 ** 20;
const all = clerkHashers.map((hasher) => ({ name: hasher.name, hasher }));
const fill = (text: string): string => text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);

/** A megabyte of each: every one has once been slow or fatal somewhere. */
const LONG: readonly string[] = [
  'a',
  '0',
  'f',
  '$',
  ':',
  '=',
  ',',
  '#',
  '{',
  '\\x',
  '\0',
  '\n',
  ' ',
  '"',
  '\ud800',
  '%24',
  '$$',
  '\u{1f600}',
];

/** Numbers that a careless reader takes: by Number(), parseInt() or \d. */
const NUMBERS: readonly string[] = [
  ...['0', '00', '01', '-1', '+1', ' 1', '1 ', '', '1e9', '1E9', '0x10', '0b1', '1.0', '1,0', '1_000', '1n', 'NaN'],
  ...[
    'Infinity',
    '\uff11\uff10',
    '\u0661\u0660',
    '\u0967',
    '1\u0660',
    '\u00b2',
    '1\0',
    '1\n',
    '\ufeff1',
    '99999999999999999999',
  ],
  ...['9007199254740992', '9007199254740993', '18446744073709551617', '1e400', '9'.repeat(400)],
];

/** The hasher with a `derive` that says that it was called, and then that no backend is there. */
function spied(hasher: AnyHasher): { readonly spy: AnyHasher; readonly calls: () => number } {
  let calls = 0;
  const spy = defineHasher({
    ...hasher,
    derive() {
      calls++;
      throw new DigestError('ERR_BACKEND', 'called');
    },
  });
  return { spy, calls: () => calls };
}

async function verdictOf(spy: AnyHasher, digest: string, limits: Partial<Limits>, password = 'x'): Promise<Verdict> {
  await using verifier = createVerifier({ registry: createRegistry([spy]), limits });
  return verifier.verify(password, { passwordHasher: spy.name, passwordDigest: digest });
}

/** Where the example's decimals stand. bcrypt's two digits are not such a decimal; phpass has none. */
function decimals(digest: string): readonly (readonly [start: number, end: number])[] {
  return [...digest.matchAll(/(?<=[$:=,])\d{1,7}(?=[$:,]|$)/g)].map(({ index, 0: text }) => [
    index,
    index + text.length,
  ]);
}

describe.each(all)('$name', ({ name, hasher }) => {
  const { digest } = hasher.example;

  test('answers a megabyte of anything with a limit, and reads nothing of it', async () => {
    for (const text of LONG) {
      for (const passwordDigest of [fill(text), digest + fill(text), (hasher.prefixes[0] ?? '') + fill(text)]) {
        const verdict = await verify('x', { passwordHasher: name, passwordDigest });
        expect(verdict).toMatchObject({
          outcome: 'rejected',
          error: { code: 'ERR_LIMIT', limit: { param: 'digestChars' } },
        });
      }
    }
  });

  test('reads a megabyte where the limit is off, and answers with a code', () => {
    const limits = { digestChars: Number.POSITIVE_INFINITY };
    for (const text of LONG) {
      for (const passwordDigest of [fill(text), digest + fill(text), (hasher.prefixes[0] ?? '') + fill(text)]) {
        const answer = validate({ passwordHasher: name, passwordDigest }, { limits });
        // Free text may be so long, and a hash of Argon2; all else is refused, and nothing is thrown.
        if (!answer.ok) expect(answer.error).toBeInstanceOf(DigestError);
      }
    }
  });

  test('reads no decimal that is not plain digits without a leading zero', () => {
    for (const [start, end] of decimals(digest)) {
      for (const number of NUMBERS) {
        const mutant = digest.slice(0, start) + number + digest.slice(end);
        const found = attempt(() => hasher.parse(mutant));
        expect(found instanceof DigestError ? found.code : 'was read', JSON.stringify(mutant)).toMatch(
          /^ERR_(?:MALFORMED|UNSUPPORTED)$/,
        );
      }
    }
  });

  test('has no work done for a thousand million iterations', async () => {
    const { spy, calls } = spied(hasher);
    for (const [start, end] of decimals(digest)) {
      for (const number of ['1000000000', '4294967296', '9007199254740991']) {
        const mutant = digest.slice(0, start) + number + digest.slice(end);
        const verdict = await verdictOf(spy, mutant, {});
        expect(verdict.outcome, mutant).toBe('rejected');
        if (verdict.outcome !== 'rejected') continue;
        expect(verdict.error.code, mutant).toMatch(/^ERR_(?:LIMIT|MALFORMED|UNSUPPORTED)$/);
        if (verdict.error.code !== 'ERR_LIMIT') continue;
        const { max, actual } = verdict.error.limit ?? { max: 0, actual: 0 };
        expect(actual).toBeGreaterThan(max);
      }
    }
    expect(calls()).toBe(0);
  });

  test('is not asked to derive over any limit, and is asked at it', async () => {
    const { spy, calls } = spied(hasher);
    const { demands } = hasher.cost(hasher.parse(digest).params);
    let asked = 0;
    for (const { limit } of demands) {
      // One bound can have several demands: the largest decides.
      const most = Math.max(...demands.filter((one) => one.limit === limit).map(({ value, unit = 1 }) => value * unit));
      const over = await verdictOf(spy, digest, { [limit]: most - 1 });
      expect(over).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_LIMIT', hasher: name } });
      expect(calls()).toBe(asked);
      await verdictOf(spy, digest, { [limit]: most });
      expect(calls()).toBe(++asked);
    }
    const costly = !['hash'].includes(hasher.cost(hasher.parse(digest).params).kdf);
    expect(asked > 0).toBe(costly);
  });

  test('is not asked to derive for a password over the limit, in bytes and not in characters', async () => {
    const { spy, calls } = spied(hasher);
    const { passwordBytes } = DEFAULT_LIMITS;
    for (const password of [
      fill('x'),
      'x'.repeat(passwordBytes + 1),
      '\u00e9'.repeat(passwordBytes / 2 + 1),
      '\ud800'.repeat(1366),
    ]) {
      const verdict = await verdictOf(spy, digest, {}, password);
      expect(verdict).toMatchObject({
        outcome: 'rejected',
        error: { code: 'ERR_PASSWORD', limit: { max: passwordBytes } },
      });
    }
    expect(calls()).toBe(0);
    await verdictOf(spy, digest, {}, '\u00e9'.repeat(passwordBytes / 2));
    expect(calls()).toBe(1);
  });

  test('takes no name of Object.prototype, and no hasher but strings, for a digest', async () => {
    for (const passwordDigest of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '[object Object]']) {
      expect(await verify('x', { passwordHasher: name, passwordDigest })).toMatchObject({ outcome: 'rejected' });
    }
    for (const wrong of [undefined, null, 1, {}, [], Symbol.iterator, { toString: () => digest }]) {
      const credential = { passwordHasher: name, passwordDigest: wrong as string };
      const code = wrong === undefined || wrong === null ? 'ERR_DISABLED' : 'ERR_MALFORMED';
      expect(await verify('x', credential)).toMatchObject({ outcome: 'rejected', error: { code } });
      expect(validate(credential)).toMatchObject({ ok: false, error: { code } });
    }
  });
});

describe('a name', () => {
  const NAMES = [
    ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '', ' ', 'bcrypt ', 'BCRYPT'],
    ...['bcrypt\0', 'bcrypt\n', '\ud800', fill('bcrypt'), fill('\ud800'), '22', 'length', 'undefined', 'null'],
  ];

  test.each(NAMES.map((name) => [JSON.stringify(name.slice(0, 20)), name] as const))(
    '%s is of no hasher',
    async (_, name) => {
      const { digest } = (clerkHashers[0] as AnyHasher).example;
      const unknown = { outcome: 'rejected', error: { code: 'ERR_UNKNOWN_HASHER', field: 'passwordHasher' } };
      expect(await verify('x', { passwordHasher: name, passwordDigest: digest })).toMatchObject(unknown);
      expect(validate({ passwordHasher: name, passwordDigest: digest })).toMatchObject({
        ok: false,
        error: unknown.error,
      });
      expect(createRegistry(clerkHashers).get(name)).toBeUndefined();
    },
  );
});

describe('identify, convert and repair', () => {
  const texts = [
    ...LONG.flatMap((text) => [text, fill(text), text.repeat(4000)]),
    ...clerkHashers.flatMap(({ example, prefixes }) => [example.digest + fill('$'), prefixes.join(''), ...prefixes]),
    ...[
      '',
      '__proto__',
      'constructor',
      '{}',
      '[]',
      '{"secretData":"{}"}',
      '{"credentialData":1,"secretData":[]}',
      '{"__proto__":1}',
    ],
    ...[
      '{SSHA}',
      '$',
      '$$',
      '$$$$',
      'pbkdf2:sha256:1e9$a$b',
      'scrypt$',
      'AQ==',
      'AA==',
      '$pbkdf2-sha256$',
      '[['.repeat(2000),
    ],
  ];

  test('answer any text without throwing', () => {
    for (const text of texts) {
      expect(Array.isArray(identify(text))).toBe(true);
      const converted = convert(text);
      if (converted !== undefined) expect(validate(converted).ok, JSON.stringify(text.slice(0, 80))).toBe(true);
      for (const { name } of clerkHashers) repair({ passwordHasher: name, passwordDigest: text });
    }
  });

  test('refuse what is no text with a TypeError', () => {
    for (const wrong of [undefined, null, 1, {}, []]) {
      expect(() => identify(wrong as string)).toThrow(TypeError);
      expect(() => convert(wrong as string)).toThrow(TypeError);
    }
  });
});
