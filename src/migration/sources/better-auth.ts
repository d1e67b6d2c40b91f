/**
 * Better Auth: the table account, as CSV or JSON. https://www.better-auth.com/docs/concepts/database#core-schema
 *
 * How to get it: `\copy account to 'account.csv' csv header`. The id is userId, of the user table.
 *
 * What is missing: passwords of rows whose providerId is not "credential": they are social logins and count as missing,
 * so one user may have several rows.
 *
 * The password is `hexsalt:hexkey` of scrypt over the password in NFKC, unless the app has a hash function of its own. One
 * on the defaults of Node's scrypt writes the same text: name it with `--hasher node-scrypt`, or try known passwords.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField } from './sample-fields.js';
import { NO_PASSWORD, storedDigest } from './stored.js';

const CREDENTIAL = 'credential';

export const betterAuth: ExportSource = createFieldSource({
  name: 'better-auth',
  title: 'table account as CSV and JSON',
  fields: { id: ['userId', 'user_id', 'accountId', 'account_id', 'id'], hasher: [], digest: [['password']] },
  advice: 'export the table account: the table user has no passwords',
  recognize(sample) {
    const provider = ['providerId', 'provider_id'].find((name) => hasField(sample, name));
    const account = ['accountId', 'account_id'].find((name) => hasField(sample, name));
    return provider === undefined || account === undefined
      ? undefined
      : { certainty: 'certain', reason: `it has ${provider} and ${account}` };
  },
  read(text, field) {
    const provider = field('providerId') ?? field('provider_id') ?? CREDENTIAL;
    return provider === CREDENTIAL ? storedDigest(text, 'Better Auth') : NO_PASSWORD;
  },
});
