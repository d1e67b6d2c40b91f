/**
 * Any export whose fields can be named; the usual names are known. Its digests are reported unchanged: nothing
 * says to which hasher they belong, and an import of the file would take them as they are.
 *
 * How to get it: any CSV, NDJSON or JSON with a field for the id and one for the digest, and flags that name them.
 *
 * What is missing: the hasher, where no field has it: `--hasher NAME` gives it to every row that names none.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { listFields } from './sample-fields.js';
import { storeUnchanged } from './stored.js';

const HASHER = [['passwordHasher', 'password_hasher'], ['hasher']];
const DIGEST = [
  ['passwordDigest', 'password_digest'],
  ['digest'],
  ['password_hash', 'passwordHash', 'encrypted_password'],
  ['hash'],
  ['password'],
];

export const generic: ExportSource = createFieldSource({
  name: 'generic',
  title: 'any other, with its fields named by flags',
  fields: {
    id: [
      ...['id', 'user_id', 'userId', 'userid', 'external_id', 'externalId', 'uid', 'uuid', '_id.$oid', '_id'],
      ...['username', 'email'],
    ],
    hasher: HASHER,
    digest: DIGEST,
  },
  digestAlone: true,
  recognize(sample) {
    const [hasher] = listFields(sample, HASHER.flat());
    const [digest] = listFields(sample, DIGEST.flat());
    if (digest === undefined) return undefined;
    return hasher === undefined
      ? { certainty: 'possible', reason: `the field ${digest} holds digests anywhere` }
      : {
          certainty: 'certain',
          reason: `it has a field for the digest (${digest}) and one for the hasher (${hasher})`,
        };
  },
  read: (text, _, { hasher }) => storeUnchanged(text, hasher),
});
