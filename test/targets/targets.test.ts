/** Will it work there? Each target's rules, asked through validate() with digests of every kind. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, DigestError, type Finding, type ImportTarget, targets, validate } from '../../src/index.js';
import { checkSpelling, checkTarget, findTarget } from '../../src/targets/index.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const NAMES = clerkHashers.map(({ name }) => name);
const BCRYPT = exampleOf('bcrypt');
const bcrypt = (variant: string, cost: string) => BCRYPT.replace('$2b$10$', `$${variant}$${cost}$`);
const argon2 = (type: string, params: string, version = 'v=19$') =>
  `$${type}$${version}${params}$${exampleOf(type).split('$').slice(-2).join('$')}`;
/** The hash's last character carries unused bits that are set: other text, same bytes. */
const hashBits = `${BCRYPT.slice(0, -1)}H`;
const saltBits = BCRYPT.replace('yehtJ', 'yfhtJ');

/** What the target says: 'ok', the code and field of its error, or the field of what it does not know. */
function verdict(target: string, passwordHasher: string, passwordDigest: string): string {
  const answer = validate(
    { passwordHasher, passwordDigest },
    { target: target as 'clerk', limits: { bcryptCost: 31 } },
  );
  if (!answer.ok) return `${answer.error.code} ${answer.error.field}`;
  const unknown = answer.warnings.filter(({ code }) => code === 'WARN_TARGET_UNKNOWN');
  return unknown.length === 0 ? 'ok' : `unknown ${unknown.map(({ field = 'hasher' }) => field).join()}`;
}

const REFUSED = 'ERR_UNSUPPORTED passwordHasher';
const TAKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clerk: Object.fromEntries(NAMES.map((name) => [name, 'ok'])),
  auth0: {
    argon2i: 'unknown hasher',
    argon2id: 'ok',
    bcrypt: 'ok',
    bcrypt_peppered: 'ok',
    ldap_ssha: 'ok',
    md5: 'ok',
    md5_salted: 'ok',
    pbkdf2_sha1: 'ok',
    pbkdf2_sha256: 'ok',
    pbkdf2_sha256_django: 'ok',
    pbkdf2_sha512: 'ok',
    pbkdf2_sha512_hex: 'ok',
    scrypt_werkzeug: 'ok',
    sha256: 'ok',
    sha256_salted: 'ok',
    sha512_symfony: 'ERR_LIMIT iterations',
  },
  'node-bcrypt': { bcrypt: 'ok' },
  php: { argon2i: 'ok', argon2id: 'ok', bcrypt: 'ok' },
  supabase: { argon2i: 'ok', argon2id: 'ok', bcrypt: 'ok', scrypt_firebase: 'ok' },
};

describe.each(Object.keys(TAKEN))('%s', (target) => {
  test.each(NAMES)('on the example of %s', (name) => {
    expect(verdict(target, name, exampleOf(name))).toBe(TAKEN[target]?.[name] ?? REFUSED);
  });
});

const ROWS: readonly (readonly [target: string, what: string, hasher: string, digest: string, verdict: string])[] = [
  ['clerk', 'bcrypt of cost 4', 'bcrypt', bcrypt('2b', '04'), 'ok'],
  ['clerk', 'bcrypt of cost 15', 'bcrypt', bcrypt('2b', '15'), 'ok'],
  ['clerk', 'bcrypt of cost 16', 'bcrypt', bcrypt('2b', '16'), 'ERR_LIMIT cost'],
  ['clerk', 'bcrypt $2a$', 'bcrypt', bcrypt('2a', '10'), 'ok'],
  ['clerk', 'bcrypt $2y$', 'bcrypt', bcrypt('2y', '10'), 'ok'],
  ['clerk', 'bcrypt $2x$', 'bcrypt', bcrypt('2x', '10'), 'ERR_UNSUPPORTED variant'],
  ['clerk', 'bcrypt $2$', 'bcrypt', bcrypt('2', '10'), 'ERR_UNSUPPORTED variant'],
  ['clerk', 'peppered bcrypt of cost 16', 'bcrypt_peppered', `${bcrypt('2b', '16')}$pepper`, 'unknown cost'],
  [
    'clerk',
    "Django's bcrypt of cost 16",
    'bcrypt_sha256_django',
    `bcrypt_sha256$${bcrypt('2b', '16')}`,
    'unknown cost',
  ],
  ['clerk', "Django's bcrypt $2x$", 'bcrypt_sha256_django', `bcrypt_sha256$${bcrypt('2x', '10')}`, 'unknown variant'],
  ['clerk', 'Argon2 of version 16', 'argon2id', argon2('argon2id', 'm=19456,t=2,p=1', 'v=16$'), 'unknown version'],
  ['clerk', "phpass as phpBB's", 'phpass', `$H$${exampleOf('phpass').slice(3)}`, 'ERR_UNSUPPORTED prefix'],
  ['auth0', 'bcrypt of cost 10', 'bcrypt', bcrypt('2a', '10'), 'ok'],
  ['auth0', 'bcrypt of cost 12', 'bcrypt', bcrypt('2b', '12'), 'ERR_LIMIT cost'],
  ['auth0', 'bcrypt of cost 8', 'bcrypt', bcrypt('2b', '08'), 'ERR_UNSUPPORTED cost'],
  ['auth0', 'bcrypt $2y$', 'bcrypt', bcrypt('2y', '10'), 'ERR_UNSUPPORTED variant'],
  ['auth0', 'peppered bcrypt $2y$', 'bcrypt_peppered', `${bcrypt('2y', '12')}$pepper`, 'ok'],
  ['auth0', 'peppered bcrypt $2x$', 'bcrypt_peppered', `${bcrypt('2x', '12')}$pepper`, 'ERR_UNSUPPORTED variant'],
  [
    'auth0',
    'Argon2 of version 16',
    'argon2id',
    argon2('argon2id', 'm=19456,t=2,p=1', 'v=16$'),
    'ERR_UNSUPPORTED version',
  ],
  ['auth0', 'Argon2 in another order', 'argon2id', argon2('argon2id', 'm=19456,p=1,t=2'), 'ERR_UNSUPPORTED params'],
  ['node-bcrypt', 'bcrypt of cost 30', 'bcrypt', bcrypt('2b', '30'), 'ok'],
  ['node-bcrypt', 'bcrypt of cost 31', 'bcrypt', bcrypt('2b', '31'), 'ERR_LIMIT cost'],
  ['node-bcrypt', 'bcrypt $2a$', 'bcrypt', bcrypt('2a', '10'), 'ok'],
  ['node-bcrypt', 'bcrypt $2y$', 'bcrypt', bcrypt('2y', '10'), 'ERR_UNSUPPORTED variant'],
  ['node-bcrypt', 'unused bits of the salt', 'bcrypt', saltBits, 'ERR_UNSUPPORTED salt'],
  ['node-bcrypt', 'unused bits of the hash', 'bcrypt', hashBits, 'ERR_UNSUPPORTED hash'],
  ['php', 'bcrypt $2x$', 'bcrypt', bcrypt('2x', '10'), 'ok'],
  ['php', 'bcrypt $2$', 'bcrypt', bcrypt('2', '10'), 'ERR_UNSUPPORTED variant'],
  ['php', 'unused bits of the salt', 'bcrypt', saltBits, 'ERR_UNSUPPORTED salt'],
  ['php', 'Argon2 of version 16', 'argon2i', argon2('argon2i', 'm=19456,t=2,p=1', 'v=16$'), 'ok'],
  ['php', 'Argon2 without a version', 'argon2i', argon2('argon2i', 'm=19456,t=2,p=1', ''), 'ok'],
  ['php', 'Argon2 in another order', 'argon2id', argon2('argon2id', 'm=19456,p=1,t=2'), 'ERR_UNSUPPORTED params'],
  ['supabase', 'bcrypt $2y$', 'bcrypt', bcrypt('2y', '10'), 'ok'],
  ['supabase', 'bcrypt $2x$', 'bcrypt', bcrypt('2x', '10'), 'ERR_UNSUPPORTED variant'],
  ['supabase', 'bcrypt $2$', 'bcrypt', bcrypt('2', '10'), 'ERR_UNSUPPORTED variant'],
  ['supabase', 'unused bits of the salt', 'bcrypt', saltBits, 'ok'],
  ['supabase', 'unused bits of the hash', 'bcrypt', hashBits, 'ERR_UNSUPPORTED hash'],
  [
    'supabase',
    'Argon2 of version 16',
    'argon2i',
    argon2('argon2i', 'm=19456,t=2,p=1', 'v=16$'),
    'ERR_UNSUPPORTED version',
  ],
  [
    'supabase',
    'Argon2 without a version',
    'argon2i',
    argon2('argon2i', 'm=19456,t=2,p=1', ''),
    'ERR_UNSUPPORTED version',
  ],
  ['supabase', 'Argon2 in another order', 'argon2id', argon2('argon2id', 'm=19456,p=1,t=2'), 'ERR_UNSUPPORTED params'],
];

test.each(ROWS)('%s on %s', (target, _, hasher, digest, expected) => {
  expect(verdict(target, hasher, digest)).toBe(expected);
});

describe('an error of a target', () => {
  const errorOf = (target: string, hasher: string, params: Record<string, number | string>) => {
    const answer = checkTarget(findTarget(target), hasher, params);
    if (answer instanceof DigestError) return answer;
    throw new Error('the target takes it');
  };

  test('past a maximum names field, limit and number in the unit of the parameter', () => {
    expect(errorOf('clerk', 'bcrypt', { cost: 16, variant: '2b' })).toMatchObject({
      code: 'ERR_LIMIT',
      hasher: 'bcrypt',
      field: 'cost',
      limit: { param: 'cost', max: 15, actual: 16 },
    });
    expect(errorOf('supabase', 'argon2id', { version: 19, m: 8192, t: 1, p: 256 })).toMatchObject({
      field: 'p',
      limit: { param: 'p', max: 255, actual: 256 },
    });
  });

  test('under a minimum has no limit that was passed', () => {
    const error = errorOf('auth0', 'bcrypt', { cost: 8, variant: '2b' });
    expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED', hasher: 'bcrypt', field: 'cost' });
    expect(error).toMatchObject({ limit: undefined, fix: expect.stringContaining('custom_password_hash') });
  });

  test('always says what to do', () => {
    for (const target of targets) {
      for (const [hasher, { params = {} }] of Object.entries(target.rules)) {
        for (const [param, { oneOf, otherwise, max }] of Object.entries(params)) {
          if (otherwise === 'unknown') continue;
          const value = oneOf === undefined ? (max ?? 0) + 1 : typeof oneOf[0] === 'string' ? '2z' : -1;
          const answer = checkTarget(target, hasher, { [param]: value });
          expect(answer, `${target.name} ${hasher} ${param}`).toMatchObject({ field: param, fix: expect.any(String) });
        }
      }
    }
  });

  test('on $2x$ at Supabase tells which passwords fail', () => {
    expect(errorOf('supabase', 'bcrypt', { cost: 10, variant: '2x' }).fix).toContain('ASCII');
  });
});

describe('an empty field', () => {
  const empty = (field: string): Finding[] => [
    { code: 'WARN_EMPTY', severity: 'warning', field, offset: 7, message: '' },
  ];

  test.each([
    ['clerk', 'scrypt_firebase', 'salt', 'refused'],
    ['clerk', 'scrypt_firebase', 'saltSeparator', 'refused'],
    ['clerk', 'scrypt_werkzeug', 'salt', 'refused'],
    ['clerk', 'pbkdf2_sha256', 'salt', 'taken'],
    ['supabase', 'scrypt_firebase', 'salt', 'refused'],
    ['supabase', 'scrypt_firebase', 'saltSeparator', 'taken'],
    ['auth0', 'scrypt_werkzeug', 'salt', 'taken'],
    ['php', 'bcrypt', 'salt', 'taken'],
  ])('at %s in %s: %s is %s', (target, hasher, field, expected) => {
    const error = checkSpelling(findTarget(target), hasher, empty(field));
    if (expected === 'taken') expect(error).toBeUndefined();
    else expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED', hasher, field, offset: 7, fix: expect.any(String) });
  });
});

describe('the profiles', () => {
  test('are known by name, and another name is a TypeError', () => {
    expect(targets.map(({ name }) => name)).toEqual(['auth0', 'clerk', 'node-bcrypt', 'php', 'supabase']);
    for (const name of ['', 'Clerk', 'constructor', '__proto__', 'firebase']) {
      expect(() => findTarget(name)).toThrow(TypeError);
      const credential = { passwordHasher: 'bcrypt', passwordDigest: BCRYPT };
      expect(() => validate(credential, { target: name as 'clerk' })).toThrow(TypeError);
    }
  });

  test('name hashers that exist, and where each rule is published', () => {
    for (const { rules, sources, title } of targets) {
      for (const name of Object.keys(rules)) expect(NAMES).toContain(name);
      expect(sources.length).toBeGreaterThan(0);
      for (const { url, seen, what } of sources) {
        expect(url).toMatch(/^https:\/\//);
        expect(`${seen} ${what} ${title}`).toMatch(/\d{4}-\d{2}-\d{2}/);
      }
    }
  });

  test('have parameters that the hasher has: a misspelled one would refuse nothing', () => {
    for (const { rules } of targets) {
      for (const [name, { params = {} }] of Object.entries(rules)) {
        const hasher = clerkHashers.find((one) => one.name === name);
        const known = Object.keys(hasher?.parse(exampleOf(name)).params ?? {});
        for (const param of Object.keys(params)) expect(known).toContain(param);
      }
    }
  });

  test('are frozen all the way down', () => {
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    expect(isFrozen(targets)).toBe(true);
    expect(() => {
      (findTarget('clerk').rules as Record<string, unknown>)['bcrypt'] = { accepts: 'no' };
    }).toThrow(TypeError);
  });
});

describe('a profile of my own', () => {
  const mine: ImportTarget = {
    name: 'mine',
    title: 'My API',
    sources: [],
    rules: {
      bcrypt: { accepts: 'yes', params: { cost: { min: 12 } }, canonical: ['hash'] },
      argon2id: { accepts: 'unknown' },
      md5: { accepts: 'no', note: 'too weak' },
    },
  };
  const ask = (passwordHasher: string, passwordDigest: string) =>
    validate({ passwordHasher, passwordDigest }, { target: mine });

  test('is asked like any other', () => {
    expect(ask('bcrypt', bcrypt('2b', '12')).ok).toBe(true);
    expect(ask('bcrypt', BCRYPT)).toMatchObject({
      ok: false,
      error: { code: 'ERR_UNSUPPORTED', hasher: 'bcrypt', field: 'cost', message: expect.stringContaining('My API') },
    });
    expect(ask('argon2id', exampleOf('argon2id'))).toMatchObject({ ok: true });
    expect(ask('md5', exampleOf('md5'))).toMatchObject({
      error: { hasher: 'md5', field: 'passwordHasher', message: expect.stringContaining('too weak') },
    });
    expect(ask('sha256', exampleOf('sha256'))).toMatchObject({ error: { field: 'passwordHasher' } });
  });

  test("stays its caller's to change", () => {
    expect(Object.isFrozen(mine.rules)).toBe(false);
  });
});
