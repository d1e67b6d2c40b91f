/**
 * Auth.js (NextAuth): the users table of its adapters, as CSV or JSON. https://authjs.dev/getting-started/adapters/prisma
 *
 * How to get it: `\copy users to 'users.csv' csv header`, or a dump of the adapter's collection as JSON.
 *
 * What is missing: Auth.js has no passwords of its own. An app with a Credentials provider adds a column, under any
 * name; the usual ones are known here. Better Auth, which builds on its schema, has them in the table account.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField } from './sample-fields.js';

/** The schema's, in the spellings of its adapters. */
const SCHEMA = new Set([
  ...['id', 'name', 'email', 'emailVerified', 'email_verified', 'image'],
  ...['createdAt', 'created_at', 'updatedAt', 'updated_at'],
]);

export const authjs: ExportSource = createFieldSource({
  name: 'authjs',
  title: 'users table as CSV and JSON',
  fields: {
    id: ['id', '_id.$oid', 'email'],
    hasher: [],
    digest: [['password', 'hashedPassword', 'hashed_password', 'passwordHash', 'password_hash']],
  },
  advice:
    "Auth.js's own tables hold no passwords: export the column that the app added, or Better Auth's table account",
  digestAlone: true,
  recognize(sample) {
    const verified = ['emailVerified', 'email_verified'].find((name) => hasField(sample, name));
    if (verified === undefined || !hasField(sample, 'id', 'name', 'email')) return undefined;
    if (![...sample.fields].every((name) => SCHEMA.has(name))) return undefined;
    return { certainty: 'possible', reason: `its fields are those of the users table: name, email, ${verified}` };
  },
});
