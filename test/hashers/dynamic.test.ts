/** Schemes of one's own: a recipe in the name of the hasher, or in the digest. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse, type StoredCredential, validate, verify } from '../../src/index.js';
import { rejection } from '../support/rejection.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const given = (passwordHasher: string, passwordDigest: string, more: object = {}): StoredCredential => ({
  passwordHasher,
  passwordDigest,
  ...more,
});
const outcome = async (password: string, credential: StoredCredential) => (await verify(password, credential)).outcome;

describe('a recipe in the name', () => {
  const hash = sha1(`salt${sha1('pass')}`);
  test.each([
    ['the salt in another column', given('dynamic=sha1($s.sha1($p))', hash, { salt: 'salt' })],
    ['the salt after "$"', given('dynamic=sha1($s.sha1($p))', `${hash}$salt`)],
    ['the salt after ":"', given('dynamic=sha1($s.sha1($p))', `${hash}:salt`)],
    ['the salt in hexadecimal', given('dynamic=sha1($s.sha1($p))', `${hash}$HEX$73616c74`)],
    ['a whole digest', given('dynamic=sha1($s.sha1($p))', `@dynamic=sha1($salt . sha1($password))@${hash}$salt`)],
    ['Base64', given('dynamic=sha1($s.sha1($p))', `${Buffer.from(hash, 'hex').toString('base64')}$salt`)],
  ])('takes %s', async (_, credential) => {
    expect(await outcome('pass', credential)).toBe('match');
    expect(await outcome('Pass', credential)).toBe('mismatch');
  });

  test('reads user names, peppers and parameters', async () => {
    const keyed = createHmac('sha256', 'pepper').update('annpass').digest('hex');
    const credential = given('dynamic=hmac_sha256($pepper, lc($u).$p)', keyed, { username: 'Ann', pepper: 'pepper' });
    expect(await outcome('pass', credential)).toBe('match');
    let x = 'pass';
    for (let i = 0; i < 3; i++) x = md5(x);
    const repeated = given('dynamic=iterate($rounds, $p, md5($x))', x, { params: { rounds: '3' } });
    expect(await outcome('pass', repeated)).toBe('match');
  });

  test('with a costly function runs on the pool', async () => {
    const digest = '@dynamic=pbkdf2_sha256($p, $s, 1000, 32)@';
    const hash = 'f1d8cff2d4bd4ee7db5d0d4a0d4b4a5a';
    expect(await outcome('pass', given('dynamic', `${digest}${hash}${hash}$salt`))).toBe('mismatch');
  });
});

describe('a recipe in the digest', () => {
  test("is John's notation", async () => {
    const digest = `@dynamic=md5(md5($p).$s)@${md5(`${md5('hashcat')}s1`)}$s1`;
    expect(await outcome('hashcat', given('dynamic', digest))).toBe('match');
  });

  test('may have an "@" within quotes', async () => {
    const digest = `@dynamic=md5($p.'@'.$s)@${md5('pass@s1')}$s1`;
    expect(await outcome('pass', given('dynamic', digest))).toBe('match');
  });

  test('has a user name and a second salt after marks', async () => {
    const digest = `@dynamic=md5($s.$p.$u.$salt2)@${md5('s1passanns2')}$s1$$Uann$$2s2`;
    expect(await outcome('pass', given('dynamic', digest))).toBe('match');
    const without = `@dynamic=md5($p.$u)@${md5('passann')}$$Uann`;
    expect(await outcome('pass', given('dynamic', without))).toBe('match');
  });

  test('that differs from the name is refused', () => {
    const digest = `@dynamic=md5($p)@${md5('x')}`;
    expect(rejection(() => parse(given('dynamic=sha1($p)', digest)))).toMatchObject({
      code: 'ERR_MALFORMED',
      field: 'recipe',
    });
  });
});

describe('what is missing or wrong is named', () => {
  test.each([
    ['a salt', given('dynamic=md5($p.$s)', md5('x')), 'salt'],
    ['a parameter', given('dynamic=iterate($n, $p, md5($x))', md5('x')), 'n'],
    ['a function', given('dynamic=md6($p)', md5('x')), 'recipe'],
    ['an end', given('dynamic=md5($p', md5('x')), 'recipe'],
    ['a depth', given(`dynamic=${'md5('.repeat(1000)}$p${')'.repeat(1000)}`, md5('x')), 'recipe'],
    ['a megabyte', given(`dynamic=md5($p.'${'x'.repeat(1e6)}')`, md5('x')), 'recipe'],
    ['a hash', given('dynamic=md5($p)', '$salt'), 'hash'],
    ['an alphabet', given('dynamic=md5($p)', '§§'), 'hash'],
  ])('%s', (_, credential, field) => {
    expect(rejection(() => parse(credential))).toMatchObject({ code: 'ERR_MALFORMED', field });
    expect(validate(credential)).toMatchObject({ ok: false });
  });

  test('a cost over the limits is refused before any work', async () => {
    const credential = given('dynamic=pbkdf2_sha256($p, $s, $n, 16)', md5('x'), {
      salt: 's',
      params: { n: 999_999_999_999 },
    });
    expect(await verify('pass', credential)).toMatchObject({ outcome: 'rejected', error: { code: 'ERR_LIMIT' } });
  });

  test('no message or JSON has a piece of the recipe, the salt or the hash', () => {
    const credential = given("dynamic=md5($p.'s1tesecret')", `${md5('x')}$secretsalt`);
    const parsed = parse(credential);
    expect(JSON.stringify(parsed)).not.toMatch(/s1tesecret|secretsalt/);
    const error = rejection(() => parse(given("dynamic=md6('s1tesecret')", md5('x'))));
    expect(JSON.stringify(error)).not.toContain('s1tesecret');
  });
});
