/** What frameworks do to salts, numbers and templates before they hash them. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/encoding/bytes.js';
import type { Kdfs } from '../../src/jobs.js';
import { compileRecipe, parseRecipe, type RecipeInput } from '../../src/recipe/index.js';
import { attempt } from '../support/rejection.js';

const KDFS = {
  hash: (algorithm: string, message: Uint8Array) => createHash(algorithm).update(message).digest(),
  hmac: (algorithm: string, key: Uint8Array, message: Uint8Array) =>
    createHmac(algorithm, key).update(message).digest(),
} as unknown as Kdfs;

function derive(recipe: string, { bytes = {}, params = {} }: Partial<RecipeInput> = {}, password = 'password'): Buffer {
  const input = { password: utf8(password), bytes, params, hashBytes: 0 };
  return Buffer.from(compileRecipe(parseRecipe(recipe)).derive(input, KDFS) as Uint8Array);
}

test('an empty key of keyed_or_plain is none at all', () => {
  const recipe = 'keyed_or_plain($algorithm, $s, $p)';
  const params = { algorithm: 'sha1' };
  expect(derive(recipe, { params, bytes: { salt: utf8('') } })).toEqual(createHash('sha1').update('password').digest());
  expect(derive(recipe, { params, bytes: { salt: utf8('key') } })).toEqual(
    createHmac('sha1', 'key').update('password').digest(),
  );
});

test.each([
  [400, '$p5k2$$salt'],
  [1000, '$p5k2$3e8$salt'],
])('dlitz_salt has %i iterations in hexadecimal, or nothing for the default', (iterations, expected) => {
  const found = derive('dlitz_salt($s, $iterations)', { params: { iterations }, bytes: { salt: utf8('salt') } });
  expect(found.toString()).toBe(expected);
});

test.each([
  ['hex_number($n)', 16384, Buffer.from('4000')],
  ['u32be($n)', 0x01020304, Buffer.of(1, 2, 3, 4)],
  ['u32be($n)', 2 ** 32 - 1, Buffer.of(255, 255, 255, 255)],
  ['u8($n)', 14, Buffer.of(14)],
])('%s of %i', (recipe, n, expected) => {
  expect(derive(recipe, { params: { n } })).toEqual(expected);
});

test.each([
  [
    [0, 0, 1, 0],
    [1, 0],
  ],
  [
    [1, 0],
    [1, 0],
  ],
  [[0, 0], []],
])('skip_zeros of %j', (value, expected) => {
  expect([...derive('skip_zeros($s)', { bytes: { salt: Uint8Array.from(value) } })]).toEqual(expected);
});

test('url_letters keeps the padding', () => {
  expect(derive('url_letters($p)', {}, 'a+b/c==').toString()).toBe('a-b_c==');
});

describe('fill_template', () => {
  const fill = (template: string, password = 'password'): string =>
    derive(
      'fill_template($template, $s, $p)',
      { bytes: { template: utf8(template), salt: utf8('salt') } },
      password,
    ).toString();

  test.each([
    ['{SALT}{PASSWORD}', 'saltpassword'],
    ['??{PASSWORD}$${SALT}', '??password$$salt'],
    ['{PASSWORD}{PASSWORD}', 'passwordpassword'],
    ['{salt}', '{salt}'],
    ['', ''],
  ])('%j', (template, expected) => {
    expect(fill(template)).toBe(expected);
  });

  test('does not fill what a password brings', () => {
    expect(fill('{PASSWORD}-{SALT}', '{SALT}')).toBe('{SALT}-salt');
  });

  test('is bounded', () => {
    expect(attempt(() => fill('{PASSWORD}'.repeat(100)))).toMatchObject({ code: 'ERR_LIMIT', field: 'template' });
  });
});

describe('members of JSON', () => {
  test.each([
    [undefined, 'c2FsdA==', 'c2FsdA=='],
    ['utf8', 'c2FsdA==', 'c2FsdA=='],
    ['base64', 'c2FsdA==', 'salt'],
    ['hex', '73616c74', 'salt'],
  ])('decode_text as %s', (encoding, value, expected) => {
    const params = encoding === undefined ? {} : { encoding };
    expect(derive('decode_text($s, $encoding)', { params, bytes: { salt: utf8(value) } }).toString()).toBe(expected);
  });

  test('decode_text refuses what is not in the encoding', () => {
    const found = attempt(() =>
      derive('decode_text($s, $encoding)', { params: { encoding: 'hex' }, bytes: { salt: utf8('x') } }),
    );
    expect(found).toMatchObject({ code: 'ERR_MALFORMED', field: 'salt' });
  });

  test.each([
    ['utf8', 'é', 'c3a9'],
    ['utf16le', 'é', 'e900'],
    ['latin1', 'é', 'e9'],
    ['latin1', '€', 'ac'],
  ])('encode_text as %s of %s', (encoding, password, expected) => {
    expect(derive('encode_text($p, $encoding)', { params: { encoding } }, password).toString('hex')).toBe(expected);
  });

  test.each([
    [undefined, 'saltpassword'],
    ['prefix', 'saltpassword'],
    ['suffix', 'passwordsalt'],
    ['POSTFIX', 'passwordsalt'],
  ])('place_salt at %s', (position, expected) => {
    const params = position === undefined ? {} : { position };
    expect(derive('place_salt($s, $p, $position)', { params, bytes: { salt: utf8('salt') } }).toString()).toBe(
      expected,
    );
  });
});
