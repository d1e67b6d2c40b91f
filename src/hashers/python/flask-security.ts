/** Flask-Security: HMAC with the application's salt, then one of passlib's schemes. Its digests look like theirs. */
import { ab64, decimal, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

const SOURCE = 'https://github.com/pallets-eco/flask-security/blob/main/flask_security/utils.py';
const KEYED = 'b64(hmac_sha512_raw($pepper, nfkd($p)))';
const TRAPS = [
  'the pepper is SECURITY_PASSWORD_SALT',
  'forms bring the password to NFKD before it is hashed',
  'schemes of SECURITY_PASSWORD_SINGLE_HASH have no HMAC',
];

export const flaskSecurityBcrypt: Format = defineFormat({
  name: 'flask_security_bcrypt',
  family: 'python',
  users: 1,
  layout: bcryptBody,
  recipe: `bcrypt(${KEYED})`,
  companions: { pepper: { field: text('pepper') } },
  looksLike: 'bcrypt',
  writers: 'Flask-Security and Flask-Security-Too, Invenio',
  traps: [...TRAPS, 'bcrypt reads 72 of the 88 letters'],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: '$2b$12$AjoFABE2gQiNtER3uJOamOkOysjKIHa8ipmuMjA4owweQBTP2DRha',
    pepper: '146585145368132386173505678016728509634',
  },
});

export const flaskSecurityPbkdf2Sha512: Format = defineFormat({
  name: 'flask_security_pbkdf2_sha512',
  family: 'python',
  users: 1,
  layout: layout`$pbkdf2-sha512$${decimal('iterations', { min: 1 })}$${ab64('salt', { min: 0 })}$${ab64('hash', { usual: 64 })}`,
  recipe: `pbkdf2_sha512(${KEYED}, $s, $iterations)`,
  companions: { pepper: { field: text('pepper') } },
  looksLike: 'passlib_pbkdf2',
  writers: 'Flask-Security 3 and Flask-Security-Too with pbkdf2_sha512',
  traps: TRAPS,
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$pbkdf2-sha512$25000$j9G6d.69N.Y8hzDGmJOy9g$nUAoip3lhfCiYmVbTUZIXwnt96dKiKGu9vXPIShRIJF2hGOH5mQyw.lSlxxAmmIWPxE8PN0ybXoCIzxoFaR1mw',
    pepper: '146585145368132386173505678016728509634',
  },
});
