/** What is hashed in the place of a password: the bytes of each transform. */
import { expect, test } from 'vitest';
import {
  createPepperTransforms,
  type PasswordTransform,
  passwordTransforms,
} from '../../../../src/migration/assess/canaries/password-transforms.js';
import { PASSWORD_READINGS } from '../../../../src/reports/canary-suggestion.js';

const apply = (all: readonly PasswordTransform[], kind: string, password: string) => {
  const found = all.find(({ reading }) => reading.kind === kind);
  const bytes = found?.apply(password);
  return bytes && Buffer.from(bytes).toString('latin1');
};

test('each way that a report names is tried, in its order', () => {
  const peppered = createPepperTransforms(['x']);
  expect([...passwordTransforms, ...peppered].map(({ reading }) => reading.kind)).toEqual(PASSWORD_READINGS);
  expect(Object.isFrozen(passwordTransforms)).toBe(true);
});

test.each([
  ['trimmed', ' a b\t', 'a b'],
  ['nfc', 'e\u0301\uff41', '\u00c3\u00a9\u00ef\u00bd\u0081'],
  ['nfkc', 'e\u0301\uff41', '\u00c3\u00a9a'],
  ['nfd', '\u00e9\uff41', 'e\u00cc\u0081\u00ef\u00bd\u0081'],
  ['nfkd', '\u00e9\uff41', 'e\u00cc\u0081a'],
  ['latin-1', 'a\u0000\u00e9\u00ff', 'a\u0000\u00e9\u00ff'],
  ['utf-16le', 'a\u0142', 'a\0\u0042\u0001'],
  ['lower-case', 'aB', 'ab'],
  ['upper-case', 'aB', 'AB'],
  ['md5-hex', 'password', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['sha1-hex', 'password', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8'],
  ['sha256-hex', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha512-hex',
    'abc',
    `${'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a'}${'2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f'}`,
  ],
  ['sha256-base64', 'abc', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='],
  ['sha512-base64', 'abc', '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='],
  ['sha384-base64', 'abc', 'ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn'],
  ['html-entities', `a<b>&"c'&`, 'a&lt;b&gt;&amp;&quot;c&#039;&amp;'],
  ['backslashes', `a'b"c\\d'`, `a\\'b\\"c\\\\d\\'`],
])('%s of %j', (kind, password, expected) => {
  expect(apply(passwordTransforms, kind, password)).toBe(expected);
});

test.each(['\u0100', 'a\u20ac', '\u20aca'])('%j is not of Latin-1', (password) => {
  expect(apply(passwordTransforms, 'latin-1', password)).toBeUndefined();
});

test('peppers follow or precede the password, or key an HMAC of it; a report has their number', () => {
  const all = createPepperTransforms(['no', 'key']);
  expect(all.map(({ reading }) => reading.pepper)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  const second = all.slice(4);
  const password = 'The quick brown fox jumps over the lazy dog';
  expect(apply(second, 'pepper-after', 'a\u00e9')).toBe('a\u00c3\u00a9key');
  expect(apply(second, 'pepper-before', 'a\u00e9')).toBe('keya\u00c3\u00a9');
  // The example of Wikipedia's article on HMAC.
  const sha256 = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
  expect(apply(second, 'pepper-hmac-sha256-hex', password)).toBe(sha256);
  const sha512 =
    'b42af09057bac1e2d41708e48a902e09b5ff7f12ab428a4fe86653c73dd248fb82f948a549f7b791a5b41915ee4d1ec3935357e4e2317250d0372afa2ebeeb3a';
  expect(apply(second, 'pepper-hmac-sha512-base64', password)).toBe(Buffer.from(sha512, 'hex').toString('base64'));
  expect(createPepperTransforms([])).toEqual([]);
});
