/** Names that mean a hasher, on tables made for it. */
import { describe, expect, test } from 'vitest';
import { defineHasher } from '../../src/hashers/define.js';
import { createParsed } from '../../src/hashers/parsed.js';
import { hashCost } from '../../src/kdf/cost.js';
import { indexNames, saysMore } from '../../src/recognize/names.js';
import { oncePerRegistry } from '../../src/recognize/once.js';
import type { AnyHasher } from '../../src/types.js';

const named = (name: string): AnyHasher =>
  defineHasher({
    name,
    example: { digest: 'x' },
    parse: () => createParsed({}, new Uint8Array(), new Uint8Array(1)),
    serialize: () => 'x',
    cost: () => hashCost('md5'),
    derive: () => new Uint8Array(1),
  });

const hashers = [
  'pbkdf2_sha256',
  'pbkdf2_sha1_acme',
  'scrypt_acme',
  'ldap_salty',
  'md5',
  'scrypt_solo',
  'abc_four4',
].map(named);
const similar = (name: string) => indexNames(hashers).similarTo(name)?.name;

describe('a name', () => {
  test('may differ in case and separators', () => {
    expect(similar('PBKDF2-SHA256')).toBe('pbkdf2_sha256');
    expect(similar('Pbkdf2 sha-256')).toBe('pbkdf2_sha256');
    expect(similar('MD5')).toBe('md5');
  });

  test('may be a word that one hasher alone has', () => {
    expect(similar('Salty')).toBe('ldap_salty');
    expect(similar('solo')).toBe('scrypt_solo');
    expect(similar('four4')).toBe('abc_four4');
    expect(similar('acme')).toBeUndefined();
  });

  test('is none where the word is of three letters, or a primitive', () => {
    expect(similar('abc')).toBeUndefined();
    for (const word of ['sha1', 'sha256', 'sha512', 'hmac', 'utf16', 'pbkdf2', 'scrypt', 'ldap']) {
      expect(indexNames([named(`one_${word}`)]).similarTo(word), word).toBeUndefined();
      expect(indexNames([named(`one_${word}`)]).similarTo('none'), word).toBeUndefined();
    }
  });

  test('has 64 characters at most', () => {
    expect(similar('md5'.padEnd(64, '-'))).toBe('md5');
    expect(similar('md5'.padEnd(65, '-'))).toBeUndefined();
  });

  test('of two that are alike means the first', () => {
    const both = [named('my_hash'), named('my__hash')];
    expect(indexNames(both).similarTo('myhash')).toBe(both[0]);
  });

  test('a word that a name has twice is of one hasher', () => {
    expect(indexNames([named('salty_salty')]).similarTo('salty')?.name).toBe('salty_salty');
  });
});

describe('a name with a typing mistake', () => {
  const real = indexNames(
    ['argon2id', 'argon2i', 'bcrypt', 'md5', 'pbkdf2_sha1', 'scrypt_firebase', 'scrypt_werkzeug', 'sha256'].map(named),
  );

  test.each([
    ['bcript', 'bcrypt'],
    ['argon2idd', 'argon2id'],
    ['scrypt_firebas', 'scrypt_firebase'],
  ])('%s means %s', (name, meant) => expect(real.findMeant(name)).toEqual({ names: [meant], isFamily: false }));

  test.each([
    ['scrypt', ['scrypt_firebase', 'scrypt_werkzeug']],
    ['srypt', ['scrypt_firebase', 'scrypt_werkzeug']],
    ['argon2', ['argon2id', 'argon2i']],
    ['pbkdf2', ['pbkdf2_sha1']],
  ])('%s is of a family', (name, names) => expect(real.findMeant(name)).toEqual({ names, isFamily: true }));

  test.each(['argon2d', 'crypt', 'yescrypt', 'sha512', 'sha224', 'md4', 'pbkdf2_sha512', 'nope'])(
    '%s is another algorithm, or none',
    (name) => expect(real.findMeant(name).names).toEqual([]),
  );
});

test('lists all names in their order', () => {
  expect(indexNames([named('two'), named('one')]).listed).toBe('two, one');
});

describe('saysMore', () => {
  test.each([
    ['md5_bcrypt', 'bcrypt'],
    ['bcrypt-sha256', 'bcrypt'],
    ['BCrypt with pepper', 'bcrypt'],
    ['hmac_sha512_pbkdf2', 'pbkdf2_sha512_hex'],
    ['phpass md5', 'phpass'],
    ['argon2 over scrypt', 'scrypt'],
  ])('%s has a function besides those of %s', (name, hasher) => expect(saysMore(name, hasher)).toBe(true));

  test.each([
    ['bcrypt', 'bcrypt'],
    ['php bcrypt', 'bcrypt'],
    ['md5', 'bcrypt'],
    ['md5 sha1', 'bcrypt'],
    ['none', 'bcrypt'],
    ['PBKDF2-HMAC-SHA512', 'pbkdf2_sha512_hex'],
    ['md5_bcrypt'.padEnd(65, '_'), 'bcrypt'],
  ])('%s has none besides those of %s', (name, hasher) => expect(saysMore(name, hasher)).toBe(false));

  test('reads names of 64 characters', () => expect(saysMore('md5_bcrypt'.padEnd(64, '_'), 'bcrypt')).toBe(true));
});

test('a table is made once for each array', () => {
  const made: unknown[] = [];
  const table = oncePerRegistry((of) => {
    made.push(of);
    return { of };
  });
  const other = [...hashers];
  expect(made).toEqual([]);
  expect(table(hashers)).toBe(table(hashers));
  expect(table(other).of).toBe(other);
  expect(made).toHaveLength(2);
});
