/** pbkdf2_sha1 with a key length of its own: from 10 bytes on, where the digest names it. */
import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { clerkHashers, convert, parse, validate, verify } from '../../src/index.js';
import { rejection } from '../support/rejection.js';

const password = 'correct horse battery staple';
const salt = '101112131415161718191a1b1c1d1e1f';
const hashOf = (keylen: number) => pbkdf2Sync(password, Buffer.from(salt, 'hex'), 1000, keylen, 'sha1').toString('hex');
const digestOf = (keylen: number) => `pbkdf2_sha1$1000$${salt}$${hashOf(keylen)}$${keylen}`;
const credentialOf = (passwordDigest: string) => ({ passwordHasher: 'pbkdf2_sha1', passwordDigest });

test.each([10, 11, 15, 16, 24, 64])('%i bytes verify, under 16 with a warning', async (keylen) => {
  const credential = credentialOf(digestOf(keylen));
  expect((await verify(password, credential)).outcome).toBe('match');
  expect((await verify('wrong', credential)).outcome).toBe('mismatch');
  const warnings = parse(credential).warnings.filter(({ code }) => code === 'WARN_LENGTH');
  if (keylen < 16) expect(warnings).toMatchObject([{ field: 'hash' }]);
  expect(validate(credential).ok).toBe(true);
});

test.each([1, 9, 1025])('%i bytes are refused', (keylen) =>
  expect(rejection(() => parse(credentialOf(digestOf(keylen))))).toMatchObject({
    code: 'ERR_MALFORMED',
    field: 'keylen',
  }),
);

test('without its key length a short hash is refused, as a cut-off one would be', () => {
  const digest = digestOf(12).replace(/\$12$/, '');
  expect(rejection(() => parse(credentialOf(digest)))).toMatchObject({ code: 'ERR_MALFORMED', field: 'hash' });
});

test('another system whose key has 12 bytes converts', async () => {
  const b64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, '');
  const credential = convert(`$pbkdf2-sha1$i=1000$${b64(salt)}$${b64(hashOf(12))}`);
  expect(credential).toEqual(credentialOf(digestOf(12)));
  expect(clerkHashers.length).toBe(22);
});
