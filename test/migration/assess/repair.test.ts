/** Repairs of one digest: only what is certain is done. */
import { expect, test } from 'vitest';
import { clerkHashers } from '../../../src/hashers/index.js';
import { repair } from '../../../src/migration/assess/repair.js';
import { createRegistry } from '../../../src/registry.js';
import { BCRYPT, MD5_OF_PASSWORD } from '../../support/exports.js';

const registry = createRegistry(clerkHashers);

const PHPASS = clerkHashers.find(({ name }) => name === 'phpass')?.example.digest as string;

test('leaves a sound digest alone', () => expect(repair(registry, 'bcrypt', BCRYPT)).toBeUndefined());

test('leaves alone what nothing certain can be made of', () => {
  expect(repair(registry, undefined, 'correct horse battery staple')).toBeUndefined();
  expect(repair(registry, 'bcrypt', BCRYPT.slice(0, -3))).toBeUndefined();
});

test('undoes damage without calling it a conversion', () => {
  const repaired = repair(registry, 'bcrypt', `${BCRYPT}\r`);
  expect(repaired).toEqual({
    credential: { passwordHasher: 'bcrypt', passwordDigest: BCRYPT },
    converted: undefined,
    findings: [],
  });
});

test('names the right hasher', () => {
  expect(repair(registry, 'md5', BCRYPT)?.credential).toEqual({ passwordHasher: 'bcrypt', passwordDigest: BCRYPT });
});

const SCRYPT = `${'0123456789abcdef'.repeat(2)}:${'00'.repeat(64)}`;
const LUCIA = `s2:${SCRYPT}`;

test.each([
  [undefined, `{bcrypt}${BCRYPT}`, 'bcrypt', BCRYPT, 'Spring Security {bcrypt}'],
  ['bcrypt', `{bcrypt}${BCRYPT}`, 'bcrypt', BCRYPT, 'Spring Security {bcrypt}'],
  ['spring', `{bcrypt}${BCRYPT}`, 'bcrypt', BCRYPT, 'Spring Security {bcrypt}'],
  [undefined, `"{bcrypt}${BCRYPT}"`, 'bcrypt', BCRYPT, 'Spring Security {bcrypt}'],
  ['django', `"bcrypt$${BCRYPT}"\n`, 'bcrypt', BCRYPT, 'Django bcrypt'],
  [undefined, `{MD5}${MD5_OF_PASSWORD.toUpperCase()}`, 'md5', MD5_OF_PASSWORD, 'Spring Security {MD5}'],
])('under %s converts %s, and says whose digest it was', (hasher, text, passwordHasher, passwordDigest, converted) => {
  expect(repair(registry, hasher, text)).toEqual({
    credential: { passwordHasher, passwordDigest },
    ...{ converted, findings: [] },
  });
});

test.each([
  ['better-auth', SCRYPT, 16],
  ['better-auth', `"${SCRYPT}"`, 16],
  [undefined, LUCIA, 16],
  [undefined, `"${LUCIA}"`, 16],
])('has what the system does to passwords: %s %s', (hasher, text, r) => {
  expect(repair(registry, hasher, text)).toMatchObject({
    ...{ converted: expect.stringMatching(/Lucia/), findings: [{ code: 'WARN_PASSWORD_FORM' }] },
    credential: {
      ...{ passwordHasher: 'scrypt_werkzeug', passwordDigest: `scrypt:16384:${r}:1$${SCRYPT.replace(':', '$')}` },
    },
  });
});

test('reads a form of several systems as the named one means it', () => {
  expect(repair(registry, 'node-scrypt', SCRYPT)).toEqual({
    credential: { passwordHasher: 'scrypt_werkzeug', passwordDigest: `scrypt:16384:8:1$${SCRYPT.replace(':', '$')}` },
    ...{ converted: "Node's crypto.scrypt with its defaults", findings: [] },
  });
  expect(repair(registry, undefined, SCRYPT)).toBeUndefined();
});

test.each([
  ['md5', MD5_OF_PASSWORD.toUpperCase(), 'md5', MD5_OF_PASSWORD],
  ['MD5', `${MD5_OF_PASSWORD}\n`, 'md5', MD5_OF_PASSWORD],
  ['BCrypt', `"${BCRYPT}"`, 'bcrypt', BCRYPT],
  // Alone, its form would be another hasher's.
  ['md5_phpass', `"${PHPASS}"`, 'md5_phpass', PHPASS],
  [undefined, `"${BCRYPT}"`, 'bcrypt', BCRYPT],
])('%s %j is a digest of a hasher, and no conversion', (hasher, text, passwordHasher, passwordDigest) => {
  expect(repair(registry, hasher, text)).toEqual({
    credential: { passwordHasher, passwordDigest },
    ...{ converted: undefined, findings: [] },
  });
});
