/** What serialize, convert and repair write is read again as the same, or is not written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clerkHashers,
  convert,
  createParsed,
  createRegistry,
  DigestError,
  defineHasher,
  hashCost,
  identify,
  parse,
  repair,
} from '../../src/index.js';
import { makeCredential } from '../../src/recognize/systems/contract.js';
import { systems } from '../../src/recognize/systems/index.js';
import { anyText, runs } from '../support/properties.js';
import { attempt, rejection } from '../support/rejection.js';
import { conversionVectors } from '../support/vectors.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const NASTY_TEXT = [
  ...[
    '',
    '$',
    ':',
    '#',
    '=',
    ',',
    '{',
    '}',
    '{}',
    '$$',
    'a$b',
    'md5$',
    'sha256$x',
    '\0',
    '\n',
    '\r\n',
    ' ',
    ' x',
    'x ',
  ],
  ...['"', "'x", '\ufeff', '\u00e9', '\u{1f600}', '!', '*', 'NULL', 'abcd', 'ABCD', 'x'.repeat(5000)],
];
const bytes = fc.oneof(
  fc.constantFrom(...NASTY_TEXT).map(utf8),
  fc.uint8Array({ maxLength: 80 }),
  fc.constantFrom(0, 1, 8, 16, 20, 23, 32, 64).chain((n) => fc.uint8Array({ minLength: n, maxLength: n })),
);
const number = fc.oneof(
  fc.constantFrom(0, 1, 3, 4, 10, 31, 32, 2 ** 14, 2 ** 31, 2 ** 53, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
  fc.nat(),
);

describe.each(clerkHashers.map((hasher) => [hasher.name, hasher] as const))('%s', (_, hasher) => {
  const sample = hasher.parse(hasher.example.digest);

  test('writes no digest that it refuses, or reads as another one', () => {
    const contexts = fc.oneof(
      fc.constant(sample.context),
      bytes,
      fc.record({ signerKey: bytes, saltSeparator: bytes }),
      fc.record({ userPoolId: anyText(8), clientId: anyText(8), identifier: anyText(8) }),
    );
    const params = fc.record(
      Object.fromEntries(
        Object.entries(sample.params as object).map(([name, value]) => [
          name,
          fc.oneof(fc.constant(value as unknown), typeof value === 'number' ? number : fc.constantFrom('2a', 'x', '')),
        ]),
      ),
    );
    const salt = fc.oneof(fc.constant(sample.salt), bytes);
    const hash = fc.oneof(fc.constant(sample.hash), bytes);
    fc.assert(
      fc.property(params, salt, hash, contexts, (...[given, s, h, context]) => {
        const written = attempt(() => hasher.serialize(createParsed(given, s, h, [], context)));
        if (written instanceof DigestError) {
          expect(['ERR_MALFORMED', 'ERR_BACKEND', 'ERR_WRONG_HASHER', 'ERR_UNSUPPORTED']).toContain(written.code);
          return;
        }
        const again = hasher.parse(written);
        expect(again.salt).toEqual(s);
        expect(again.hash).toEqual(h);
        expect(again.params).toMatchObject(given);
      }),
      runs(300),
    );
  });
});

const vectors = conversionVectors().flatMap(({ groups }) =>
  groups.flatMap(({ tests }) => tests.map(({ text }) => text)),
);

test('no system makes a digest of what its hasher refuses', () => {
  const edits = fc.array(fc.tuple(fc.nat(400), fc.nat(3), fc.constantFrom(...NASTY_TEXT)), { maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...vectors), edits, (seed, list) => {
      let text = seed;
      for (const [place, length, put] of list) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + put + text.slice(at + length);
      }
      const made = [convert(text), repair({ passwordHasher: 'bcrypt', passwordDigest: text })];
      made.push(...systems.map(({ system }) => convert(text, { system: system as never })));
      for (const { convertible } of identify(text)) if (convertible !== undefined) parse(convertible);
      for (const credential of made) {
        if (credential === undefined) continue;
        expect(parse(credential).hash.length).toBeGreaterThan(0);
        expect(parse(credential).warnings.filter(({ code }) => code === 'WARN_NONCANONICAL')).toEqual([]);
      }
    }),
    runs(1500),
  );
});

test('a separator in a salt is refused and not written', () => {
  const named = (name: string) => clerkHashers.find((hasher) => hasher.name === name) ?? clerkHashers[0];
  for (const [name, salt] of [
    ['pbkdf2_sha256_django', 'a$b'],
    ['pbkdf2_sha512', '$'],
    ['scrypt_werkzeug', 'x$y'],
    ['sha512_symfony', '{x}'],
    ['md5_salted', 'md5$x'],
  ] as const) {
    const hasher = named(name) as (typeof clerkHashers)[number];
    const { params, hash } = hasher.parse(hasher.example.digest);
    const error = rejection(() => makeCredential(hasher, { params, salt: utf8(salt), hash }));
    expect(error, name).toMatchObject({ code: 'ERR_MALFORMED', hasher: name });
  }
});

describe('a plug-in', () => {
  const definition = {
    name: 'loose',
    example: { password: 'x', digest: 'salt:00' },
    parse(digest: string) {
      const [salt = '', hash = ''] = digest.split(':');
      if (!/^[0-9a-f]+$/.test(hash)) throw new DigestError('ERR_MALFORMED', 'not hex', { field: 'hash', offset: 0 });
      return createParsed({}, utf8(salt), Uint8Array.from(Buffer.from(hash, 'hex')));
    },
    serialize: ({ salt, hash }: { salt: Uint8Array; hash: Uint8Array }) =>
      `${new TextDecoder().decode(salt)}:${Buffer.from(hash).toString('hex')}`,
    cost: () => hashCost('md5'),
    derive: () => Uint8Array.of(0),
  };

  test('writes no digest that means another salt', () => {
    const loose = defineHasher(definition);
    expect(loose.serialize(createParsed({}, utf8('salt'), Uint8Array.of(0)))).toBe('salt:00');
    for (const salt of [utf8('a:b'), Uint8Array.of(0xff)]) {
      const error = rejection(() => loose.serialize(createParsed({}, salt, Uint8Array.of(0))));
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', hasher: 'loose' });
    }
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['an object without bytes', {}],
    ['a salt that is text', { params: {}, salt: 'x', hash: new Uint8Array(1), warnings: [] }],
    ['no params', { salt: new Uint8Array(1), hash: new Uint8Array(1) }],
    ['warnings that are none', { params: {}, salt: new Uint8Array(), hash: new Uint8Array(1), warnings: 'x' }],
  ])('whose parse returns %s is a coded error', (_what, returned) => {
    for (const hasher of [
      defineHasher({ ...definition, parse: () => returned as never }),
      // Not made by defineHasher: the registry checks it all the same.
      { ...defineHasher(definition), parse: () => returned as never },
    ]) {
      const registry = createRegistry([hasher]);
      const credential = { passwordHasher: 'loose', passwordDigest: 'salt:00' };
      expect(rejection(() => registry.parse(credential))).toMatchObject({ code: 'ERR_BACKEND', hasher: 'loose' });
      expect(identify('salt:00', { registry })).toEqual([]);
      expect(repair(credential, { registry })).toBeUndefined();
    }
  });
});
