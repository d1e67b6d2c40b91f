/** Digests of other systems as credentials, and refused credentials mended: what is certain, and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Credential, clerkHashers } from '../../src/index.js';
import { clerkRegistry } from '../../src/library.js';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import { findConversion } from '../../src/recognize/convert.js';
import { mayBeSystem, readSystem, systems } from '../../src/recognize/systems/index.js';
import { convert, identify, parse, repair, verify } from '../support/clerk.js';
import { anyText, runs } from '../support/properties.js';
import { rejection } from '../support/rejection.js';
import { shown } from '../support/secrets.js';
import { conversionVectors } from '../support/vectors.js';

const vectors = conversionVectors().flatMap(({ system, groups }) =>
  groups.flatMap(({ tests }) => tests.map((vector) => ({ system, ...vector }))),
);
const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;

/** `hexsalt:hexkey`, which Better Auth and programs on Node's defaults write alike. */
const isTwofold = (text: string) => /^[0-9a-f]{32}:[0-9a-f]{128}$/.test(text);

describe('a control or an invisible character in a text salt', () => {
  const folded = (text: string, at: number) =>
    ['\n ', '\r\n', '\t', '\0', '\u200b'].map((x) => text.slice(0, at) + x + text.slice(at));
  const werkzeug = 'pbkdf2:sha256:10$SipRGJU4f9jY8S9F$f44582d17b2f40a6cab0aa53fdf646c493b0bbc805dee9e302ba466240bc6e0f';
  const texts = [
    werkzeug,
    'pbkdf2:sha1:10$SipRGJU4f9jY8S9F$d9992b5b52b81ce0cb9ffa12103474d03645eb07',
    'scrypt$64$QVwxbPa4RbNn1ugA7ssLFc$8$1$/C0C3IpVMpSKS9f+FVYUnlEitN1C9HyP/nJ74irrNN1GNAXYb0esaxJjp++xJgK4bnZBUY74+OUA9b99NPcsVg==',
  ];

  test.each(texts.flatMap((text) => folded(text, text.indexOf('$', 12) + 3)))(
    'is converted without it or not at all: %j',
    (text) => {
      const whole = texts.map((one) => convert(one));
      expect([undefined, ...whole]).toContainEqual(convert(text));
    },
  );

  test.each(['\n ', '\r\n', '\u200b'])('is repaired without %j', (damage) => {
    for (const text of texts) {
      const whole = convert(text) as Credential;
      const at = text.indexOf('$', 12) + 3;
      expect(repair({ ...whole, passwordDigest: text.slice(0, at) + damage + text.slice(at) })).toEqual(whole);
    }
  });

  test('never becomes bytes of a salt of pbkdf2_sha1', () => {
    const digest = exampleOf('pbkdf2_sha1');
    const credential = { passwordHasher: 'pbkdf2_sha1', passwordDigest: digest };
    for (const text of folded(digest, 22)) {
      expect(() => parse({ ...credential, passwordDigest: text })).toThrow(
        expect.objectContaining({ code: 'ERR_MALFORMED' }),
      );
    }
    expect(repair({ ...credential, passwordDigest: folded(digest, 22)[1] as string })).toEqual(credential);
  });

  test.each(['scrypt_werkzeug', 'sha512_symfony'])('is no part of a salt of %s', (name) => {
    const digest = exampleOf(name);
    const whole = { passwordHasher: name, passwordDigest: digest };
    for (const text of folded(digest, digest.lastIndexOf('$') - 4)) {
      expect([undefined, whole]).toContainEqual(convert(text));
    }
    expect(convert(folded(digest, digest.lastIndexOf('$') - 4)[1] as string)).toEqual(whole);
  });
});

describe('the vectors', () => {
  const converting = vectors.filter(({ expect }) => expect === 'converts');
  const others = vectors.filter(({ expect }) => expect === 'none');

  test('with a "$" all begin as a system may', () => {
    const withDollar = vectors.filter(({ text }) => text.includes('$') && readSystem(text) !== undefined);
    expect(withDollar.length).toBeGreaterThan(50);
    expect(withDollar.filter(({ text }) => !mayBeSystem(text))).toEqual([]);
  });

  test.each(converting)('$system #$tcId converts and verifies: $comment', async (vector) => {
    const { text, password, passwordHasher, passwordDigest } = vector;
    const system = isTwofold(text) ? ('better-auth' as const) : undefined;
    expect(convert(text, { system })).toEqual({ passwordHasher, passwordDigest });
    if (system !== undefined) expect(convert(text)).toBeUndefined();
    const conversion = findConversion(clerkRegistry, text, system);
    expect(shown(text, [conversion?.title, conversion?.findings, identify(text)[0]?.reason])).toEqual([]);
    if (password === undefined) return;
    expect((await verify(password, convert(text, { system }) as Credential)).outcome).toBe('match');
  });

  test.each(others)('$system #$tcId does not convert, and is refused with a code: $comment', ({ text }) => {
    expect(convert(text)).toBeUndefined();
    for (const passwordHasher of ['bcrypt', 'scrypt_firebase', 'pbkdf2_sha256']) {
      const error = rejection(() => parse({ passwordHasher, passwordDigest: text }));
      // DES-crypt is 13 characters without a signature: nothing tells it from a password.
      if (/^[./0-9A-Za-z]{13}$/.test(text)) expect(error.code).toBe('ERR_MALFORMED');
      else expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED', fix: expect.any(String), suggestion: undefined });
      expect(shown(text, error)).toEqual([]);
    }
  });

  test('are of every system that has a reader', () => {
    const answering = new Set(vectors.map(({ text }) => systems.find(({ read }) => tried(read, text))?.system));
    const without = systems.map(({ system }) => system).filter((system) => !answering.has(system));
    // phpBB's own `$H$` is read by phpass itself; the others have their tests below.
    expect(without).toEqual(['ldap', 'phpbb', 'mysql', 'umbraco']);
  });

  test('name their hasher and a fix where they are given to another one', () => {
    for (const { text, passwordHasher } of converting) {
      if (identify(text)[0]?.convertible === undefined || passwordHasher === 'sha256' || isTwofold(text)) continue;
      const error = rejection(() => parse({ passwordHasher: 'sha256', passwordDigest: text }));
      expect(error).toMatchObject({ code: 'ERR_WRONG_HASHER', fix: expect.stringContaining(passwordHasher as string) });
      expect(shown(text, error)).toEqual([]);
    }
  });
});

function tried(read: (text: string) => unknown, text: string): boolean {
  try {
    return read(text) !== undefined;
  } catch {
    return true;
  }
}

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const MD5_BASE64 = Buffer.from(MD5, 'hex').toString('base64');
const BCRYPT = exampleOf('bcrypt');

describe('forms without a vector', () => {
  test.each([
    ['LDAP {CRYPT} around bcrypt', `{CRYPT}${BCRYPT}`, 'bcrypt', BCRYPT],
    ['LDAP {BLF-CRYPT}', `{BLF-CRYPT}${BCRYPT}`, 'bcrypt', BCRYPT],
    ['LDAP {ARGON2ID}', `{ARGON2ID}${exampleOf('argon2id')}`, 'argon2id', exampleOf('argon2id')],
    ['LDAP {MD5}', `{MD5}${MD5_BASE64}`, 'md5', MD5],
    ['Spring {argon2}', `{argon2}${exampleOf('argon2i')}`, 'argon2i', exampleOf('argon2i')],
    ['Spring {ldap}', `{ldap}${exampleOf('ldap_ssha')}`, 'ldap_ssha', exampleOf('ldap_ssha')],
    ['Spring {MD5}', `{MD5}${MD5}`, 'md5', MD5],
    ['Spring {SHA-256}', `{SHA-256}${exampleOf('sha256')}`, 'sha256', exampleOf('sha256')],
    ['Django md5 without a salt', `md5$$${MD5}`, 'md5', MD5],
    ['Drupal, upgraded from MD5', `U${exampleOf('phpass')}`, 'md5_phpass', exampleOf('phpass')],
    [
      'Django pbkdf2_sha1',
      `pbkdf2_sha1$260000$seasalt$${Buffer.alloc(20, 7).toString('base64')}`,
      'pbkdf2_sha1',
      `pbkdf2_sha1$260000$${Buffer.from('seasalt').toString('hex')}$${'07'.repeat(20)}$20`,
    ],
    [
      'Lucia 2',
      `s2:abcdefghij012345:${'ab'.repeat(64)}`,
      'scrypt_werkzeug',
      `scrypt:16384:16:1$abcdefghij012345$${'ab'.repeat(64)}`,
    ],
  ])('%s converts', (_, text, passwordHasher, passwordDigest) => {
    expect(convert(text)).toEqual({ passwordHasher, passwordDigest });
  });

  test.each([
    ['Django md5 with a salt, which Werkzeug wrote as well', `md5$salt$${MD5}`],
    ['Django sha1', `sha1$salt$${'0a'.repeat(20)}`],
    ['Werkzeug before 2.3', `sha256$salt$${'0a'.repeat(32)}`],
    ['Werkzeug without its iterations', `pbkdf2:sha256$salt$${'0a'.repeat(32)}`],
    ['Werkzeug with another hash function', `pbkdf2:sha224:1000$salt$${'0a'.repeat(28)}`],
    ['Werkzeug cut off', `pbkdf2:sha256:1000$salt$${'0a'.repeat(31)}`],
    ['Werkzeug with a "$" in its salt', `pbkdf2:sha256:1000$sa$lt$${'0a'.repeat(32)}`],
    ['Werkzeug with no iterations', `pbkdf2:sha256:0$salt$${'0a'.repeat(32)}`],
    ['passlib with a hash that is too short', '$pbkdf2-sha256$1$SaX23BIOI204bt6FR1lc7A$kEh3NVBB'],
    [
      'PBKDF2 as a PHC string whose l is another',
      '$pbkdf2-sha1$i=10000,l=32$wJuJqLoUFsdXa8k3sFhRlA$XMGVWTbeKf4Xd+CGiuEZde8x7QA',
    ],
    [
      'scrypt as a PHC string',
      '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
    ],
    ['Django scrypt with N that is no power of two', `scrypt$16383$salt$8$1$${Buffer.alloc(64, 1).toString('base64')}`],
    ['LDAP {MD5} of another length', `{MD5}${Buffer.alloc(15).toString('base64')}`],
    ['LDAP {SSHA512}', `{SSHA512}${Buffer.alloc(72).toString('base64')}`],
    ['LDAP {CRYPT} of SHA-512-crypt', '{CRYPT}$6$salt$abc'],
    ['Spring {ldap} around {SHA}', `{ldap}{SHA}${Buffer.alloc(20).toString('base64')}`],
    ['Spring {noop}', '{noop}password'],
    ['MySQL PASSWORD()', `*${'2A'.repeat(20)}`],
    ['Umbraco with a salt', `${Buffer.alloc(16, 1).toString('base64')}${Buffer.alloc(32, 1).toString('base64')}`],
    ['an ambiguous digest', exampleOf('pbkdf2_sha256')],
    ['a bare hash', MD5],
    ['phpBB, a hash of a hash', `$2a\\H$${BCRYPT.slice(4)}`],
    ['nothing', ''],
    ['a mark', '!'],
  ])('%s does not', (_, text) => expect(convert(text)).toBeUndefined());
});

describe('a Keycloak credential', () => {
  const bytes = Buffer.alloc(32, 5).toString('base64');
  const keycloak = (data: object, secret: object = {}) =>
    JSON.stringify({
      secretData: JSON.stringify({ value: bytes, salt: bytes.slice(0, 24), ...secret }),
      credentialData: JSON.stringify(data),
    });
  const argon2 = (parameters: object) =>
    keycloak({ algorithm: 'argon2', hashIterations: 5, additionalParameters: parameters });
  const whole = { type: ['id'], version: ['1.3'], memory: ['7168'], parallelism: ['1'] };

  test('of Argon2 needs its type, its version, its memory and its lanes', () => {
    expect(convert(argon2(whole))?.passwordDigest).toMatch(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/);
    expect(convert(argon2({ ...whole, type: 'i', version: '1.0' }))?.passwordDigest).toMatch(/^\$argon2i\$v=16\$/);
    for (const name of Object.keys(whole)) expect(convert(argon2({ ...whole, [name]: undefined }))).toBeUndefined();
  });

  test.each([
    ['another version', { ...whole, version: ['1.4'] }, 'version'],
    ['another type', { ...whole, type: ['d'] }, 'type'],
  ])('of Argon2 with %s says why it has no conversion', (_, parameters, reason) => {
    expect(readSystem(argon2(parameters))?.reason).toContain(reason);
    expect(rejection(() => parse({ passwordHasher: 'argon2id', passwordDigest: argon2(parameters) }))).toMatchObject({
      code: 'ERR_UNSUPPORTED',
      message: expect.stringContaining(reason),
    });
  });

  test.each([
    ['a value of another type than text', { ...whole, memory: [{ toString: 1, valueOf: 1 }] }],
    ['memory that the hasher refuses', { ...whole, memory: ['7'] }],
    ['memory in words', { ...whole, memory: ['much'] }],
    ['a list in a list', { ...whole, parallelism: [['1']] }],
  ])('of Argon2 with %s is damaged, not a crash', (_, parameters) => {
    expect(convert(argon2(parameters))).toBeUndefined();
    expect(readSystem(argon2(parameters))?.damaged).toBe(true);
  });

  test('of PBKDF2 takes the length of its hash, and no less than the hasher reads', () => {
    const data = { algorithm: 'pbkdf2-sha256', hashIterations: 27500 };
    expect(convert(keycloak(data))?.passwordHasher).toBe('pbkdf2_sha256');
    expect(convert(keycloak(data, { value: Buffer.alloc(15).toString('base64') }))).toBeUndefined();
    expect(convert(keycloak({ ...data, algorithm: '__proto__' }))).toBeUndefined();
    expect(convert(keycloak({ ...data, hashIterations: 1.5 }))).toBeUndefined();
  });

  test('over the bound is not read', () => {
    const padded = keycloak({
      algorithm: 'pbkdf2-sha256',
      hashIterations: 27500,
      padding: 'x'.repeat(MAX_DIGEST_CHARS),
    });
    expect(convert(padded)).toBeUndefined();
    expect(repair({ passwordHasher: 'bcrypt', passwordDigest: padded })).toBeUndefined();
    expect(readSystem(padded)).toBeUndefined();
  });
});

/** Sound digests and vectors with a few characters changed, doubled, dropped or moved, and texts of any kind. */
const seeds = [...clerkHashers.map(({ example }) => example.digest), ...vectors.map(({ text }) => text)];
const edits = fc.array(fc.tuple(fc.nat(400), fc.nat(3), anyText(4)), { maxLength: 3 });
const mutated = fc.tuple(fc.constantFrom(...seeds), edits).map(([text, changes]) => {
  let out = text;
  for (const [at, drop, put] of changes)
    out = out.slice(0, at % (out.length + 1)) + put + out.slice((at % (out.length + 1)) + drop);
  return out;
});
const names = fc.oneof(fc.constantFrom(...clerkRegistry.names), fc.constantFrom('__proto__', 'toString', 'BCrypt', ''));

describe('on any text', () => {
  test('a conversion parses, and converting it again gives itself or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, anyText(200)), (text) => {
        const first = convert(text);
        if (first === undefined) return;
        expect(() => parse(first)).not.toThrow();
        const second = convert(first.passwordDigest);
        if (second !== undefined) expect(second).toEqual(first);
      }),
      runs(2000),
    );
  });

  test('what repair() gives parses, and is not repaired again', () => {
    fc.assert(
      fc.property(names, fc.oneof(mutated, anyText(200)), (passwordHasher, passwordDigest) => {
        const mended = repair({ passwordHasher, passwordDigest });
        if (mended === undefined) return;
        expect(() => parse(mended)).not.toThrow();
        expect(repair(mended)).toBeUndefined();
      }),
      runs(2000),
    );
  });

  test('a megabyte is refused before it is looked at', () => {
    for (const filler of [' ', '$', '%24', '"', '{', '\\x24', 'a'.repeat(16), '\ud800']) {
      const text = filler.repeat(Math.ceil(2 ** 20 / filler.length));
      expect(convert(text)).toBeUndefined();
      expect(identify(text)).toEqual([]);
      expect(repair({ passwordHasher: 'bcrypt', passwordDigest: text })).toBeUndefined();
      expect(rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest: text })).code).toBe('ERR_LIMIT');
    }
  });
});
