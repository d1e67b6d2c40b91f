/** The kind of a finding is made of its data, and is the same for the same data. */
import { expect, test } from 'vitest';
import { DigestError, type DigestErrorDetail } from '../../src/errors.js';
import { findErrorCause, findingKind } from '../../src/reports/finding-kind.js';

test.each([
  [{ code: 'ERR_ROW', hasher: null, field: null }, '', 'ERR_ROW'],
  [{ code: 'NOTE_INSECURE', hasher: 'md5', field: null }, '', 'NOTE_INSECURE/md5'],
  [{ code: 'WARN_ID_MISSING', hasher: null, field: 'id' }, '', 'WARN_ID_MISSING//id'],
  [{ code: 'ERR_CANARY', hasher: 'bcrypt', field: null }, 'all', 'ERR_CANARY/bcrypt//all'],
  [{ code: 'ERR_MALFORMED', hasher: 'bcrypt', field: 'hash' }, 'x', 'ERR_MALFORMED/bcrypt/hash/x'],
] as const)('of %j with the cause %j is %s', (data, cause, kind) => expect(findingKind(data, cause)).toBe(kind));

test.each<[DigestErrorDetail, string]>([
  [{}, ''],
  [{ subcode: 'cut-off' }, 'cut-off'],
  [{ suggestion: { hasher: 'argon2id' } }, 'argon2id'],
  [{ suggestion: { hasher: 'argon2id', repair: true }, subcode: 'quotes' }, 'argon2id+quotes'],
  [{ suggestion: { hasher: 'argon2id', repair: true } }, 'argon2id+repair'],
  [{ suggestion: { convert: 'django', to: 'argon2id' }, subcode: 'argon2id' }, 'django+argon2id'],
  [{ suggestion: { repair: true }, subcode: 'bytea' }, 'bytea'],
  [{ suggestion: { repair: true } }, 'repair'],
  [{ suggestion: { swap: 'hasher-and-digest' } }, 'swap'],
])('of an error with %j the cause is %j', (detail, cause) => {
  expect(findErrorCause(new DigestError('ERR_MALFORMED', 'one message', { ...detail, fix: 'one fix' }))).toBe(cause);
  expect(findErrorCause(new DigestError('ERR_MALFORMED', 'another', { ...detail, hint: 'a hint' }))).toBe(cause);
});
