/** Marks in the place of a digest, and what only looks like one. */
import { expect, test } from 'vitest';
import { isDisabledMarker, isNullText } from '../../src/recognize/disabled.js';

const NULLS = [
  ...[
    'NULL',
    'Null',
    'null',
    '\\N',
    '[NULL]',
    '(null)',
    '<null>',
    '<nil>',
    'None',
    'nil',
    'undefined',
    'Nothing',
    'NaN',
  ],
  ...['N/A', 'n/a', 'Optional.empty', '{ false}', '{"String":"","Valid":false}'],
];

test.each(NULLS)('%j stands for a missing digest', (text) => expect(isNullText(text)).toBe(true));

test.each(['', 'x', 'NP', '!', '*', 'UkVEQUNURUQ=', 'NULL ', 'null'.repeat(10), '{"String":"","Valid":true}'])(
  '%j does not stand for a missing digest',
  (text) => expect(isNullText(text)).toBe(false),
);

test.each([
  ...NULLS,
  ...['', 'x', 'NP', 'LK', 'UP'],
  ...['UkVEQUNURUQ=', 'UkVEQUNURUQ9PT0='],
  ...['!', '!!', '!x', '!binary', '!binaryx', '!!!binary x', '!str', '!strange word', '!x!binary y'],
  ...['*', '*0', '*1', '*LK*', `*${'a'.repeat(39)}`, `*${'a'.repeat(41)}`, `*${'g'.repeat(40)}`, `**${'a'.repeat(40)}`],
  ...['{CRYPT}!', '{crypt}*', '{CRYPT}x', '{crypt}!anything', '{SHA}!', '{SSHA}x', '{sha256}*', '{SSHA512}!', '{MD5}x'],
  ...['{SMD5}!', '{bcrypt}!', '{BLF-CRYPT}*', '{argon2}x', '{ARGON2ID}!', '{pbkdf2}*', '{PBKDF2-SHA256}!', '{scrypt}!'],
  ...['{noop}!', '{LDAP}x', '{sasl}!', '{sha42}!', '{argon2id_v19}!', '{pbkdf2_sha-1}x'],
])('%j is a mark', (text) => expect(isDisabledMarker(text)).toBe(true));

test.each([
  ...['xx', ' ', 'Null ', 'no', '5f4dcc3b5aa765d61d8327deb882cf99', 'a!', 'a*', '$2b$10$', 'x{CRYPT}!'],
  ...['!binary AAAA', '!!binary AAAA', '!str AAAA', '!!str\tAAAA'],
  ...[`*${'a'.repeat(40)}`, `*${'0123456789ABCDEFabcd'.repeat(2)}`],
  ...[
    '{',
    '{}',
    '{CRYPT}',
    '{CRYPT}xx',
    '{CRYPT}$6$salt$hash',
    '{CRYPT}a!',
    '{OTHER}!',
    '{CRYPT !',
    '{x{CRYPT}!',
    '{MD4}!',
    '{sha1x}!',
  ],
])('%j is not a mark', (text) => expect(isDisabledMarker(text)).toBe(false));
