/**
 * Meteor and products that are built on it, such as Rocket.Chat: the collection users.
 * https://github.com/meteor/meteor/blob/devel/packages/accounts-password/password_server.js
 *
 * How to get it: `mongoexport --collection users --out users.json`.
 *
 * What is missing: passwords of users who only sign in with other services; they count as missing.
 *
 * services.password.bcrypt is bcrypt of the SHA-256 of the password, in hexadecimal: what Django calls bcrypt_sha256,
 * and never plain bcrypt. services.password.argon2, of Meteor 3, is Argon2 of the same.
 */
import { digestError } from '../../errors.js';
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { convertedFrom, NO_PASSWORD, refusedAlike, type Stored, stored } from './stored.js';

const BCRYPT = 'services.password.bcrypt';
const ARGON2 = 'services.password.argon2';

export const meteor: ExportSource = createFieldSource({
  name: 'meteor',
  title: 'users of Meteor and Rocket.Chat, by mongoexport',
  fields: { id: ['_id', '_id.$oid', 'username'], hasher: [], digest: [[BCRYPT], [ARGON2]] },
  advice: 'export the collection users with mongoexport',
  recognize({ fields, records }) {
    const holds = (name: string) => fields.has(name) || records.some(({ field }) => field(name) !== undefined);
    const [found] = [BCRYPT, ARGON2, 'services.password'].filter(holds);
    return found === undefined ? undefined : { certainty: 'certain', reason: `it has ${found}` };
  },
  read,
});

function read(text: string): Stored {
  if (text === '') return NO_PASSWORD;
  if (text.startsWith('$2')) return stored('bcrypt_sha256_django', `bcrypt_sha256$${text}`, CONVERTED);
  return text.startsWith('$argon2') ? refusedAlike('meteor argon2', ofArgon2) : stored(undefined, text);
}

function ofArgon2() {
  const message = "Meteor's Argon2 of the SHA-256 of the password in hexadecimal: no hasher does that first step";
  const fix = 'verify these users with Meteor at their next login, and rehash them there';
  return digestError('ERR_UNSUPPORTED', message, { field: 'digest', subcode: 'meteor-argon2', fix });
}

const CONVERTED = convertedFrom("Meteor's services.password.bcrypt, which is bcrypt of a SHA-256", undefined, 'meteor');
