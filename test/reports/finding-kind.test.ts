/** The kind of a finding is made of its data, and is the same for the same data. */
import { expect, test } from 'vitest';
import { findingKind, textCause } from '../../src/reports/finding-kind.js';

test.each([
  [{ code: 'ERR_ROW', hasher: null, field: null }, '', 'ERR_ROW'],
  [{ code: 'NOTE_INSECURE', hasher: 'md5', field: null }, '', 'NOTE_INSECURE/md5'],
  [{ code: 'WARN_ID_MISSING', hasher: null, field: 'id' }, '', 'WARN_ID_MISSING//id'],
  [{ code: 'ERR_CANARY', hasher: 'bcrypt', field: null }, 'all', 'ERR_CANARY/bcrypt//all'],
  [{ code: 'ERR_MALFORMED', hasher: 'bcrypt', field: 'hash' }, 'x', 'ERR_MALFORMED/bcrypt/hash/x'],
] as const)('of %j with the cause %j is %s', (data, cause, kind) => expect(findingKind(data, cause)).toBe(kind));

test('a sentence that is a cause is eight characters, the same each time', () => {
  expect(textCause('set passwordHasher to argon2id')).toMatch(/^[0-9a-f]{8}$/);
  expect(textCause('set passwordHasher to argon2id')).toBe(textCause('set passwordHasher to argon2id'));
  expect(textCause('set passwordHasher to argon2id')).not.toBe(textCause('set passwordHasher to argon2i'));
  expect([textCause(null), textCause(''), textCause(undefined)]).toEqual(['', '', '']);
});
