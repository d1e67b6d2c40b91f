/** Repairs of one digest: only what is certain is done. */
import { expect, test } from 'vitest';
import { createRegistry, hashers } from '../../../src/index.js';
import { repair } from '../../../src/migration/assess/repair.js';
import { BCRYPT } from '../../support/exports.js';

const registry = createRegistry(hashers);

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
