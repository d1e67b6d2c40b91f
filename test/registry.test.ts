/** The registry by itself: which names it has, how it reads a credential, what it refuses. */
import { beforeAll, describe, expect, test } from 'vitest';
import { readCredential } from '../src/credential.js';
import { DigestError } from '../src/errors.js';
import { bcrypt } from '../src/hashers/bcrypt.js';
import { defineHasher } from '../src/hashers/define.js';
import { md5 } from '../src/hashers/md5.js';
import { md5Salted } from '../src/hashers/md5-salted.js';
import { createParsed } from '../src/hashers/parsed.js';
import { pbkdf2Sha1 } from '../src/hashers/pbkdf2-sha1.js';
import { sha256Salted } from '../src/hashers/sha256-salted.js';
import { hashCost } from '../src/kdf/cost.js';
import { checkRegistry, createRegistry, MAX_DIGEST_CHARS, type Registry, tooLongError } from '../src/registry.js';
import type { AnyHasher, StoredCredential } from '../src/types.js';

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const salted = sha256Salted();
// Not while the file is read: a test has to fail where this does.
let registry: Registry;
beforeAll(() => {
  registry = createRegistry([bcrypt, md5, pbkdf2Sha1, salted]);
});
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads any text, without signature. */
function reading(name: string, parse: (digest: string) => void = () => {}): AnyHasher {
  return defineHasher({
    name,
    example: { digest: 'x' },
    parse: (digest) => {
      parse(digest);
      return createParsed({}, new Uint8Array(), utf8(digest));
    },
    serialize: () => 'x',
    cost: () => hashCost('md5'),
    derive: () => new Uint8Array(),
  });
}

function refusal(call: () => unknown): DigestError {
  try {
    call();
  } catch (error) {
    if (error instanceof DigestError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const parse = (passwordHasher: unknown, passwordDigest: unknown, max?: number): unknown =>
  registry.parse({ passwordHasher, passwordDigest } as StoredCredential, max);

describe('createRegistry', () => {
  test('takes hashers, and says so of a name', () => {
    expect(() => createRegistry(['bcrypt' as never])).toThrow(TypeError);
    expect(() => createRegistry(['bcrypt' as never])).toThrow(/^createRegistry: .*\(received a string\)$/);
    expect(() => createRegistry([null as never])).toThrow(/^createRegistry: .*\(received null\)$/);
  });

  test('has names and hashers in their order, all frozen', () => {
    expect(registry.names).toEqual(['bcrypt', 'md5', 'pbkdf2_sha1', 'sha256_salted']);
    expect(registry.hashers.map(({ name }) => name)).toEqual(registry.names);
    for (const part of [registry, registry.names, registry.hashers]) expect(Object.isFrozen(part)).toBe(true);
    expect(registry.get('md5')?.name).toBe('md5');
    expect(registry.get('constructor')).toBeUndefined();
  });

  test('takes any iterable', () => {
    expect(createRegistry(new Set([md5])).names).toEqual(['md5']);
    expect(createRegistry([]).names).toEqual([]);
  });

  test('names the hasher that is there twice', () => {
    expect(() => createRegistry([md5, bcrypt, md5])).toThrow(TypeError);
    expect(() => createRegistry([md5, bcrypt, md5])).toThrow(/^createRegistry: .*\bmd5$/);
  });

  test.each([
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a string', 'md5', 'a string'],
    ['a hasher', md5, 'an object'],
    ['a function', () => [], 'a function'],
  ])('refuses %s with a TypeError that names what came', (_, hashers, received) => {
    expect(() => createRegistry(hashers as never)).toThrow(TypeError);
    expect(() => createRegistry(hashers as never)).toThrow(
      `createRegistry: hashers must be an array of hashers (received ${received})`,
    );
  });

  test('refuses what is no hasher', () => {
    expect(() => createRegistry([{ name: 'x' } as AnyHasher])).toThrow(TypeError);
  });
});

describe('parse', () => {
  test('answers what the hasher reads', () => {
    expect(registry.parse({ passwordHasher: 'md5', passwordDigest: MD5 }).hash).toHaveLength(16);
  });

  test('refuses a digest over the limit, with its length and never its text', () => {
    const long = 'a'.repeat(11);
    expect(refusal(() => parse('md5', long, 10))).toMatchObject({
      code: 'ERR_LIMIT',
      hasher: 'md5',
      field: 'digest',
      offset: 10,
      limit: { param: 'digestChars', max: 10, actual: 11 },
    });
    expect(refusal(() => parse('md5', 'a'.repeat(10), 10)).code).not.toBe('ERR_LIMIT');
    expect(refusal(() => parse('nosuch', long, 10))).toMatchObject({ code: 'ERR_LIMIT', hasher: undefined });
  });

  test('has a limit where none is given', () => {
    expect(refusal(() => parse('md5', 'a'.repeat(MAX_DIGEST_CHARS + 1)))).toMatchObject({ code: 'ERR_LIMIT' });
    expect(refusal(() => parse('md5', 'a'.repeat(MAX_DIGEST_CHARS)))).toMatchObject({ code: 'ERR_MALFORMED' });
  });

  test('takes a mark for an account without a password, also under an unknown name', () => {
    expect(refusal(() => parse('nosuch', '!'))).toMatchObject({
      code: 'ERR_DISABLED',
      hasher: undefined,
      field: 'digest',
      offset: 0,
    });
    expect(refusal(() => parse('', '*'))).toMatchObject({ code: 'ERR_DISABLED' });
    expect(refusal(() => parse('bcrypt', '*'))).toMatchObject({ code: 'ERR_DISABLED', hasher: 'bcrypt' });
  });

  test('names an unknown hasher', () => {
    expect(refusal(() => parse('nosuch', MD5))).toMatchObject({ code: 'ERR_UNKNOWN_HASHER', field: 'passwordHasher' });
  });

  test('explains what a hasher refuses', () => {
    const digest = '$2b$10$N9qo8uLOickgx2ZMRZoMyehtJ/whDdsI.d1w/JqKiOrDw8pCT0JLG';
    expect(refusal(() => parse('md5', digest))).toMatchObject({ code: 'ERR_WRONG_HASHER' });
    expect(refusal(() => parse('md5', MD5.slice(1)))).toMatchObject({ code: 'ERR_MALFORMED', hasher: 'md5' });
  });

  test('gives a code to what a hasher throws without one', () => {
    const own = createRegistry([
      reading('own', () => {
        throw new RangeError('bug');
      }),
    ]);
    expect(refusal(() => own.parse({ passwordHasher: 'own', passwordDigest: 'some text' }))).toMatchObject({
      code: 'ERR_BACKEND',
      hasher: 'own',
    });
  });

  test('refuses a digest that has another hasher’s signature, where its hasher has none', () => {
    const own = createRegistry([reading('own'), bcrypt]);
    expect(refusal(() => own.parse({ passwordHasher: 'own', passwordDigest: bcrypt.example.digest }))).toMatchObject({
      code: 'ERR_WRONG_HASHER',
      hasher: 'own',
    });
  });

  test('refuses the digest of another system, where its hasher has no signature', () => {
    const own = createRegistry([reading('own'), md5Salted()]);
    const credential = { passwordHasher: 'own', passwordDigest: `md5$a$${MD5}` };
    expect(refusal(() => own.parse(credential))).toMatchObject({
      code: 'ERR_WRONG_HASHER',
      hasher: 'own',
    });
  });

  test('accepts what only begins like another hasher’s', () => {
    const own = createRegistry([reading('own'), bcrypt]);
    expect(own.parse({ passwordHasher: 'own', passwordDigest: '$2b$10$short' }).hash).toHaveLength(12);
  });

  test('accepts another hasher’s digest where its own has a signature that fits', () => {
    const signed = defineHasher({ ...reading('signed'), prefixes: ['$2b$'] });
    const own = createRegistry([signed, bcrypt]);
    const { digest } = bcrypt.example;
    expect(own.parse({ passwordHasher: 'signed', passwordDigest: digest }).hash).toHaveLength(digest.length);
  });
});

describe('identify', () => {
  test('names the hashers that a digest fits, and none for nonsense', () => {
    expect(registry.identify(bcrypt.example.digest)[0]).toMatchObject({ hasher: 'bcrypt', certainty: 'certain' });
    expect(registry.identify('nonsense')).toEqual([]);
  });

  test('reads digests up to its limit', () => {
    const own = createRegistry([reading('own')]);
    expect(own.identify('x'.repeat(MAX_DIGEST_CHARS)).map(({ hasher }) => hasher)).toEqual(['own']);
    expect(own.identify('x'.repeat(MAX_DIGEST_CHARS + 1))).toEqual([]);
    expect(registry.identify(` ${bcrypt.example.digest}`)).toHaveLength(1);
    expect(registry.identify(`${' '.repeat(MAX_DIGEST_CHARS)}${bcrypt.example.digest}`)).toEqual([]);
  });
});

describe('readCredential', () => {
  const read = (stored: unknown, max?: number) => readCredential(registry, stored as StoredCredential, max);

  test('takes text as it is and decodes bytes', () => {
    const credential = { passwordHasher: 'md5', passwordDigest: MD5 };
    expect(read(credential)).toEqual(credential);
    expect(read({ passwordHasher: utf8('md5'), passwordDigest: utf8(MD5) })).toEqual(credential);
    expect(read({ ...credential, more: 1 })).toEqual(credential);
  });

  test.each([
    ['null', null, 'null', true],
    ['undefined', undefined, 'undefined', true],
    ['a string', 'md5', 'a string', false],
    ['a number', 5, 'a number', false],
  ])(
    'refuses %s with a TypeError, and names verifyUnknownUser where there is no user',
    (_, stored, received, advised) => {
      expect(() => read(stored)).toThrow(TypeError);
      expect(() => read(stored)).toThrow(`(received ${received})`);
      const message = (() => {
        try {
          return read(stored);
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect(String(message).endsWith('verifyUnknownUser')).toBe(advised);
      expect(String(message)).toMatch(/^a credential must be /);
    },
  );

  test.each([
    ['an empty object', {}],
    ['an array', []],
    ['other properties', { hasher: 'md5', digest: MD5 }],
  ])('refuses %s with a TypeError that names both properties', (_, stored) => {
    expect(() => read(stored)).toThrow(TypeError);
    expect(() => read(stored)).toThrow(/passwordHasher and passwordDigest/);
  });

  test.each([
    ['only a hasher', { passwordHasher: 'md5' }],
    ['a digest that is undefined', { passwordDigest: undefined }],
    ['a hasher that is undefined', { passwordHasher: undefined }],
    ['a digest that is null', { passwordHasher: 'md5', passwordDigest: null }],
    ['an empty digest', { passwordHasher: 'md5', passwordDigest: '' }],
    ['empty bytes', { passwordHasher: 'md5', passwordDigest: new Uint8Array() }],
  ])('takes %s for an account without a password', (_, stored) => {
    const { passwordHasher } = stored as { readonly passwordHasher?: string };
    expect(refusal(() => read(stored))).toMatchObject({
      code: 'ERR_DISABLED',
      hasher: passwordHasher,
      field: 'digest',
      offset: 0,
      message: expect.stringMatching(/./),
      fix: expect.stringMatching(/./),
    });
  });

  test('takes only a digest for a credential without a name', () => {
    expect(read({ passwordDigest: MD5 })).toEqual({ passwordHasher: '', passwordDigest: MD5 });
    expect(read({ passwordHasher: null, passwordDigest: MD5 })).toEqual({ passwordHasher: '', passwordDigest: MD5 });
  });

  test.each([
    ['a number', 5, 'a number'],
    ['an array', [], 'an array'],
    ['an object', {}, 'an object'],
    ['a boolean', true, 'a boolean'],
  ])('refuses a digest that is %s as malformed', (_, value, is) => {
    expect(refusal(() => read({ passwordHasher: 'md5', passwordDigest: value }))).toMatchObject({
      code: 'ERR_MALFORMED',
      hasher: 'md5',
      field: 'passwordDigest',
      message: expect.stringMatching(new RegExp(`^passwordDigest .*\\(is ${is}\\)$`)),
      fix: expect.stringContaining('passwordDigest'),
    });
    expect(refusal(() => read({ passwordHasher: value, passwordDigest: MD5 }))).toMatchObject({
      code: 'ERR_MALFORMED',
      hasher: undefined,
      field: 'passwordHasher',
      message: expect.stringMatching(/^passwordHasher /),
    });
  });

  test.each([
    ['are not UTF-8', () => Uint8Array.of(0xff, 0xfe)],
    [
      'are detached',
      () => {
        const bytes = utf8(MD5);
        structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
        return Object.defineProperty(bytes, 'length', { value: 32 });
      },
    ],
  ])('refuses bytes that %s as malformed', (_, make) => {
    expect(refusal(() => read({ passwordHasher: 'md5', passwordDigest: make() }))).toMatchObject({
      code: 'ERR_MALFORMED',
      hasher: 'md5',
      field: 'passwordDigest',
      message: expect.stringMatching(/./),
      fix: expect.stringContaining('passwordDigest'),
    });
  });

  test('refuses bytes that cannot be so few characters, before it decodes them', () => {
    expect(refusal(() => read({ passwordHasher: 'md5', passwordDigest: new Uint8Array(31) }, 10))).toMatchObject({
      code: 'ERR_LIMIT',
      hasher: 'md5',
      field: 'passwordDigest',
      limit: { param: 'digestChars', max: 10, actual: 31 },
      message: expect.stringMatching(/31|10/),
    });
    expect(
      read({ passwordHasher: 'md5', passwordDigest: new Uint8Array(30).fill(97) }, 10).passwordDigest,
    ).toHaveLength(30);
    expect(refusal(() => read({ passwordHasher: new Uint8Array(193), passwordDigest: MD5 }))).toMatchObject({
      code: 'ERR_LIMIT',
      field: 'passwordHasher',
      limit: { max: 64, actual: 193 },
    });
  });

  test('reads each property once', () => {
    const reads: string[] = [];
    const stored = new Proxy(
      { passwordHasher: 'md5', passwordDigest: MD5 },
      {
        get(target, name) {
          reads.push(String(name));
          return Reflect.get(target, name);
        },
      },
    );
    expect(read(stored)).toEqual({ passwordHasher: 'md5', passwordDigest: MD5 });
    expect(reads).toEqual(['passwordHasher', 'passwordDigest']);
  });

  test('takes a getter that throws for malformed data, with what it threw as the cause', () => {
    const cause = new Error('secret');
    const stored = {
      get passwordHasher(): string {
        throw cause;
      },
    };
    const error = refusal(() => read(stored));
    expect(error).toMatchObject({ code: 'ERR_MALFORMED', field: 'passwordDigest', cause });
    expect(error.message).toMatch(/./);
    expect(error.message).not.toContain('secret');
  });
});

describe('checkRegistry', () => {
  test('accepts a registry, one of another copy of digestry, and undefined', () => {
    const { get, parse: parseOne, identify } = registry;
    for (const one of [undefined, registry, { get, parse: parseOne, identify }]) {
      expect(() => checkRegistry('test', one as never)).not.toThrow();
    }
  });

  test.each([
    ['null', null, 'null'],
    ['an array of hashers', [md5], 'an array'],
    ['an object without parse', { get: () => {}, identify: () => {} }, 'an object'],
    ['an object without get', { parse: () => {}, identify: () => {} }, 'an object'],
    ['an object without identify', { parse: () => {}, get: () => {} }, 'an object'],
  ])('refuses %s with a TypeError that names where and what came', (_, one, received) => {
    expect(() => checkRegistry('test', one as never)).toThrow(TypeError);
    expect(() => checkRegistry('test', one as never)).toThrow(/^test: registry /);
    expect(() => checkRegistry('test', one as never)).toThrow(`(received ${received})`);
  });
});

test('tooLong says how long and how long at most', () => {
  expect(tooLongError(undefined, 12, 10)).toMatchObject({
    code: 'ERR_LIMIT',
    hasher: undefined,
    field: 'digest',
    offset: 10,
    limit: { param: 'digestChars', max: 10, actual: 12 },
    message: expect.stringMatching(/12|10/),
  });
});
