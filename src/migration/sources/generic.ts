/**
 * Any export whose fields can be named; the usual names are known. Its digests are reported as they stand: nothing tells
 * whose they should be, and an import of the file would take them so.
 */
import type { Source } from './contract.js';
import { namedFields, those } from './named-fields.js';
import { asItStands } from './stored.js';

const HASHER = [['passwordHasher', 'password_hasher'], ['hasher']];
const DIGEST = [
  ['passwordDigest', 'password_digest'],
  ['digest'],
  ['password_hash', 'passwordHash', 'encrypted_password'],
  ['hash'],
  ['password'],
];

export const generic: Source = namedFields({
  name: 'generic',
  title: 'any other, with its fields named by flags',
  fields: {
    id: ['id', 'user_id', 'userId', 'external_id', 'externalId', 'uid', 'uuid', 'username', 'email'],
    hasher: HASHER,
    digest: DIGEST,
  },
  digestAlone: true,
  recognize(sample) {
    const [hasher] = those(sample, HASHER.flat());
    const [digest] = those(sample, DIGEST.flat());
    if (digest === undefined) return undefined;
    return hasher === undefined
      ? { certainty: 'possible', reason: `the field ${digest} holds digests anywhere` }
      : {
          certainty: 'certain',
          reason: `it has a field for the digest (${digest}) and one for the hasher (${hasher})`,
        };
  },
  read: (text, _, { hasher }) => asItStands(text, hasher),
});
