/** To which hasher a digest belongs: certain, ambiguous, possible, or nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, clerkHashers, createParsed, createRegistry, defineHasher, hashCost } from '../../src/index.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import {
  belongsTo,
  findLostPrefix,
  hasPrefix,
  identifyAmong,
  isForeign,
  tryParse,
} from '../../src/recognize/identify.js';
import { beginsLike, signatureTable } from '../../src/recognize/signatures.js';
import type { AnyHasher } from '../../src/types.js';
import { identify } from '../support/clerk.js';
import { anyText, runs } from '../support/properties.js';
import { shown } from '../support/secrets.js';

const EXAMPLES = Object.fromEntries(clerkHashers.map(({ name, example }) => [name, example.digest]));

/** What identify says of each hasher's example, best first. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  argon2i: ['argon2i certain'],
  argon2id: ['argon2id certain'],
  awscognito: ['awscognito certain'],
  bcrypt: ['bcrypt certain'],
  bcrypt_peppered: ['bcrypt_peppered certain'],
  bcrypt_sha256_django: ['bcrypt_sha256_django certain'],
  hmac_sha256_utf16_b64: ['hmac_sha256_utf16_b64 possible'],
  ldap_ssha: ['ldap_ssha certain'],
  md5: ['md5 possible'],
  md5_phpass: ['phpass certain', 'md5_phpass possible'],
  md5_salted: ['md5_salted possible'],
  pbkdf2_sha1: ['pbkdf2_sha1 certain'],
  pbkdf2_sha256: ['pbkdf2_sha256 ambiguous', 'pbkdf2_sha256_django ambiguous'],
  pbkdf2_sha256_django: ['pbkdf2_sha256_django certain'],
  pbkdf2_sha512: ['pbkdf2_sha512 certain'],
  pbkdf2_sha512_hex: ['pbkdf2_sha512_hex certain'],
  phpass: ['phpass certain', 'md5_phpass possible'],
  scrypt_firebase: ['scrypt_firebase certain'],
  scrypt_werkzeug: ['scrypt_werkzeug certain'],
  sha256: ['sha256 possible'],
  sha256_salted: ['sha256_salted possible'],
  sha512_symfony: ['sha512_symfony certain'],
};

function brief(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ hasher, certainty }) => `${hasher} ${certainty}`);
}

describe('the example of', () => {
  test.each(Object.entries(EXAMPLES))('%s is identified', (name, digest) => {
    const candidates = identify(digest);
    expect(brief(candidates)).toEqual(EXPECTED[name]);
    for (const { reason, findings, convertible } of candidates) {
      expect(shown(digest, reason)).toEqual([]);
      expect(findings).toEqual([]);
      expect(convertible).toBeUndefined();
    }
  });
});

describe('two hashers of one shape', () => {
  test('are both named, and the reason says so', () => {
    const [first, second] = identify(EXAMPLES['pbkdf2_sha256'] as string);
    for (const name of ['pbkdf2_sha256', 'pbkdf2_sha256_django']) expect(first?.reason).toContain(name);
    expect(second?.reason).toBe(first?.reason);
    expect(identify(EXAMPLES['phpass'] as string)[1]?.hasher).toBe('md5_phpass');
  });

  test('of which one has an assumed form only: alone it is possible, never certain', () => {
    const [md5Phpass] = clerkHashers.filter(({ name }) => name === 'md5_phpass');
    const registry = createRegistry(md5Phpass === undefined ? [] : [md5Phpass]);
    expect(brief(registry.identify(EXAMPLES['phpass'] as string))).toEqual(['md5_phpass possible']);
  });
});

describe('a digest of another system', () => {
  const better = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`;

  test('is convertible, with what there is to know of its passwords', () => {
    const s2 = `s2:${better}`;
    const [candidate, ...others] = identify(s2);
    expect(others).toEqual([]);
    expect(candidate).toMatchObject({
      hasher: 'scrypt_werkzeug',
      certainty: 'certain',
      findings: [{ code: 'WARN_PASSWORD_FORM', severity: 'warning' }],
      convertible: { passwordHasher: 'scrypt_werkzeug' },
    });
    expect(shown(s2, [candidate?.reason, candidate?.findings])).toEqual([]);
  });

  test("that Better Auth and programs on Node's defaults write alike is two candidates", () => {
    const candidates = identify(better);
    const scrypt = (r: number) => `scrypt:16384:${r}:1$${better.replace(':', '$')}`;
    expect(candidates).toMatchObject([
      {
        certainty: 'ambiguous',
        convertible: { passwordHasher: 'scrypt_werkzeug', passwordDigest: scrypt(16) },
        findings: [{ code: 'WARN_PASSWORD_FORM' }],
      },
      {
        certainty: 'ambiguous',
        convertible: { passwordHasher: 'scrypt_werkzeug', passwordDigest: scrypt(8) },
        findings: [],
      },
    ]);
    expect(
      shown(
        better,
        candidates.map(({ reason }) => reason),
      ),
    ).toEqual([]);
  });

  test('that two systems write alike is possible only', () => {
    expect(brief(identify(`md5$salt$${'0a'.repeat(16)}`))).toEqual(['md5_salted possible']);
    expect(identify(`md5$salt$${'0a'.repeat(16)}`)[0]?.reason).toContain('Werkzeug');
  });

  test('is nothing in a registry without the hasher that can hold it', () => {
    expect(createRegistry(clerkHashers.filter(({ name }) => name === 'bcrypt')).identify(better)).toEqual([]);
  });

  test.each(['$1$dXc3I7Rw$ctlgjDdWJLMT.qwHsWhXR1', `$wp$2y$10$${'a'.repeat(53)}`, `$S$C${'a'.repeat(51)}`])(
    'that no hasher holds has no candidate: %s',
    (digest) => expect(identify(digest)).toEqual([]),
  );
});

describe('nothing is said of', () => {
  test.each(['', '!', '!locked', '*', '*0', '*1', 'x', 'NULL', 'null', '\\N', 'None'])('the mark %j', (mark) =>
    expect(identify(mark)).toEqual([]),
  );

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'hello', 'correct horse battery staple'])(
    'the word %j',
    (word) => expect(identify(word)).toEqual([]),
  );

  test('a text over the bound, even one that would parse', () => {
    const long = `${EXAMPLES['bcrypt']}$${'p'.repeat(MAX_DIGEST_CHARS)}`;
    expect(identify(long)).toEqual([]);
    expect(brief(identify(long.slice(0, MAX_DIGEST_CHARS)))).toEqual(['bcrypt_peppered certain']);
  });

  test('a signature whose rest is cut off', () => {
    expect(identify((EXAMPLES['bcrypt'] as string).slice(0, -1))).toEqual([]);
    expect(identify((EXAMPLES['argon2id'] as string).slice(0, -1))).toEqual([]);
  });
});

test('identify throws TypeError on what is no text, and nothing on any text', () => {
  expect(() => identify(undefined as never)).toThrow(TypeError);
  fc.assert(
    fc.property(fc.oneof(anyText(300), fc.string({ maxLength: 5000 })), (text) => {
      for (const { certainty, hasher } of identify(text)) {
        expect(['certain', 'ambiguous', 'possible']).toContain(certainty);
        expect(Object.hasOwn(EXAMPLES, hasher)).toBe(true);
      }
    }),
    runs(300),
  );
});

describe('the table of signatures', () => {
  const plugin = (name: string, prefixes: string[]) =>
    defineHasher({
      name,
      prefixes,
      example: { digest: 'x' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(4)),
      serialize: () => 'x',
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(4),
    });
  const table = signatureTable([plugin('wide', ['$2']), plugin('narrow', ['$2b$', '{K}']), plugin('none', [])]);
  const names = (digest: string) => table.startingLike(digest).map(({ name }) => name);

  test('gives every owner of a signature that the text bears, a short one as well as a long one', () => {
    expect(names('$2b$10$')).toEqual(['wide', 'narrow']);
    expect(names('$2y$10$')).toEqual(['wide']);
    expect(names('$2')).toEqual(['wide']);
    expect(names('$')).toEqual([]);
    expect(names('')).toEqual([]);
  });

  test('takes letters of ASCII without their case, and no other letter for one of them', () => {
    expect(names('{k}')).toEqual(['narrow']);
    expect(names('{\u212a}')).toEqual([]);
    expect(names('$2B$')).toEqual(['wide', 'narrow']);
  });

  test('agrees with each hasher asked alone', () => {
    const all = signatureTable(clerkHashers);
    const texts = fc.oneof(
      anyText(20),
      fc
        .constantFrom(...Object.values(EXAMPLES))
        .chain((digest) => fc.nat(digest.length).map((n) => digest.slice(0, n))),
      fc.constantFrom(...Object.values(EXAMPLES)).map((digest) => digest.toUpperCase()),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const alone = clerkHashers.filter(({ prefixes }) => prefixes.some((prefix) => beginsLike(text, prefix)));
        expect(all.startingLike(text)).toEqual(alone);
      }),
      runs(500),
    );
  });
});

describe('a hasher and a text', () => {
  const named = (name: string) => clerkHashers.find((hasher) => hasher.name === name) as AnyHasher;
  const example = (name: string) => EXAMPLES[name] as string;
  /** Reads every text, as a hasher with a free salt nearly does. */
  const free = (change: Partial<AnyHasher> = {}) =>
    defineHasher({
      name: 'free',
      prefixes: [],
      example: { digest: 'x' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(16)),
      serialize: () => 'x',
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(16),
      ...change,
    }) as AnyHasher;

  test('over the bound, or in the place of a digest, are not compared', () => {
    const longest = 'x'.repeat(MAX_DIGEST_CHARS);
    expect(brief(identifyAmong([free()], longest))).toEqual(['free possible']);
    expect(identifyAmong([free()], `${longest}x`)).toEqual([]);
    expect(identifyAmong([free()], '!')).toEqual([]);
    expect(identifyAmong([free()], '')).toEqual([]);
  });

  test('of which the text bears no signature may have lost it', () => {
    const django = named('bcrypt_sha256_django');
    const rest = example('bcrypt_sha256_django').slice('bcrypt_sha256$'.length);
    expect(findLostPrefix(django, rest)).toBe('bcrypt_sha256$');
    expect(findLostPrefix(django, example('bcrypt_sha256_django'))).toBeUndefined();
    expect(findLostPrefix(named('bcrypt'), rest)).toBeUndefined();
    expect(findLostPrefix(free({ prefixes: ['x'] }), 'xa')).toBeUndefined();
    expect(findLostPrefix(free({ prefixes: ['x'] }), 'a')).toBe('x');
    expect(hasPrefix(free({ prefixes: ['X$', 'Y$'] }), 'y$a')).toBe(true);
    expect(hasPrefix(free({ prefixes: ['X$', 'Y$'] }), 'y')).toBe(false);
  });

  test('that is not read is undefined, and a fault of the hasher is thrown', () => {
    const broken = { ...free(), parse: fail };
    expect(tryParse(named('bcrypt'), 'x')).toBeUndefined();
    expect(() => tryParse(broken, 'x')).toThrow(RangeError);
  });

  test('belong together where it is read and shows no signature of another', () => {
    const all = [...clerkHashers, free()];
    const belongs = (hasher: AnyHasher, text: string) => belongsTo(all, hasher, text);
    expect(belongs(named('bcrypt'), example('bcrypt'))).toBe(true);
    expect(belongs(named('bcrypt'), 'x')).toBe(false);
    expect(belongs(free(), 'x')).toBe(true);
    expect(belongs(free(), example('bcrypt'))).toBe(false);
    expect(belongs(free(), example('bcrypt').slice(0, -1))).toBe(true);
    expect(belongs(free(), `{bcrypt}${example('bcrypt')}`)).toBe(false);
    expect(belongs(free({ prefixes: ['{b'] }), `{bcrypt}${example('bcrypt')}`)).toBe(true);
    expect(belongs(named('md5_phpass'), example('phpass'))).toBe(true);
    expect(belongs(free({ prefixes: ['$2b$'] }), example('bcrypt'))).toBe(true);
  });

  test('are foreign where it bears the signature of a system that the hasher itself has not', () => {
    const dollar = `bcrypt$${example('bcrypt')}`;
    expect(isForeign(free(), dollar)).toBe(true);
    expect(isForeign(free({ prefixes: ['bcrypt$'] }), dollar)).toBe(false);
    expect(isForeign(free({ example: { digest: dollar } }), dollar)).toBe(false);
    expect(isForeign(free(), 'sha9$x')).toBe(false);
    expect(isForeign(free(), 'x')).toBe(false);
    const twofold = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`;
    expect(isForeign(free(), twofold)).toBe(false);
  });

  test('with its signature are certain, or possible where its form is assumed', () => {
    const text = '$free$x';
    const signed = (name: string, assumed: boolean) => free({ name, prefixes: ['$free$'], assumed });
    const identified = (...all: AnyHasher[]) => brief(identifyAmong(all, text));
    expect(identified(signed('a', false))).toEqual(['a certain']);
    expect(identified(signed('a', true))).toEqual(['a possible']);
    expect(identified(signed('a', false), signed('b', true))).toEqual(['a certain', 'b possible']);
    expect(identified(signed('a', false), signed('b', false))).toEqual(['a ambiguous', 'b ambiguous']);
    expect(identified(signed('a', true), signed('b', true))).toEqual(['a possible', 'b possible']);
    const [assumed] = identifyAmong([signed('a', true), signed('b', true)], text);
    expect(assumed?.reason).toBe('a has the same form; try a known password');
    const [, next] = identifyAmong([signed('a', false), signed('b', true)], text);
    expect(next?.reason).toBe('b has the same form as a; try a known password');
  });

  test('of another system are a candidate where its hasher is there and reads the conversion', () => {
    const text = `{bcrypt}${example('bcrypt')}`;
    expect(brief(identifyAmong(clerkHashers, text))).toEqual(['bcrypt certain']);
    expect(identifyAmong([named('md5')], text)).toEqual([]);
    expect(identifyAmong([{ ...named('md5'), name: 'bcrypt' }], text)).toEqual([]);
    expect(identifyAmong([free()], text)).toEqual([]);
  });

  test('without any signature are told apart by shape, those with a cost first', () => {
    const costly = free({ name: 'costly', cost: () => ({ ...hashCost('md5'), kdf: 'bcrypt' }) });
    expect(brief(identifyAmong([free(), costly], 'text'))).toEqual(['costly certain', 'free possible']);
    expect(brief(identifyAmong([free({ prefixes: ['x'] })], 'text'))).toEqual([]);
    expect(brief(identifyAmong([free(), named('bcrypt')], '$2b$10$cut'))).toEqual([]);
  });
});

function fail(): never {
  throw new RangeError('broken');
}
