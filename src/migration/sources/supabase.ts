/**
 * Supabase Auth: the table auth.users as CSV or JSON.
 * https://supabase.com/docs/guides/platform/migrating-to-supabase/auth0 and internal/models/user.go of supabase/auth
 *
 * How to get it: `\copy (select * from auth.users) to 'users.csv' csv header` with the database's connection string.
 *
 * What is missing: encrypted_password in the dashboard's download and in the Admin API (listUsers).
 *
 * encrypted_password is bcrypt; Argon2 or `$fbscrypt$` where users were imported so. Users of social logins, magic
 * links and phones have none. `banned_until` is not looked at: it may have passed.
 */

import { readFilled } from './choose-fields.js';
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, listFields } from './sample-fields.js';
import { disabledAccount } from './stored.js';

const OWN = ['instance_id', 'raw_app_meta_data', 'raw_user_meta_data', 'is_sso_user', 'email_change_confirm_status'];

export const supabase: ExportSource = createFieldSource({
  name: 'supabase',
  title: 'auth.users as CSV and JSON',
  fields: { id: ['id', 'email', 'phone'], hasher: [], digest: [['encrypted_password']] },
  advice: 'export the table auth.users by SQL: the dashboard and the Admin API leave encrypted_password out',
  digestAlone: true,
  recognize(sample) {
    const [first, second] = listFields(sample, OWN);
    if (first !== undefined && hasField(sample, 'encrypted_password')) {
      return { certainty: 'certain', reason: `it has encrypted_password and ${first}` };
    }
    return second === undefined ? undefined : { certainty: 'certain', reason: `it has ${first} and ${second}` };
  },
  readDisabled: (field) =>
    readFilled(field, ['deleted_at']) === undefined
      ? undefined
      : disabledAccount('the account is deleted at Supabase (deleted_at)'),
});
