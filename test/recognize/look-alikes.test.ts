/** Digests that a hasher's grammar takes and that are another's, or damaged: refused, and renamed only where that is certain. */
import { describe, expect, test } from 'vitest';
import { clerkHashers, createRegistry, defineHasher, identify, repair, validate } from '../../src/index.js';

const exampleOf = (name: string) => clerkHashers.find((hasher) => hasher.name === name)?.example.digest as string;
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99';
const SHA256 = exampleOf('sha256');
const BCRYPT = exampleOf('bcrypt');

function refusal(passwordHasher: string, passwordDigest: string) {
  const answer = validate({ passwordHasher, passwordDigest });
  return answer.ok ? undefined : answer.error;
}

const certainties = (digest: string) => identify(digest).map(({ certainty }) => certainty);

describe("another system's digest that ends in a salted hash's form", () => {
  test.each([
    ['sha256_salted', `pbkdf2:sha256:10$SipRGJU4f9jY8S9F$${SHA256}`, 'ERR_WRONG_HASHER'],
    ['sha256_salted', `pbkdf2:sha256:x$SipRGJU4f9jY8S9F$${SHA256}`, 'ERR_WRONG_HASHER'],
    ['sha256_salted', `{SHA256}{MD5}salt$${SHA256}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `{MD5}{salt}$${MD5}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `$3$$${MD5}`, 'ERR_UNSUPPORTED'],
    ['md5_salted', `pbkdf2:md5:10$salt$${MD5}`, 'ERR_UNSUPPORTED'],
  ])('is no digest of %s: %s', (name, digest, code) => {
    expect(refusal(name, digest)).toMatchObject({ code, hasher: name, field: 'digest', offset: 0 });
    const whole = refusal(name, `"${digest}"`);
    expect(whole).toBeDefined();
    expect(repair({ passwordHasher: name, passwordDigest: digest })?.passwordHasher).not.toBe(name);
    expect(repair({ passwordHasher: name, passwordDigest: `"${digest}"` })?.passwordHasher).not.toBe(name);
  });

  test('is read by a hasher of the author for that system', () => {
    const salted = clerkHashers.find(({ name }) => name === 'sha256_salted');
    if (salted === undefined) throw new Error('sha256_salted is missing');
    const digest = `sha256$salt$${SHA256}`;
    const own = defineHasher({
      ...salted,
      name: 'werkzeug_hmac',
      example: { password: 'x', digest },
      parse: (text) => salted.parse(text.replace('sha256$', '')),
      serialize: (parsed) => `sha256$${salted.serialize(parsed)}`,
    });
    const registry = createRegistry([...clerkHashers, own]);
    expect(registry.parse({ passwordHasher: 'werkzeug_hmac', passwordDigest: digest }).params).toEqual({});
  });

  test('leaves salts alone that only begin with a word or a brace', () => {
    for (const salt of ['pbkdf2', '{abc}', '$', 'scrypt:x', 'sha1']) {
      expect(refusal('sha256_salted', `${salt}$${SHA256}`)).toBeUndefined();
    }
  });
});

describe('a bcrypt digest that stands there twice', () => {
  const other = `${BCRYPT.slice(0, -1)}S`;

  test.each(['bcrypt', 'bcrypt_peppered'])('is no digest with a pepper: %s', (name) => {
    for (const digest of [BCRYPT + BCRYPT, BCRYPT + other, `${BCRYPT}$${BCRYPT}`]) {
      expect(refusal(name, digest)).toMatchObject({ code: 'ERR_MALFORMED' });
      expect(identify(digest).map(({ hasher }) => hasher)).not.toContain('bcrypt_peppered');
    }
    expect(refusal('bcrypt', BCRYPT + other)).toMatchObject({ field: 'hash', offset: 60 });
    expect(refusal('bcrypt_peppered', BCRYPT + other)).toMatchObject({ field: 'pepper', offset: 60 });
  });

  test('is made one where both are equal, and only there', () => {
    const one = { passwordHasher: 'bcrypt', passwordDigest: BCRYPT };
    for (const between of ['', '\n', '\r\n', ',', ' ']) {
      expect(repair({ passwordHasher: 'bcrypt', passwordDigest: BCRYPT + between + BCRYPT })).toEqual(one);
      expect(repair({ passwordHasher: 'bcrypt', passwordDigest: BCRYPT + between + other })).toBeUndefined();
    }
  });

  test('differs from a pepper that begins with a 2', () => {
    for (const pepper of ['2pepper', '2b', '$2pepper']) {
      expect(refusal('bcrypt_peppered', `${BCRYPT}$${pepper}`)).toBeUndefined();
      expect(refusal('bcrypt', `${BCRYPT}$${pepper}`)).toMatchObject({ code: 'ERR_WRONG_HASHER' });
    }
  });
});

describe('a salt of pbkdf2_sha256 that is no Base64', () => {
  const withSalt = (salt: string) => `pbkdf2_sha256$100000$${salt}$J+wgrJ1MXcfkHX9aXNPbj36VoG8R+iMqo3l/6Ngq4nY=`;
  const rename = (salt: string) => ({ passwordHasher: 'pbkdf2_sha256_django', passwordDigest: withSalt(salt) });

  test.each(['EBESExQVFhcYGRob5', 'EBESExQVFhcYGRo', 'EBESExQVFhcYGRobHB0eHw'])('may be damaged: %s', (salt) => {
    const error = refusal('pbkdf2_sha256', withSalt(salt));
    expect(error).toMatchObject({ code: 'ERR_MALFORMED', field: 'salt', fix: undefined });
    expect(error?.hint).toBeDefined();
    expect(repair({ passwordHasher: 'pbkdf2_sha256', passwordDigest: withSalt(salt) })).toBeUndefined();
  });

  test("is Django's in the length of Django's", () => {
    const salt = 'sT7Zr0Y1qVbN4kPwLx3mGd';
    expect(refusal('pbkdf2_sha256', withSalt(salt))).toMatchObject({ code: 'ERR_WRONG_HASHER', field: 'salt' });
    expect(repair({ passwordHasher: 'pbkdf2_sha256', passwordDigest: withSalt(salt) })).toEqual(rename(salt));
  });
});

describe('a scheme before a digest', () => {
  const argon2id = exampleOf('argon2id');
  test.each([
    ['bcrypt', `{scrypt}${BCRYPT}`],
    ['bcrypt', `{sha256}${BCRYPT}`],
    ['bcrypt', `{md5}${BCRYPT}`],
    ['bcrypt', `{argon2id}${BCRYPT}`],
    ['bcrypt', `{pbkdf2}${BCRYPT}`],
    ['bcrypt', `{ssha}${BCRYPT}`],
    ['bcrypt', `{phpass}${BCRYPT}`],
    ['bcrypt', `{scrypt}${Buffer.from(BCRYPT).toString('base64')}`],
    ['argon2id', `{bcrypt}${argon2id}`],
    ['argon2id', `{scrypt}${argon2id}`],
    ['phpass', `{bcrypt}${exampleOf('phpass')}`],
    ['pbkdf2_sha512', `{pbkdf2-sha256}${exampleOf('pbkdf2_sha512')}`],
  ])('that contradicts it leaves it in doubt: %s, %s', (passwordHasher, passwordDigest) => {
    expect(refusal(passwordHasher, passwordDigest)?.suggestion).not.toEqual({ repair: true });
    expect(certainties(passwordDigest)).not.toContain('certain');
    expect(repair({ passwordHasher, passwordDigest })).toBeUndefined();
  });

  test.each([
    ['bcrypt', '{BCRYPT}'],
    ['bcrypt', '{BLF-CRYPT}'],
    ['bcrypt', '{CRYPT}'],
    ['argon2id', '{argon2}'],
    ['argon2id', '{ARGON2ID}'],
    ['phpass', '{phpass}'],
    ['scrypt_werkzeug', '{scrypt}'],
    ['pbkdf2_sha512', '{pbkdf2}'],
    ['pbkdf2_sha512', '{PBKDF2-SHA512}'],
    ['pbkdf2_sha256', '{pbkdf2_sha256}'],
  ])('that agrees with it is removed: %s, %s', (passwordHasher, scheme) => {
    const passwordDigest = exampleOf(passwordHasher);
    const repaired = { passwordHasher, passwordDigest };
    expect(repair({ passwordHasher, passwordDigest: scheme + passwordDigest })).toEqual(repaired);
  });
});

describe('a salt that ends in "$", in a damaged export', () => {
  test.each([
    `<Some("bWp$$${SHA256}")>`,
    `Some("bWp$$${SHA256}")`,
    `"bWp$$${SHA256}"`,
    `"a$$bWp$$${SHA256}"`,
    `"bWp\\$${SHA256}"`,
  ])('may be a doubled or an escaped "$": %s', (passwordDigest) => {
    expect(repair({ passwordHasher: 'sha256_salted', passwordDigest })).toBeUndefined();
    const error = refusal('sha256_salted', passwordDigest);
    expect(error).toMatchObject({ code: 'ERR_MALFORMED', fix: undefined });
    expect(error?.hint).toBeDefined();
  });

  test('is certain without that end', () => {
    const passwordDigest = `bWp$${SHA256}`;
    const credential = { passwordHasher: 'sha256_salted', passwordDigest };
    expect(repair({ ...credential, passwordDigest: `<Some("${passwordDigest}")>` })).toEqual(credential);
  });
});

describe('a control character in a text salt', () => {
  const CONTROLS = ['\0', '\t', '\n', '\r\n ', '\x1b', '\x7f', '\x85', '\x9f', '\u2028', '\u2029'];
  const salted: readonly (readonly [name: string, salt: string])[] = [
    ['scrypt_werkzeug', 'gB5tWq8sXz1nRc0V'],
    ['sha512_symfony', 'kJ8dQ2vR'],
    ['pbkdf2_sha512', 'sT7Zr0Y1qVbN4kPwLx3mGd'],
    ['pbkdf2_sha256_django', 'sT7Zr0Y1qVbN4kPwLx3mGd'],
    ['md5_salted', 'kJ8dQ2vR'],
    ['sha256_salted', 'kJ8dQ2vR'],
  ];

  test.each(salted)('is no part of a salt of %s', (name, salt) => {
    const digest = exampleOf(name);
    const at = digest.indexOf(salt) + 4;
    expect(at).toBeGreaterThan(3);
    const hasher = clerkHashers.find((one) => one.name === name);
    for (const control of CONTROLS) {
      const passwordDigest = digest.slice(0, at) + control + digest.slice(at);
      expect(() => hasher?.parse(passwordDigest)).toThrow(
        expect.objectContaining({ code: 'ERR_MALFORMED', field: 'salt', offset: at, fix: expect.any(String) }),
      );
      expect(refusal(name, passwordDigest), JSON.stringify(control)).toMatchObject({ code: 'ERR_MALFORMED' });
      expect(certainties(passwordDigest).length === 0 || /[\r\n]/.test(control)).toBe(true);
    }
  });

  test('of a fold is taken out where its lines join to a digest', () => {
    const passwordDigest = exampleOf('sha512_symfony');
    const folded = passwordDigest.replace('kJ8d', 'kJ8d\r\n ');
    const credential = { passwordHasher: 'sha512_symfony', passwordDigest };
    expect(repair({ ...credential, passwordDigest: folded })).toEqual(credential);
  });
});
