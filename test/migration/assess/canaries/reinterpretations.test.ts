/** What a digest may be besides what its row says: the credential of each reading. */
import { expect, test } from 'vitest';
import { clerkHashers } from '../../../../src/hashers/index.js';
import { findReinterpretations } from '../../../../src/migration/assess/canaries/reinterpretations.js';
import { BCRYPT } from '../../../support/exports.js';

/** Reading, and the credential that is tried. */
function read(hasher: string, digest: string, peppers: readonly string[] = []) {
  return findReinterpretations(hasher, peppers).map(({ reading, passwordFirst, apply }) => {
    const { passwordHasher, passwordDigest } = apply(digest) ?? {};
    return [reading, passwordHasher, passwordDigest, ...(passwordFirst ? ['password-first'] : [])];
  });
}

test.each(['md5_salted', 'sha256_salted'])('%s may have the password first', (hasher) => {
  expect(read(hasher, 's$h')).toEqual([[{ kind: 'password-first' }, hasher, 's$h', 'password-first']]);
});

test.each([
  ['pbkdf2_sha256', 'a$b', 'pbkdf2_sha256_django', 'a$b'],
  ['pbkdf2_sha256_django', 'a$b', 'pbkdf2_sha256', 'a$b'],
  ['pbkdf2_sha512', 'pbkdf2_sha512$1$s$h', 'pbkdf2_sha512_hex', 'pbkdf2_sha512_hex$1$s$h'],
  ['pbkdf2_sha512_hex', 'pbkdf2_sha512_hex$1$s$h', 'pbkdf2_sha512', 'pbkdf2_sha512$1$s$h'],
  ['phpass', '$P$x', 'md5_phpass', '$P$x'],
  ['md5_phpass', '$P$x', 'phpass', '$P$x'],
  ['bcrypt_sha256_django', `bcrypt_sha256$${BCRYPT}`, 'bcrypt', BCRYPT],
])('%s %s may be of %s', (hasher, digest, other, expected) => {
  expect(read(hasher, digest)).toEqual([[{ kind: 'other-hasher', hasher: other }, other, expected]]);
});

test('a salt of pbkdf2_sha1 may be text', () => {
  const reading = { kind: 'text-salt' };
  expect(read('pbkdf2_sha1', 'pbkdf2_sha1$10$abcd$00')).toEqual([
    [reading, 'pbkdf2_sha1', 'pbkdf2_sha1$10$61626364$00'],
  ]);
  // Nothing is another than it is.
  expect(read('pbkdf2_sha1', 'pbkdf2_sha1$10$$00')).toEqual([[reading, undefined, undefined]]);
});

test.each(['$2b$', '$2a$', '$2y$', '$2$'])('bcrypt %s may be prehashed, or of the sign bug', (prefix) => {
  const digest = `${prefix}10$x$2b$`;
  expect(read('bcrypt', digest)).toEqual([
    [{ kind: 'other-hasher', hasher: 'bcrypt_sha256_django' }, 'bcrypt_sha256_django', `bcrypt_sha256$${digest}`],
    [{ kind: 'sign-bug' }, 'bcrypt', '$2x$10$x$2b$'],
  ]);
});

test('the sign bug is looked for at the beginning', () => {
  expect(read('bcrypt', 'x$2b$')[1]).toEqual([{ kind: 'sign-bug' }, 'bcrypt', 'x$2b$']);
});

test('bcrypt may have one of the peppers, and bcrypt_peppered another or none', () => {
  const peppers = ['one', 'two'];
  expect(read('bcrypt', BCRYPT, peppers).slice(0, 2)).toEqual([
    [{ kind: 'pepper', pepper: 1 }, 'bcrypt_peppered', `${BCRYPT}$one`],
    [{ kind: 'pepper', pepper: 2 }, 'bcrypt_peppered', `${BCRYPT}$two`],
  ]);
  expect(read('bcrypt', BCRYPT, peppers)).toHaveLength(4);
  expect(read('bcrypt_peppered', `${BCRYPT}$wrong`, ['one'])).toEqual([
    [{ kind: 'pepper', pepper: 1 }, 'bcrypt_peppered', `${BCRYPT}$one`],
    [{ kind: 'no-pepper' }, 'bcrypt', BCRYPT],
  ]);
  expect(read('md5_salted', 's$h', peppers)).toHaveLength(1);
});

const SALT = '0123456789abcdef0123456789abcdef';

test.each([
  [`scrypt:16384:16:1$${SALT}$k`, `scrypt:16384:8:1$${SALT}$k`, undefined],
  [`scrypt:16384:8:1$${SALT}$k`, undefined, `scrypt:16384:16:1$${SALT}$k`],
  [`scrypt:16384:4:1$${SALT}$k`, undefined, undefined],
  [`scrypt:32768:8:1$${SALT}$k`, undefined, undefined],
  [`scrypt:16384:8:1$x${SALT}$k`, undefined, undefined],
  [`scrypt:16384:8:1$${SALT}0$k`, undefined, undefined],
  [`scrypt:16384:8:1$${SALT.slice(1)}g$k`, undefined, undefined],
  ['scrypt:16384:8:1', undefined, undefined],
])('%s may have another block size', (digest, eight, sixteen) => {
  const hasher = 'scrypt_werkzeug';
  expect(read(hasher, digest)).toEqual([
    [{ kind: 'block-size', r: 8, writer: 'node-scrypt' }, eight && hasher, eight],
    [{ kind: 'block-size', r: 16, writer: 'better-auth' }, sixteen && hasher, sixteen],
  ]);
});

test('parameters of Firebase may be exchanged, or those of all projects', () => {
  const readings = (digest: string) =>
    Object.fromEntries(
      read('scrypt_firebase', digest).map(([reading, , text]) => [(reading as { kind: string }).kind, text]),
    );
  expect(readings('h$s$k$p$3$9')).toEqual({
    'exchanged-costs': 'h$s$k$p$9$3',
    'default-separator': 'h$s$k$Bw==$3$9',
    'no-separator': 'h$s$k$$3$9',
    'default-costs': 'h$s$k$p$8$14',
    'default-separator-and-costs': 'h$s$k$Bw==$8$14',
    'exchanged-keys': 'h$s$p$k$3$9',
  });
  expect(readings('h$s$k$Bw==$8$14')).toMatchObject({
    'default-separator': undefined,
    'default-costs': undefined,
    'default-separator-and-costs': undefined,
  });
  for (const digest of ['h$s$k$p$3', 'h$s$k$p$3$9$']) {
    expect(Object.values(readings(digest))).toEqual(Array(6).fill(undefined));
  }
  expect(read('scrypt_firebase', 'h$s$k$p$3$9')[0]?.[1]).toBe('scrypt_firebase');
});

test('all that is tried is of known hashers, and others have no other reading', () => {
  const names = new Set(clerkHashers.map(({ name }) => name));
  for (const { name, example } of clerkHashers) {
    for (const [, tried = name] of read(name, example.digest, ['p'])) expect(names).toContain(tried);
  }
  for (const name of ['md5', 'argon2id', 'constructor', '']) expect(findReinterpretations(name, ['p'])).toEqual([]);
});
