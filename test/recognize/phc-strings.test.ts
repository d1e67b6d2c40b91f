/** PBKDF2 as PHC strings with versions, other names of parameters and other spellings of Base64. */
import { pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Credential, convert, identify, parse, repair, validate, verify } from '../../src/index.js';
import { rejection } from '../support/rejection.js';

const PASSWORD = 'correct horse battery staple';
const SALT = Buffer.from('fbfffe0102030405060708090a0b0c0d', 'hex');
const hashOf = (prf: string, bytes: number) => pbkdf2Sync(PASSWORD, SALT, 1000, bytes, prf);
const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const urlSafe = (bytes: Buffer) => bytes.toString('base64url');
const phc = (head: string, prf: string, bytes: number, encode = unpadded) =>
  `${head}$${encode(SALT)}$${encode(hashOf(prf, bytes))}`;

describe('a PHC string of PBKDF2', () => {
  test.each([
    ['with a version', phc('$pbkdf2-sha256$v=1$i=1000', 'sha256', 32), 'pbkdf2_sha256'],
    ['with a version and a length', phc('$pbkdf2-sha256$v=1$i=1000,l=32', 'sha256', 32), 'pbkdf2_sha256'],
    ['with the length first', phc('$pbkdf2-sha512$l=64,i=1000', 'sha512', 64), 'pbkdf2_sha512_hex'],
    ['of 64 bytes', phc('$pbkdf2-sha512$v=1$i=1000', 'sha512', 64), 'pbkdf2_sha512_hex'],
    ['with SHA-1', phc('$pbkdf2-sha1$v=1$i=1000', 'sha1', 20), 'pbkdf2_sha1'],
    ['of Mattermost', phc('$pbkdf2$f=SHA256,w=1000,l=32', 'sha256', 32), 'pbkdf2_sha256'],
  ])('%s converts and verifies', async (_, text, hasher) => {
    const credential = convert(text) as Credential;
    expect(credential?.passwordHasher).toBe(hasher);
    expect((await verify(PASSWORD, credential)).outcome).toBe('match');
    expect(validate(credential)).toMatchObject({
      ok: true,
      warnings: expect.not.arrayContaining([{ code: 'WARN_LENGTH' }]),
    });
  });

  test.each([
    ['URL-safe', phc('$pbkdf2-sha256$v=1$i=1000', 'sha256', 32, urlSafe)],
    ['padded', phc('$pbkdf2-sha256$i=1000', 'sha256', 32, (bytes) => bytes.toString('base64'))],
    ['padded, as Pow writes it', phc('$pbkdf2-sha512$1000', 'sha512', 64, (bytes) => bytes.toString('base64'))],
  ])('in %s Base64 is repaired to what verifies', async (_, passwordDigest) => {
    const credential = repair({ passwordHasher: 'pbkdf2_sha256', passwordDigest }) as Credential;
    expect((await verify(PASSWORD, credential)).outcome).toBe('match');
  });

  test.each([
    ['another version', phc('$pbkdf2-sha256$v=2$i=1000', 'sha256', 32), 'ERR_UNSUPPORTED'],
    ['another length than it says', phc('$pbkdf2-sha256$v=1$i=1000,l=64', 'sha256', 32), 'ERR_WRONG_HASHER'],
    ['no iterations', phc('$pbkdf2-sha256$l=32', 'sha256', 32), 'ERR_WRONG_HASHER'],
    ['a hash function that is not PBKDF2 here', phc('$pbkdf2$f=SHA3,w=1000,l=32', 'sha256', 32), 'ERR_UNSUPPORTED'],
  ])('with %s does not convert', (_, text, code) => {
    expect(convert(text)).toBeUndefined();
    expect(identify(text)).toEqual([]);
    expect(rejection(() => parse({ passwordHasher: 'bcrypt', passwordDigest: text })).code).toBe(code);
  });
});

test('hexadecimal is a format of its own', () => {
  const text = `$pbkdf2-sha512$1000$${SALT.toString('hex')}$${hashOf('sha512', 64).toString('hex')}`;
  expect(convert(text)).toBeUndefined();
  expect(identify(text).map(({ hasher }) => hasher)).toEqual(['gitlab_pbkdf2_sha512']);
});

describe('another spelling of Base64', () => {
  const [salt, hash] = [SALT.toString('base64'), hashOf('sha256', 32).toString('base64')];
  const whole = `pbkdf2_sha256$1000$${salt}$${hash}`;
  const stripped = (text: string) => text.replaceAll('=', '');
  const url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');

  test.each([
    ['without padding', 'pbkdf2_sha256', `pbkdf2_sha256$1000$${stripped(salt)}$${stripped(hash)}`, whole],
    ['without padding of the hash', 'pbkdf2_sha256', `pbkdf2_sha256$1000$${salt}$${stripped(hash)}`, whole],
    ['URL-safe', 'pbkdf2_sha256', url(whole).replace('pbkdf2_sha256', 'pbkdf2_sha256'), whole],
    ['URL-safe without padding', 'pbkdf2_sha256', url(`pbkdf2_sha256$1000$${stripped(salt)}$${stripped(hash)}`), whole],
  ])('%s in %s is repaired', (_, passwordHasher, passwordDigest, expected) => {
    const credential = { passwordHasher, passwordDigest };
    expect(rejection(() => parse(credential))).toMatchObject({
      code: 'ERR_MALFORMED',
      fix: expect.stringContaining('"+" for "-"'),
    });
    expect(repair(credential)).toEqual({ passwordHasher, passwordDigest: expected });
  });

  test.each([
    ['argon2id', '$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2E$', Buffer.alloc(32, 0xfb)],
    ['argon2i', '$argon2i$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2E$', Buffer.alloc(32, 0xfe)],
  ])('padding in %s is removed', (passwordHasher, head, bytes) => {
    const expected = `${head}${unpadded(bytes)}`;
    for (const passwordDigest of [
      `${head}${bytes.toString('base64')}`,
      `${head}${urlSafe(bytes)}`,
      `${head.replace(/\$$/, '=$')}${unpadded(bytes)}`,
    ]) {
      expect(repair({ passwordHasher, passwordDigest })).toEqual({ passwordHasher, passwordDigest: expected });
    }
  });

  test.each(['ldap_ssha', 'hmac_sha256_utf16_b64', 'sha512_symfony', 'pbkdf2_sha256_django'])(
    'of %s is repaired',
    (name) => {
      const passwordDigest = exampleWithBoth(name);
      for (const text of [stripped(passwordDigest), respelled(passwordDigest)]) {
        if (text === passwordDigest) continue;
        expect(repair({ passwordHasher: name, passwordDigest: text })).toEqual({
          passwordHasher: name,
          passwordDigest,
        });
      }
    },
  );

  /** Digests whose Base64 has "+", "/" and "=". */
  function exampleWithBoth(name: string): string {
    const bytes = (count: number) => Buffer.alloc(count, Buffer.from('fbeffe', 'hex'));
    if (name === 'ldap_ssha') return `{SSHA}${bytes(28).toString('base64')}`;
    if (name === 'hmac_sha256_utf16_b64') return bytes(32).toString('base64');
    if (name === 'sha512_symfony') return `sha512_symfony$5000$salt$${bytes(64).toString('base64')}`;
    return `pbkdf2_sha256$260000$seasalt$${bytes(32).toString('base64')}`;
  }

  function respelled(digest: string): string {
    const at = Math.max(digest.lastIndexOf('$'), digest.indexOf('}')) + 1;
    return digest.slice(0, at) + url(digest.slice(at)).replaceAll('=', '');
  }

  test('that is cut off as well is not padded', () => {
    for (const cut of [2, 3, 4]) {
      const passwordDigest = stripped(whole).slice(0, -cut);
      expect(repair({ passwordHasher: 'pbkdf2_sha256', passwordDigest })).toBeUndefined();
    }
  });

  test('of a salt that may be the text of Django is two readings', () => {
    const text = `pbkdf2_sha256$1000$EBESExQVFhcYGRobHB0eHw$${hash}`;
    expect(rejection(() => parse({ passwordHasher: 'pbkdf2_sha256', passwordDigest: text }))).toMatchObject({
      code: 'ERR_MALFORMED',
      field: 'salt',
      fix: undefined,
      hint: expect.any(String),
    });
    expect(repair({ passwordHasher: 'pbkdf2_sha256', passwordDigest: text })).toBeUndefined();
  });
});
