/** SHA-crypt, https://www.akkadia.org/drepper/SHA-crypt.txt */
import { text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { SHA256_CRYPT, SHA512_CRYPT } from './layouts.js';

const TRAPS = [
  'rounds are 5000 where none are said, and at least 1000',
  'the salt is any text without "$", of which 16 bytes count',
  'the cost grows with the length of the password',
];
const SOURCES = ['https://www.akkadia.org/drepper/SHA-crypt.txt', 'https://man7.org/linux/man-pages/man5/crypt.5.html'];

export const sha512Crypt: Format = defineFormat({
  name: 'sha512_crypt',
  family: 'crypt',
  users: 1,
  layout: SHA512_CRYPT,
  // Moodle appends its pepper to the password.
  recipe: 'sha512_crypt($p.maybe($pepper), $s, $rounds)',
  companions: { pepper: { field: text('pepper', { min: 0 }), optional: true } },
  writers: 'Linux: RHEL 6 to 9, Debian 6 to 10, Ubuntu to 21; Dovecot, Moodle, openssl passwd -6',
  traps: TRAPS,
  sources: SOURCES,
  example: {
    password: 'Hello world!',
    digest: '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  },
});

export const sha256Crypt: Format = defineFormat({
  name: 'sha256_crypt',
  family: 'crypt',
  users: 1,
  layout: SHA256_CRYPT,
  recipe: 'sha256_crypt($p, $s, $rounds)',
  writers: 'Linux, Solaris 11, Dovecot, openssl passwd -5, htpasswd -2',
  traps: TRAPS,
  sources: SOURCES,
  example: { password: 'Hello world!', digest: '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5' },
});
