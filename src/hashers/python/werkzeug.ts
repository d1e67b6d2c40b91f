/** Werkzeug's generate_password_hash to version 2.2. Later ones write scrypt or the same PBKDF2. */
import { decimal, hex, layout, optional, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCE = 'https://github.com/pallets/werkzeug/blob/2.2.x/src/werkzeug/security.py';
const ALGORITHMS = ['sha256', 'sha1', 'sha224', 'sha384', 'sha512', 'md5'];

export const werkzeugPbkdf2: Format = defineFormat({
  name: 'werkzeug_pbkdf2',
  family: 'python',
  users: 1,
  layout: layout`pbkdf2:${word('algorithm', ALGORITHMS)}${optional`:${decimal('iterations', { min: 1, default: 1000 })}`}$${text('salt', { not: '$' })}$${hex('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'Werkzeug 0.9 and later, so Flask applications, Superset, Airflow',
  traps: [
    'the salt is text, whatever it looks like',
    'without iterations 1000 are meant here, as in Werkzeug 0.9; later versions mean their own default',
  ],
  sources: [SOURCE],
  example: {
    password: 'correct horse battery staple',
    digest: 'pbkdf2:sha256:12$eHDt09YTUNzz70pl$9bb6afacd57b13a9a71c16708ea5aa2a71d34982c1931d5d46f6d824b2f62a14',
  },
});

export const werkzeugHmac: Format = defineFormat({
  name: 'werkzeug_hmac',
  family: 'python',
  users: 2,
  layout: layout`${word('algorithm', ['sha1', 'md5', 'sha256', 'sha512', 'sha224', 'sha384'])}$${text('salt', { not: '$', min: 0 })}$${hex('hash', { only: [16, 20, 28, 32, 48, 64] })}`,
  recipe: 'keyed_or_plain($algorithm, $s, $p)',
  insecure: true,
  writers: 'Werkzeug 0.1 to 2.2',
  traps: [
    'without a salt it is the hash of the password, not an HMAC',
    'Django writes the same text for the hash of salt and password',
  ],
  sources: [SOURCE],
  example: { password: 'hashcat', digest: 'md5$84143$7f51edecfa6fb401a0b5e63d33fc8c0e' },
});
