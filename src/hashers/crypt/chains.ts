/** Other schemes of crypt(3). */
import { defineFormat, type Format } from '../format.js';
import { BSD_NTHASH, SCRYPT_CRYPT, SHA1_CRYPT } from './layouts.js';

const SOURCE = 'https://man7.org/linux/man-pages/man5/crypt.5.html';

export const sha1Crypt: Format = defineFormat({
  name: 'sha1_crypt',
  family: 'crypt',
  users: 4,
  layout: SHA1_CRYPT,
  recipe: 'sha1_crypt($p, $s, $rounds)',
  writers: 'NetBSD, Juniper Junos',
  traps: [
    '21 bytes are written: the first one is repeated; the example of hashcat has a zero there, which no system writes',
  ],
  sources: [SOURCE, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.sha1_crypt.html'],
  example: { password: 'password', digest: '$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq' },
});

export const scryptCrypt: Format = defineFormat({
  name: 'scrypt_crypt',
  family: 'crypt',
  users: 3,
  layout: SCRYPT_CRYPT,
  recipe: 'scrypt($p, $s, $N, $r, $parallelism)',
  writers: 'libsodium crypto_pwhash_scryptsalsa208sha256_str, libxcrypt $7$',
  traps: ['the salt is taken as text, although its letters are those of crypt(3)'],
  sources: [SOURCE, 'https://doc.libsodium.org/advanced/scrypt'],
  example: {
    password: 'pleaseletmein',
    digest: '$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D',
  },
});

export const bsdNthash: Format = defineFormat({
  name: 'bsd_nthash',
  family: 'crypt',
  users: 5,
  layout: BSD_NTHASH,
  recipe: 'md4(utf16($p))',
  insecure: true,
  writers: 'FreeBSD',
  traps: ['has no salt', 'FreeBSD and libxcrypt widen bytes outside ASCII instead of characters'],
  sources: [SOURCE, 'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.bsd_nthash.html'],
  example: { password: 'passphrase', digest: '$3$$7f8fe03093cc84b267b109625f6bbf4b' },
});
