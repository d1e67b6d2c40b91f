/** A credential of Keycloak is stored as its two parts make it, which is what their text would make. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storedCredential, storedDigest } from '../../../src/migration/sources/stored.js';
import { runs } from '../../support/properties.js';

const base64 = fc.uint8Array({ minLength: 0, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const odd = fc.constantFrom<unknown>(
  '',
  'AAA',
  'A-_=',
  7,
  null,
  true,
  [],
  {},
  '__SALT__',
  'x'.repeat(700),
  '"\\\u0001ü😀\ud800',
);
const secret = fc.record({ value: fc.oneof(base64, odd), salt: fc.oneof(base64, odd) }, { requiredKeys: [] });
const data = fc.record(
  {
    hashIterations: fc.constantFrom<unknown>(27500, 5, 1, 0, -1, 1.5, '5', null),
    algorithm: fc.constantFrom<unknown>(
      ...['pbkdf2', 'pbkdf2-sha1', 'pbkdf2-sha256', 'pbkdf2-sha512', 'argon2', 'bcrypt', 'md5', 7],
    ),
    additionalParameters: fc.oneof(
      fc.constantFrom<unknown>(undefined, {}, [], 'x'),
      fc.record({
        type: fc.constantFrom<unknown>(['id'], ['i'], ['d'], 'id', 7),
        version: fc.constantFrom<unknown>(['1.3'], ['1.0'], ['2.0']),
        memory: fc.constantFrom<unknown>(['7168'], ['x'], 7168),
        parallelism: fc.constantFrom<unknown>(['1'], '1', ['0']),
      }),
    ),
  },
  { requiredKeys: [] },
);
const bcrypt = fc.constantFrom(
  '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
  '$2y$10$N9qo8uLOickgx2ZMRZoMye',
);
/** As an object, as its text, as its text with white space, and as neither. */
const part = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    value,
    value.map((one) => JSON.stringify(one)),
    value.map((one) => JSON.stringify(one, null, 2)),
    fc.constantFrom<unknown>(undefined, null, '', '{', 'x'.repeat(5000), 7),
  );

test('the two parts are stored as their text is', () => {
  const secrets = fc.oneof(
    { weight: 4, arbitrary: secret },
    bcrypt.map((value) => ({ value })),
  );
  fc.assert(
    fc.property(part(secrets), part(data), (secretData, credentialData) => {
      const text = JSON.stringify({ secretData, credentialData });
      // Without the first part the text is not a credential, so sources do not ask.
      fc.pre(secretData !== undefined);
      expect(storedCredential(secretData, credentialData)).toEqual(storedDigest(text));
    }),
    runs(1000),
  );
});
