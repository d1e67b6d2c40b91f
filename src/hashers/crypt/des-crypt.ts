/** crypt(3) of Unix and its two extensions: DES of zeros under the password. */
import { des64, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { BSDI_CRYPT, CRYPT_LETTERS, DES_CRYPT } from './layouts.js';

const SEVEN_BITS = 'the eighth bit of each byte is lost';
const SOURCE = 'https://man7.org/linux/man-pages/man5/crypt.5.html';

export const desCrypt: Format = defineFormat({
  name: 'des_crypt',
  family: 'crypt',
  users: 2,
  layout: DES_CRYPT,
  recipe: 'des_crypt($p, $s)',
  insecure: true,
  writers: 'Unix before 2000, htpasswd -d, Zope {CRYPT}, web applications in Perl',
  traps: ['8 bytes of the password count', SEVEN_BITS, '13 letters may be another text'],
  sources: [SOURCE, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.des_crypt.html'],
  example: { password: 'U*U*U*U*', digest: 'CCNf8Sbh3HDfQ' },
});

export const bsdiCrypt: Format = defineFormat({
  name: 'bsdi_crypt',
  family: 'crypt',
  users: 4,
  layout: BSDI_CRYPT,
  recipe: 'bsdi_crypt($p, $s, $rounds)',
  insecure: true,
  writers: 'BSD/OS, FreeBSD, OpenBSD; phpass without bcrypt',
  traps: [SEVEN_BITS, 'an even number of rounds is weaker'],
  sources: [SOURCE, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.bsdi_crypt.html'],
  example: { password: 'U*U*U*U*', digest: '_J9..CCCCXBrJUJV154M' },
});

export const bigcrypt: Format = defineFormat({
  name: 'bigcrypt',
  family: 'crypt',
  users: 5,
  layout: layout`${text('salt', { chars: 2, of: CRYPT_LETTERS })}${des64('hash', { min: 8 })}`,
  recipe: 'bigcrypt($p, $s)',
  insecure: true,
  writers: 'HP-UX, Digital Unix, Tru64',
  traps: [
    'each 8 bytes are a DES crypt of their own, whose salt is of the one before',
    'one of them looks like des_crypt',
  ],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.bigcrypt.html'],
  example: { password: 'passphrase', digest: 'qiyh4XPJGsOZ2MEAyLkfWqeQ' },
});
