/** `credentials.password.hash` of Okta's user API. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ */
import { b64, bcrypt64, decimal, jsonLayout, type Layout, oneOf, optional, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SHA: readonly Layout[] = (
  [
    ['SHA-256', 'sha256', 32],
    ['SHA-512', 'sha512', 64],
    ['SHA-1', 'sha1', 20],
    ['MD5', 'md5', 16],
  ] as const
).map(([shown, algorithm, size]) =>
  jsonLayout({
    algorithm: word('algorithm', { [shown]: algorithm }),
    salt: optional`${b64('salt')}`,
    saltOrder: optional`${word('saltOrder', ['PREFIX', 'POSTFIX'])}`,
    value: b64('hash', size),
  }),
);

const SALTED = 'H($algorithm, place_salt($s, $p, $saltOrder))';

export const oktaHash: Format = defineFormat({
  name: 'okta_hash',
  family: 'identity-providers',
  users: 3,
  layout: oneOf(
    jsonLayout({
      algorithm: word('algorithm', { BCRYPT: 'bcrypt' }),
      workFactor: decimal('cost', { min: 1, max: 31 }),
      salt: bcrypt64('salt', 16),
      value: bcrypt64('hash', 23),
    }),
    ...SHA,
    jsonLayout({
      algorithm: word('algorithm', { PBKDF2: 'pbkdf2' }),
      digestAlgorithm: word('digest', { SHA256_HMAC: 'sha256', SHA512_HMAC: 'sha512', SHA1_HMAC: 'sha1' }),
      iterationCount: decimal('iterations', { min: 1 }),
      keySize: optional`${decimal('length', { min: 1 })}`,
      salt: b64('salt'),
      value: b64('hash'),
    }),
  ),
  recipe: {
    by: 'algorithm',
    of: {
      bcrypt: 'bcrypt($p)',
      sha256: SALTED,
      sha512: SALTED,
      sha1: SALTED,
      md5: SALTED,
      pbkdf2: 'pbkdf2($digest, $p, $s, $iterations)',
    },
  },
  writers: 'imports into Okta by its API',
  traps: ["the salt of a SHA is Base64, the one of bcrypt has bcrypt's letters", 'saltOrder'],
  sources: ['https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '{"algorithm":"SHA-1","salt":"zla3lio9MFbxoQKAO8EGnQ==","saltOrder":"PREFIX","value":"ScMKFCwMIDrNgnnJOrp3QvQRPek="}',
  },
});
