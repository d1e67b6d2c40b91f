/** Values as long as a record may be: what looks at them must not take the square of their length. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { check, parseFirebaseConfig } from '../../../src/migration/index.js';
import { BCRYPT } from '../../support/exports.js';

/** At its square each of these takes minutes. */
const LENGTH = 1_000_000;

test.each(['=', '0', '+/', '$', ':'])('a salt of %j', async (piece) => {
  const salt = `${piece.repeat(LENGTH / piece.length)}x`;
  const text = `id,passwordHasher,passwordDigest,password_salt\n1,bcrypt,${BCRYPT},${salt}\n`;
  const { findings } = await check(['-'], { stdin: Readable.from([Buffer.from(text)]), source: 'generic' });
  expect(findings.map(({ code }) => code)).toContain('ERR_SALT_SEPARATE');
});

test.each(['x', '_', 'x ', 'x:', '"', ':'])("Firebase's parameters of %j", (piece) => {
  expect(() => parseFirebaseConfig(piece.repeat(LENGTH / piece.length))).toThrow(
    expect.objectContaining({ code: 'invalid-firebase-config' }),
  );
});
