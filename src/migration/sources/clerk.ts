/**
 * Clerk's own export: the dashboard's CSV, which may have a comment line before its header, and the API's JSON.
 * How to get it: dashboard, Settings, "Export all users". Users without a password have empty columns.
 */
import type { Source } from './contract.js';
import { namedFields } from './named-fields.js';

export const clerk: Source = namedFields(
  'clerk',
  { id: ['id', 'user_id', 'external_id'], hasher: [['password_hasher']], digest: [['password_digest']] },
  '#',
);
