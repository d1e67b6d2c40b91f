/** Poul-Henning Kamp's MD5-crypt for FreeBSD, and those that hash another magic into it. */
import { h64, layout, mark, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { APR_MD5_CRYPT, MD5_CRYPT, SUN_MD5_CRYPTS } from './layouts.js';

const SOURCE = 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.md5_crypt.html';

export const md5Crypt: Format = defineFormat({
  name: 'md5_crypt',
  family: 'crypt',
  users: 1,
  layout: MD5_CRYPT,
  recipe: 'md5_crypt($p, $s)',
  insecure: true,
  writers: 'Linux and BSD before 2008, Cisco IOS type 5, SugarCRM, Dovecot MD5-CRYPT',
  traps: ['the salt is cut at 8 bytes and may be empty', '1000 rounds, which is few'],
  sources: [SOURCE, 'https://man7.org/linux/man-pages/man5/crypt.5.html'],
  example: { password: '12345678', digest: '$1$12345678$f8QoJuo0DpBRfQSD0vglc1' },
});

export const aprMd5Crypt: Format = defineFormat({
  name: 'apr_md5_crypt',
  family: 'crypt',
  users: 1,
  layout: APR_MD5_CRYPT,
  recipe: "md5_crypt($p, $s, '$apr1$')",
  insecure: true,
  writers: 'Apache htpasswd, whose default it is; nginx, Nagios, Subversion, Artifactory',
  traps: ['libcrypt does not have it', 'a file of htpasswd holds {SHA}, bcrypt and DES crypt too'],
  sources: ['https://httpd.apache.org/docs/2.4/misc/password_encryptions.html', SOURCE],
  example: { password: 'test', digest: '$apr1$Q6ZYh...$RV6ft2bZ8j.NGrxLYaJt9.' },
});

export const aixSmd5: Format = defineFormat({
  name: 'aix_smd5',
  family: 'crypt',
  users: 5,
  layout: layout`{smd5}${text('salt', { min: 1, max: 8, not: '$' })}$${h64('hash', 16)}`,
  recipe: "md5_crypt($p, $s, '')",
  insecure: true,
  writers: 'AIX 5.3 and later, openssl passwd -aixmd5',
  traps: ['MD5-crypt with an empty magic', 'LDAP has {SMD5} for something else'],
  sources: ['https://docs.openssl.org/3.0/man1/openssl-passwd/'],
  example: { password: 'hashcat', digest: '{smd5}17800721$WkGka7tXcrfpUQS6WOQyw/' },
});

export const sunMd5Crypt: Format = defineFormat({
  name: 'sun_md5_crypt',
  family: 'crypt',
  users: 4,
  layout: oneOf(...SUN_MD5_CRYPTS.map((one) => layout`${one.layout}${mark('setting', one.setting)}`)),
  recipe: { by: 'setting', of: Object.fromEntries(SUN_MD5_CRYPTS.map((one) => [one.setting, one.recipe])) },
  writers: 'Solaris 9 and 10',
  traps: ['"$" and "$$" after the salt are two digests', 'says how many rounds are made more than 4096'],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.sun_md5_crypt.html'],
  example: { password: 'test', digest: '$md5$rounds=904$Vc3VgyFx44iS8.Yu$Scf90iLWN6O6mT9TA06NK/' },
});
