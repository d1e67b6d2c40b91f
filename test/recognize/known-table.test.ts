/** The tables of known formats, text by text: a pattern takes its format, with its anchors, and no other. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MAX_DIGEST_CHARS } from '../../src/recognize/bounds.js';
import { adviseKeeping, findElsewhere, findKnownFormat, hintFromLength } from '../../src/recognize/known.js';
import { listAnswers } from '../support/answers.js';

const { formats } = JSON.parse(readFileSync(new URL('../fixtures/known-formats.json', import.meta.url), 'utf8')) as {
  readonly formats: readonly { readonly digest: string }[];
};
const HEX = '0123456789abcdef';
const BASE64 = 'ABCDabcd0123+/wx';
/** Of the rows that the fixture has no digest of, and of their alternatives. */
const OTHERS = [
  '{PBKDF2}10000$saltsalt$abc',
  '{PBKDF2-SHA512}10000$saltsalt$abc',
  `{NTHASH}${HEX}${HEX}`,
  '{MYSQL}0123456789abcdef',
  'Bcrypt:$2a$08$abc',
  'wcf2:$2a$08$abc',
  'argon2$argon2d$v=19$m=8,t=1,p=1$abc$abc',
  'argon2$argon2$v=19$m=8,t=1,p=1$abc$abc',
  'scrypt$salt$14$8$1$abc',
  'pbkdf2:sha224:1000$salt$abc',
  '$pbkdf2$f=SHA384,w=600000,l=48$salt$hash',
  '$pbkdf2-sha384$i=1000$salt$hash',
  `${BASE64}ABCDab==${BASE64.repeat(2)}abcdefghijk=`,
  'U$S$Cabc',
  ':bcrypt:5$abc',
  '$B$1234abcd$abc',
  `$A$${HEX}${HEX}`,
  `$A$${HEX}`,
  '$A$005$abc',
  '$md5$rounds=1$abc',
  'pbkdf2_sha256$1$salt$ABC',
  `${HEX}${HEX}:salt:1`,
  `${HEX}${HEX}:salt:3_32_2_67108864`,
  `${HEX}${HEX}:salt:3_32_2_67108864:1`,
  `${HEX}${HEX}::2`,
  'sha1:1000:salt:abc',
  'SCRYPT:1024:8:1:salt:abc',
  `SEED:${HEX.repeat(4)}`,
  '{PBKDF2WithHmacSHA512}0a-1000-0b',
  '{x-isSHA512,15000}abc',
  '{scrypt@SpringSecurity_v5_8}$e0801$abc',
  '{pbkdf2@x}abc',
  '{sha256}abc',
  `abc$${HEX}$12$${HEX}${HEX}`,
  `abc$$${HEX}${HEX}`,
  'ab$0a$1$1$0123abcd$'.concat('0'.repeat(40)),
  '400$8$10$0123abcd$'.concat('0'.repeat(40)),
  '$mysql$A$005$abc',
  `0XC007${'ab'.repeat(40)}`,
  '{KRB5}user@EXAMPLE.COM',
  '{clear}secret12',
  `${BASE64}ABCDab==`,
  `${BASE64.repeat(5)}ABCDab==`,
  `${'0f'.repeat(30)}`,
  `${'0f'.repeat(80)}`,
  '#jbcrypt:',
  '{FSHP1|12|4096}abc',
  `${HEX}${HEX}:salt:3_32_12_67108864`,
  `${HEX.repeat(4)}:salt\n`,
  `${HEX}${HEX}:salt\n`,
  'a:12:{s:4:"hash";s:1:"x";}',
  'scrypt$salt$14$12$10$64$abc',
  'SCRYPT:1024:8:12:salt:abc',
  'ab$10$10$0123abcd$'.concat('0'.repeat(40)),
  'ab$10$1$0123abcd$'.concat('0'.repeat(40)),
  `1seed:${HEX.repeat(4)}`,
  '-pbkdf2:sha256-abc',
  '-pbkdf2:?-abc',
  '0x01000123',
  '1|abc',
  '4|abc',
];

test('each text has its format, its place elsewhere or its hint, and no other text has one', async () => {
  const texts = [...formats.map(({ digest }) => digest), ...OTHERS];
  const lines = listAnswers(texts, {
    format: findKnownFormat,
    elsewhere: findElsewhere,
    length: hintFromLength,
  });
  await expect(lines).toMatchFileSnapshot('golden/known-table.txt');
});

describe('the length of a text', () => {
  test('is bounded for formats', () => {
    const longest = '$6$'.padEnd(MAX_DIGEST_CHARS, '0');
    expect(findKnownFormat(longest)).toBeDefined();
    expect(findKnownFormat(`${longest}0`)).toBeUndefined();
  });
});

test('the advice names the verifier, or the software that wrote the digest', () => {
  expect(adviseKeeping('Drupal')).not.toBe(adviseKeeping());
  expect(adviseKeeping('Drupal').replace('Drupal', 'the software that wrote it')).toBe(adviseKeeping());
});
