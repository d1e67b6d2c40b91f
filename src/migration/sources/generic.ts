/** Any export whose fields can be named; the usual names are known. */
import type { Source } from './contract.js';
import { namedFields } from './named-fields.js';

export const generic: Source = namedFields('generic', {
  id: ['id', 'user_id', 'userId', 'external_id', 'externalId', 'uid', 'uuid', 'username', 'email'],
  hasher: [['passwordHasher', 'password_hasher'], ['hasher']],
  digest: [
    ['passwordDigest', 'password_digest'],
    ['digest'],
    ['password_hash', 'passwordHash', 'encrypted_password'],
    ['hash'],
    ['password'],
  ],
});
