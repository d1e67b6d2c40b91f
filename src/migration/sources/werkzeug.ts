/**
 * Werkzeug (Flask, Flask-Login, CTFd, …): any table with what generate_password_hash wrote, as CSV or JSON.
 * https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash
 *
 * How to get it: export the app's own users table by SQL, with the id and the column of the digest.
 *
 * What is missing: nothing, if the digest names its method; before 2.3 it could leave out the iterations.
 *
 *     scrypt:32768:8:1$salt$hex           since 2.3, as it is
 *     pbkdf2:sha256:600000$salt$hex       converted, by its hash function
 *     sha256$salt$hex, md5$salt$hex       an HMAC, before 2.3: not supported
 *     plain$$…                            the password itself
 */
import type { ExportSource } from './contract.js';
import { createFieldSource } from './named-fields.js';
import { hasValue } from './sample-fields.js';
import { storedDigest, unsupported } from './stored.js';

const DIGEST = ['password_hash', 'password', 'pw_hash', 'hash', 'hashed_password', 'passwordHash'];

export const werkzeug: ExportSource = createFieldSource({
  name: 'werkzeug',
  title: 'any table with its digests, as CSV and JSON',
  fields: {
    id: ['id', 'user_id', 'uuid', 'username', 'name', 'email'],
    hasher: [],
    digest: DIGEST.map((name) => [name]),
  },
  digestAlone: true,
  recognize: (sample) =>
    hasValue(sample, DIGEST, (value) => /^(?:scrypt:\d+:\d+:\d+|pbkdf2:(?:sha1|sha256|sha512)(?::\d+)?)\$/.test(value))
      ? { certainty: 'certain', reason: 'its digests begin as Werkzeug writes them, with scrypt: or pbkdf2:' }
      : undefined,
  read(text) {
    if (/^md5\$[^$]+\$[0-9a-f]{32}$/.test(text)) {
      return unsupported('Werkzeug before 2.3', 'an HMAC with the salt as key is not supported');
    }
    return text.startsWith('plain$')
      ? unsupported('Werkzeug plain', 'this is the password itself, without any hash')
      : storedDigest(text);
  },
});
