/**
 * `$2a$` digests of the npm module bcrypt for long passwords, made with bcrypt 6.0.0: its length of the key is one byte
 * for `$2a$` (src/bcrypt.cc, `key_len = (u_int8_t)(key_len + 1)`), so from 255 bytes on it wraps.
 */
import { expect, test } from 'vitest';
import { verify } from '../../src/index.js';

/** An "a" and letters "b", so many bytes in all. */
const passwordOf = (bytes: number) => `a${'b'.repeat(bytes - 1)}`;
const SALT = '04$abcdefghijklmnopqrstuu';
const WHOLE = `${SALT}3E1Dr3Qbr3cNA2a/u6D/QoAtNmgoQU6`;
const ONE_BYTE = `${SALT}BzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe`;
const SEVENTY_ONE = `${SALT}WWdW00H2abM0I1OZg1F.Rffw7Y3kWBu`;

test.each([
  [254, WHOLE],
  [327, WHOLE],
  [400, WHOLE],
])('a password of %i bytes verifies', async (bytes, digest) => {
  for (const variant of ['2a', '2b']) {
    const credential = { passwordHasher: 'bcrypt', passwordDigest: `$${variant}$${digest}` };
    expect((await verify(passwordOf(bytes), credential)).outcome).toBe('match');
  }
});

test.each([
  [255, ONE_BYTE],
  [256, ONE_BYTE],
  [326, SEVENTY_ONE],
])(
  'a digest that lost most of a password of %i bytes is a mismatch, as its first bytes alone would do',
  async (bytes, digest) => {
    const credential = { passwordHasher: 'bcrypt', passwordDigest: `$2a$${digest}` };
    expect((await verify(passwordOf(bytes), credential)).outcome).toBe('mismatch');
  },
);
