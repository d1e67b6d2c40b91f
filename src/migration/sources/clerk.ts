/**
 * Clerk's own export, and files made for its import: the dashboard's CSV, which may have a comment line before its
 * header, and JSON. https://clerk.com/docs/guides/development/migrating/overview
 *
 * How to get it: dashboard, Settings, "Export all users".
 *
 * What is missing: nothing; users without a password have empty columns. The Backend API's user object has no digest
 * (`password_enabled` alone), so a list from there cannot be checked.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField } from './sample-fields.js';
import { storeUnchanged } from './stored.js';

export const clerk: ExportSource = createFieldSource({
  name: 'clerk',
  title: "dashboard's CSV, JSON",
  fields: { id: ['id', 'user_id', 'external_id'], hasher: [['password_hasher']], digest: [['password_digest']] },
  advice: "take the dashboard's export (Settings, Export all users): the Backend API gives no digests",
  digestAlone: true,
  recognize(sample) {
    if (hasField(sample, 'password_digest', 'password_hasher')) {
      return { certainty: 'certain', reason: 'it has password_digest and password_hasher' };
    }
    return hasField(sample, 'password_enabled', 'primary_email_address_id')
      ? { certainty: 'certain', reason: "it has password_enabled and primary_email_address_id, as Clerk's API does" }
      : undefined;
  },
  // Clerk converts nothing.
  read: (text, _, { hasher }) => storeUnchanged(text, hasher),
});
