/**
 * WordPress: the table wp_users as CSV or JSON. https://developer.wordpress.org/reference/classes/wpdb/
 *
 * How to get it: `wp db query "select * from wp_users"`, phpMyAdmin's export as CSV with column names, or an export
 * plugin that includes user_pass (wp-cli's `user list` leaves it out unless asked: `--fields=ID,user_login,user_pass`).
 *
 * What is missing: nothing that a digest needs.
 *
 *     $P$…            phpass, until WordPress 6.7
 *     32 hex digits   MD5, before WordPress 2.5, and what people set by SQL
 *     $2y$…           bcrypt of the password itself, from plugins (roots/wp-password-bcrypt)
 *     $wp$2y$…        bcrypt of a HMAC-SHA384, WordPress 6.8 on: no hasher reads it yet; WordPress verifies it
 *
 * WordPress trims the white space around a password before hashing.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, listFields } from './sample-fields.js';
import { isMd5, stored, storedDigest } from './stored.js';

export const wordpress: ExportSource = createFieldSource({
  name: 'wordpress',
  title: 'wp_users as CSV and JSON',
  fields: { id: ['ID', 'id', 'user_login', 'user_email'], hasher: [], digest: [['user_pass']] },
  advice: 'export user_pass too: wp user list --fields=ID,user_login,user_email,user_pass --format=csv',
  digestAlone: true,
  recognize(sample) {
    const [column] = listFields(sample, ['user_login', 'user_nicename', 'user_email', 'ID']);
    if (column !== undefined && hasField(sample, 'user_pass')) {
      return { certainty: 'certain', reason: `it has user_pass and ${column}` };
    }
    return hasField(sample, 'user_login', 'user_email')
      ? { certainty: 'certain', reason: 'it has user_login and user_email' }
      : undefined;
  },
  read(text) {
    if (text.startsWith('$P$') || text.startsWith('$H$')) return stored('phpass', text);
    return isMd5(text) ? stored('md5', text) : storedDigest(text);
  },
});
