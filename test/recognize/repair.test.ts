/** Conversions and repairs with a table of hashers: what is certain, and nothing else. */
import { describe, expect, test } from 'vitest';
import { malformed } from '../../src/errors.js';
import {
  type Credential,
  clerkHashers,
  createParsed,
  createRegistry,
  defineHasher,
  hashCost,
  md5Salted,
} from '../../src/index.js';
import { clerkRegistry } from '../../src/library.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import { findConversion, findSystem, type HasherTable, repairWith } from '../../src/recognize/convert.js';
import { convert, identify, parse, repair } from '../support/clerk.js';
import { rejection } from '../support/rejection.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const BCRYPT = exampleOf('bcrypt');

describe('what goes with a conversion', () => {
  test('is whose digest it was and what to know of the passwords there', () => {
    const text = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`;
    expect(findConversion(clerkRegistry, text)).toBeUndefined();
    expect(findConversion(clerkRegistry, text, 'better-auth')).toMatchObject({
      credential: { passwordHasher: 'scrypt_werkzeug' },
      title: 'Better Auth or Lucia 3',
      findings: [{ code: 'WARN_PASSWORD_FORM', message: expect.stringContaining('NFKC') }],
    });
    expect(findConversion(clerkRegistry, BCRYPT)).toEqual({
      credential: { passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
      title: 'bcrypt',
      findings: [],
    });
  });

  test('gives nothing where the registry lacks the hasher, or has another one of that name', () => {
    const text = `{bcrypt}${BCRYPT}`;
    expect(findConversion(createRegistry([md5Salted()]), text)).toBeUndefined();
    const impostor = defineHasher({
      name: 'bcrypt',
      example: { digest: 'x' },
      parse: () => parse({ passwordHasher: 'md5', passwordDigest: 'x' }) as never,
      serialize: () => 'x',
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(),
    });
    expect(findConversion(createRegistry([impostor]), text)).toBeUndefined();
  });

  test('comes from a plug-in that reads the signature itself, before any other system', () => {
    const md5Crypt = defineHasher({
      name: 'md5_crypt',
      prefixes: ['$1$'],
      example: { digest: '$1$a$b' },
      parse: () => createParsed({}, new Uint8Array(), new Uint8Array(16)),
      serialize: () => '$1$a$b',
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(16),
    });
    const registry = createRegistry([...clerkHashers, md5Crypt]);
    expect(findConversion(registry, '$1$a$b')?.credential.passwordHasher).toBe('md5_crypt');
  });
});

describe('repair', () => {
  test.each([
    ['the canonical spelling', 'phpass', `$H$${exampleOf('phpass').slice(3)}`, 'phpass', exampleOf('phpass')],
    ['the name of the hasher', 'sha256', BCRYPT, 'bcrypt', BCRYPT],
    ['a name in other letters', 'BCrypt', BCRYPT, 'bcrypt', BCRYPT],
    [
      'a name that decides between twins',
      'pbkdf2-sha256',
      exampleOf('pbkdf2_sha256'),
      'pbkdf2_sha256',
      exampleOf('pbkdf2_sha256'),
    ],
    ['another system', 'bcrypt', `bcrypt$${BCRYPT}`, 'bcrypt', BCRYPT],
    ['another system, damaged', 'bcrypt', `"{bcrypt}${BCRYPT}"\n`, 'bcrypt', BCRYPT],
    ['a digest with a pepper', 'bcrypt', exampleOf('bcrypt_peppered'), 'bcrypt_peppered', exampleOf('bcrypt_peppered')],
  ])('mends %s', (_, passwordHasher, passwordDigest, hasher, digest) => {
    const mended = repair({ passwordHasher, passwordDigest });
    expect(mended).toEqual({ passwordHasher: hasher, passwordDigest: digest });
    expect(repair(mended as Credential)).toBeUndefined();
  });

  test.each([
    ['a sound digest', 'bcrypt', BCRYPT],
    ['a digest that is cut off', 'bcrypt', BCRYPT.slice(0, -1)],
    ['a digest that two hashers could mean', 'bcrypt', exampleOf('pbkdf2_sha256')],
    ['a name that is no hasher, with a bare hash', 'constructor', MD5],
    ['a mark', 'bcrypt', '!'],
    [
      'a salt that is damaged, though its twin would read it as text',
      'pbkdf2_sha256',
      exampleOf('pbkdf2_sha256').replace('EBES', 'EB*S'),
    ],
    ['a text over the bound', 'bcrypt', `${BCRYPT}${'\n'.repeat(MAX_DIGEST_CHARS)}`],
  ])('leaves %s', (_, passwordHasher, passwordDigest) =>
    expect(repair({ passwordHasher, passwordDigest })).toBeUndefined(),
  );

  test("does not take another's signature for a salt", () => {
    const passwordDigest = exampleOf('pbkdf2_sha1');
    expect(repair({ passwordHasher: 'sha256_salted', passwordDigest })?.passwordHasher).toBe('pbkdf2_sha1');
    const quoted = `"${passwordDigest}"`;
    expect(repair({ passwordHasher: 'sha256_salted', passwordDigest: quoted })?.passwordHasher).toBe('pbkdf2_sha1');
  });

  test.each([undefined, null, '', 1, {}])('has nothing to repair in the digest %j', (passwordDigest) =>
    expect(repair({ passwordHasher: 'bcrypt', passwordDigest: passwordDigest as never })).toBeUndefined(),
  );

  test.each([undefined, null, 1, 'bcrypt', {}])('throws TypeError on %j in the place of a credential', (wrong) =>
    expect(() => repair(wrong as never)).toThrow(TypeError),
  );
});

test.each([
  ['bcrypt_sha256_django', 'the SHA-256 of the password is what is hashed, where only the name in front was cut off'],
  ['bcrypt_peppered', 'a pepper is hashed too, where it is stored elsewhere'],
])('bcrypt under the name %s is not renamed: %s', (passwordHasher) => {
  const passwordDigest = '$2b$12$LZSJchsWG/DrBy1erNs4eeYo6tZNlLFQmONdxN9HPesa1EyXVcTXK';
  expect(repair({ passwordHasher, passwordDigest })).toBeUndefined();
  expect(rejection(() => parse({ passwordHasher, passwordDigest })).code).toBe('ERR_WRONG_HASHER');
  expect(repair({ passwordHasher: 'phpass', passwordDigest })).toEqual({ passwordHasher: 'bcrypt', passwordDigest });
});

test('a digest that lost the name in front of it is not said to be another one', () => {
  const passwordDigest = '$2b$12$LZSJchsWG/DrBy1erNs4eeYo6tZNlLFQmONdxN9HPesa1EyXVcTXK';
  const error = rejection(() => parse({ passwordHasher: 'bcrypt_sha256_django', passwordDigest }));
  expect(error.fix).toBeUndefined();
  expect(error.hint).toBeDefined();
});

test.each(['bcrypt_sha256', 'md5-bcrypt', 'bcrypt(md5)', 'BCRYPT_HMAC', 'bcrypt-peppered-v2'])(
  'a name that is no hasher’s and says that more than bcrypt is applied is not overruled: %s',
  (passwordHasher) => {
    const passwordDigest = '$2b$12$LZSJchsWG/DrBy1erNs4eeYo6tZNlLFQmONdxN9HPesa1EyXVcTXK';
    expect(repair({ passwordHasher, passwordDigest })).toBeUndefined();
    expect(rejection(() => parse({ passwordHasher, passwordDigest })).fix).toBeUndefined();
    for (const name of ['bcrypt-ruby', 'Bcrypt2', 'unknown']) {
      expect(repair({ passwordHasher: name, passwordDigest })?.passwordHasher, name).toBe('bcrypt');
    }
  },
);

test('a name that says no more than the digest is put right', () => {
  const passwordDigest = exampleOf('pbkdf2_sha256_django');
  expect(repair({ passwordHasher: 'PBKDF2-HMAC-SHA256', passwordDigest })?.passwordHasher).toBe('pbkdf2_sha256_django');
});

describe('a free tail that ends in what an export may have left, beside another damage', () => {
  const tails: readonly (readonly [hasher: string, digest: string])[] = [
    ['bcrypt_peppered', exampleOf('bcrypt_peppered')],
    ['awscognito', exampleOf('awscognito')],
  ];
  const edges = ['"', "'", '`', ',', ';', '\u201d'];
  const wrapped = (text: string) => [`"${text}"`, `${text}\n`, `b'${text}'`, JSON.stringify({ hash: text })];
  const cases = tails.flatMap(([hasher, digest]) =>
    edges.flatMap((edge) => wrapped(digest + edge).map((text) => ({ hasher, text }))),
  );

  test.each(cases)('of $hasher is not converted with certainty: $text', ({ hasher, text }) => {
    expect(convert(text)).toBeUndefined();
    expect(identify(text).map(({ certainty }) => certainty)).not.toContain('certain');
    for (const passwordHasher of [hasher, 'bcrypt', 'nonesuch'])
      expect(repair({ passwordHasher, passwordDigest: text })).toBeUndefined();
  });

  test.each(tails)('of %s converts where nothing is at its edge', (passwordHasher, passwordDigest) => {
    for (const text of wrapped(passwordDigest)) expect(convert(text)).toEqual({ passwordHasher, passwordDigest });
  });
});

describe('a scheme that contradicts its digest', () => {
  const other = { argon2i: 'argon2id', argon2id: 'argon2i' } as const;
  const contradictions = [
    ...(['ARGON2I', 'Argon2i', 'argon2i'] as const).map((tag) => [tag, other.argon2i] as const),
    ...(['ARGON2ID', 'Argon2id', 'argon2id'] as const).map((tag) => [tag, other.argon2id] as const),
    ...['ARGON2', 'ARGON2ID', 'argon2', 'argon2@SpringSecurity_v5_8', 'MD5', 'SHA-256', 'pbkdf2', 'ldap', 'PHPASS'].map(
      (tag) => [tag, 'bcrypt'] as const,
    ),
    ...['BCRYPT', 'bcrypt', 'BLF-CRYPT', 'MD5', 'SHA-256', 'pbkdf2', 'scrypt', 'ldap'].flatMap((tag) =>
      ['argon2i', 'argon2id', 'phpass'].map((name) => [tag, name] as const),
    ),
  ];

  test.each(contradictions)('{%s} before a digest of %s is converted by nothing', (tag, name) => {
    for (const text of [`{${tag}}${exampleOf(name)}`, `"{${tag}}${exampleOf(name)}"`]) {
      expect(convert(text)).toBeUndefined();
      expect(identify(text)).toEqual([]);
      for (const passwordHasher of [name, 'ldap', 'spring', 'argon2', 'bcrypt']) {
        expect(repair({ passwordHasher, passwordDigest: text })).toBeUndefined();
      }
      rejection(() => parse({ passwordHasher: name, passwordDigest: text }));
    }
  });
});

describe('with a table', () => {
  const certain = { hasher: 'bcrypt', certainty: 'certain', findings: [], reason: '' } as const;
  const tableOf = (change: Partial<HasherTable>): HasherTable => ({
    hashers: clerkRegistry.hashers,
    get: clerkRegistry.get,
    parse: clerkRegistry.parse,
    identify: clerkRegistry.identify,
    ...change,
  });
  const system = `{bcrypt}${BCRYPT}`;

  test('the best candidate is converted if it is certain', () => {
    const found = (certainty: 'certain' | 'ambiguous' | 'possible') =>
      findConversion(tableOf({ identify: () => [{ ...certain, certainty }] }), BCRYPT)?.title;
    expect([found('certain'), found('ambiguous'), found('possible')]).toEqual(['bcrypt', undefined, undefined]);
    expect(findConversion(tableOf({ identify: () => [] }), BCRYPT)).toBeUndefined();
  });

  test('a text over the bound is not looked at', () => {
    const identified: string[] = [];
    const table = tableOf({
      identify(text) {
        identified.push(text);
        return [];
      },
    });
    const longest = 'x'.repeat(MAX_DIGEST_CHARS);
    findConversion(table, longest);
    findConversion(table, `${longest}x`);
    expect(identified).toEqual([longest]);
    const long = { passwordHasher: 'bcrypt', passwordDigest: BCRYPT + '\n'.repeat(MAX_DIGEST_CHARS - BCRYPT.length) };
    expect(repairWith(table, long)?.passwordDigest).toBe(BCRYPT);
    expect(repairWith(table, { ...long, passwordDigest: `${long.passwordDigest}\n` })).toBeUndefined();
  });

  test('the title is of the system that wrote it, or the hasher', () => {
    expect(findConversion(clerkRegistry, system)?.title).toBe('Spring Security {bcrypt}');
    expect(findConversion(clerkRegistry, system, 'ldap')?.title).toBe('LDAP {BCRYPT}');
    expect(findConversion(clerkRegistry, system, 'spring')?.findings).toEqual([]);
    expect(findConversion(clerkRegistry, system, 'django')).toBeUndefined();
    const convertible = { passwordHasher: 'bcrypt', passwordDigest: BCRYPT };
    const table = tableOf({ identify: () => [{ ...certain, convertible }] });
    expect(findConversion(table, 'of no system')).toEqual({ credential: convertible, findings: [], title: 'bcrypt' });
  });

  test('a text with what does not show is converted by a system only', () => {
    const convertible = { passwordHasher: 'bcrypt', passwordDigest: BCRYPT };
    for (const hidden of ['\u200b', '\n', '\u00ad', '\u2060', '\ufeff']) {
      const text = `${BCRYPT}${hidden}`;
      const plain = defineHasher({
        name: 'free',
        example: { digest: 'x' },
        parse: () => createParsed({}, new Uint8Array(), new Uint8Array(16)),
        serialize: () => 'x',
        cost: () => hashCost('md5'),
        derive: () => new Uint8Array(16),
      });
      const own = createRegistry([plain]);
      const identified = () => [{ ...certain, hasher: 'free' }];
      expect(findConversion({ ...own, identify: identified }, 'x')?.credential.passwordDigest).toBe('x');
      expect(findConversion({ ...own, identify: identified }, text)).toBeUndefined();
      const read = () => [{ ...certain, convertible }];
      expect(findConversion(tableOf({ identify: read }), text)?.credential).toEqual(convertible);
    }
  });

  test('a name is a system only where no hasher has it', () => {
    expect(findSystem(clerkRegistry, 'django')).toBe('django');
    expect(findSystem(clerkRegistry, 'phpass')).toBeUndefined();
    expect(findSystem(clerkRegistry, 'nonesuch')).toBeUndefined();
    const [bcrypt] = clerkRegistry.hashers.filter(({ name }) => name === 'bcrypt');
    expect(findSystem(tableOf({ get: () => bcrypt }), 'django')).toBeUndefined();
  });

  test('an error that is no DigestError is thrown', () => {
    const broken = tableOf({
      parse() {
        throw new RangeError('broken');
      },
    });
    expect(() => findConversion(broken, BCRYPT)).toThrow(RangeError);
    const hasher = clerkRegistry.get('bcrypt') as NonNullable<ReturnType<HasherTable['get']>>;
    const once = { ...hasher, parse: thrower() };
    const table = tableOf({ get: () => once, hashers: [once] });
    expect(() => repairWith(table, { passwordHasher: 'bcrypt', passwordDigest: BCRYPT })).toThrow(RangeError);
  });

  function thrower() {
    return (): never => {
      throw new RangeError('broken');
    };
  }

  test.each([
    ['its digest', 'spring', system, BCRYPT],
    ['its digest in quotes', 'spring', `"${system}"`, BCRYPT],
    ['a digest of another system, by the hasher that this one names', 'django', system, BCRYPT],
    ['the digest of a hasher', 'django', BCRYPT, BCRYPT],
    ['what is no digest', 'django', 'x', undefined],
    ['a peppered digest with a quote at its end', 'django', `"${exampleOf('bcrypt_peppered')}'"`, undefined],
  ])('the name of a system repairs %s', (_, passwordHasher, passwordDigest, digest) => {
    expect(repair({ passwordHasher, passwordDigest })?.passwordDigest).toBe(digest);
  });

  test.each([
    ['of its system', 'bcrypt', system],
    ['of its system in quotes', 'bcrypt', `'${system}'`],
    ['of a system, under the name of another hasher', 'md5', system],
    ['of a system, under a name that none has', 'nonesuch', system],
    ['in quotes, under a name that none has', 'nonesuch', `"${BCRYPT}"`],
  ])('a digest %s is repaired', (_, passwordHasher, passwordDigest) => {
    expect(repair({ passwordHasher, passwordDigest })).toEqual({ passwordHasher: 'bcrypt', passwordDigest: BCRYPT });
  });

  const twofold = `${'ab'.repeat(16)}:${'cd'.repeat(64)}`;
  const scrypt = (r: number) => ({
    passwordHasher: 'scrypt_werkzeug',
    passwordDigest: `scrypt:16384:${r}:1$${twofold.replace(':', '$')}`,
  });

  test.each([
    ['better-auth', 16],
    ['node-scrypt', 8],
  ] as const)('the name %s decides between those that write the same form', (passwordHasher, r) => {
    for (const passwordDigest of [twofold, `"${twofold}"`])
      expect(repair({ passwordHasher, passwordDigest })).toEqual(scrypt(r));
    const conversion = findConversion(clerkRegistry, twofold, passwordHasher);
    expect(conversion?.credential).toEqual(scrypt(r));
    expect(conversion?.findings.length).toBe(r === 16 ? 1 : 0);
  });

  test('nothing is converted where the table lacks the hasher', () => {
    const table = tableOf({ get: () => undefined });
    expect(findConversion(table, twofold, 'better-auth')).toBeUndefined();
    expect(findConversion(table, BCRYPT)).toBeUndefined();
  });

  /** Reads these texts, and spells each as it is mapped. */
  const reader = (name: string, texts: Readonly<Record<string, string>>) =>
    defineHasher({
      name,
      example: { digest: Object.keys(texts)[0] as string },
      parse(text) {
        const spelled = texts[text];
        if (spelled === undefined) throw malformed('digest', 0, 'unknown');
        return createParsed({}, Buffer.from(spelled), new Uint8Array(16));
      },
      serialize: ({ salt }) => Buffer.from(salt).toString(),
      cost: () => hashCost('md5'),
      derive: () => new Uint8Array(16),
    });

  test('what a hasher reads itself has its name for a title, whatever system has its signature', () => {
    const table = createRegistry([reader('free', { '{noop}x': '{noop}x' })]);
    const identify = () => [{ ...certain, hasher: 'free' }];
    expect(findConversion({ ...table, identify }, '{noop}x')?.title).toBe('free');
  });

  test('two ways to undo as many damages are one if they give the same digest', () => {
    const repaired = (texts: Readonly<Record<string, string>>) =>
      repairWith(createRegistry([reader('free', texts)]), { passwordHasher: 'free', passwordDigest: '%41&amp;' })
        ?.passwordDigest;
    expect(repaired({ 'A&amp;': 'A&amp;' })).toBe('A&amp;');
    expect(repaired({ 'A&amp;': 'A&amp;', '%41&': 'A&amp;' })).toBe('A&amp;');
    expect(repaired({ 'A&amp;': 'A&amp;', '%41&': '%41&' })).toBeUndefined();
  });

  test('a name that a hasher has is kept, though it is spelled like another', () => {
    const table = createRegistry([reader('ab', { x: 'x' }), reader('a_b', { y: 'z', z: 'z' })]);
    expect(repairWith(table, { passwordHasher: 'a_b', passwordDigest: 'y' })).toEqual({
      passwordHasher: 'a_b',
      passwordDigest: 'z',
    });
  });

  test('the name of a hasher is replaced, though it has another function too', () => {
    const passwordDigest = exampleOf('pbkdf2_sha256_django');
    expect(repair({ passwordHasher: 'pbkdf2_sha1', passwordDigest })?.passwordHasher).toBe('pbkdf2_sha256_django');
  });

  test('a form of a system with the signature of the hasher itself is converted', () => {
    const hash = Buffer.alloc(20, 7);
    const passwordDigest = `pbkdf2_sha1$260000$seasalt$${hash.toString('base64')}`;
    expect(repair({ passwordHasher: 'pbkdf2_sha1', passwordDigest })).toEqual({
      passwordHasher: 'pbkdf2_sha1',
      passwordDigest: `pbkdf2_sha1$260000$${Buffer.from('seasalt').toString('hex')}$${hash.toString('hex')}$20`,
    });
  });
});
