/**
 * Devise (Rails): the users table as CSV or JSON. https://github.com/heartcombo/devise, lib/devise/encryptor.rb
 *
 * How to get it: `\copy users to 'users.csv' csv header`; `User.all.to_json` leaves encrypted_password out.
 *
 * What is missing: the pepper. encrypted_password is bcrypt; where config/initializers/devise.rb sets config.pepper, it
 * is bcrypt of the password and the pepper, and the digest does not show it: the pepper has to be given (`--pepper-file`,
 * or DIGESTRY_PEPPER), and becomes a part of every digest.
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasField, listFields } from './sample-fields.js';
import { convertedFrom, isBcrypt, stored, storedDigest } from './stored.js';

const OWN = ['reset_password_token', 'reset_password_sent_at', 'remember_created_at', 'sign_in_count', 'unlock_token'];

export const devise: ExportSource = createFieldSource({
  name: 'devise',
  title: 'users table as CSV and JSON',
  fields: { id: ['id', 'uuid', 'username', 'email'], hasher: [], digest: [['encrypted_password']] },
  advice: 'export the table by SQL: to_json leaves encrypted_password out',
  digestAlone: true,
  recognize(sample) {
    const [column] = listFields(sample, OWN);
    return column !== undefined && hasField(sample, 'encrypted_password')
      ? { certainty: 'certain', reason: `it has encrypted_password and ${column}` }
      : undefined;
  },
  read: (text, _, { pepper }) =>
    pepper === undefined || !isBcrypt(text)
      ? storedDigest(text)
      : stored(
          'bcrypt_peppered',
          `${text}$${pepper}`,
          convertedFrom("Devise's encrypted_password and the pepper", undefined, 'devise'),
        ),
});
