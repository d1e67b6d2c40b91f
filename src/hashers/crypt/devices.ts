/** Fast hashes of operating systems and devices. */
import { bytes, cisco64, HEX, h64, hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const HASHCAT = 'https://hashcat.net/wiki/doku.php?id=example_hashes';

export const macosSha512: Format = defineFormat({
  name: 'macos_sha512',
  family: 'crypt',
  users: 5,
  layout: layout`${hex(bytes('salt', 4), bytes('hash', 64))}`,
  recipe: 'sha512($s.$p)',
  insecure: true,
  writers: 'Mac OS X 10.7',
  sources: [HASHCAT],
  example: {
    password: 'hashcat',
    digest:
      '07543781b07e905f6f947db8ae305c248b9e12f509b41097e852e2f450e824790e677ea7397b8a9a552b1c19ecf6a6e1dd3844fa5ee5db23976962859676f7d2fb85ca94',
  },
});

export const macosSha1: Format = defineFormat({
  name: 'macos_sha1',
  family: 'crypt',
  users: 5,
  layout: layout`${HEX(bytes('salt', 4), bytes('hash', 20))}`,
  recipe: 'sha1($s.$p)',
  insecure: true,
  writers: 'Mac OS X 10.4 to 10.6',
  sources: [HASHCAT],
  example: { password: 'macintosh', digest: '0E6A48F765D0FFFFF6247FA80D748E615F91DD0C7431E4D9' },
});

export const ciscoType4: Format = defineFormat({
  name: 'cisco_type4',
  family: 'crypt',
  users: 5,
  layout: layout`${cisco64('hash', 32)}`,
  recipe: 'sha256($p)',
  insecure: true,
  writers: 'Cisco IOS 15',
  traps: ['has no salt, although it was to be PBKDF2'],
  sources: [HASHCAT],
  example: { password: 'hashcat', digest: '2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI' },
});

const USERNAME = { username: { field: text('username', { min: 0 }) } };

export const ciscoPix: Format = defineFormat({
  name: 'cisco_pix',
  family: 'crypt',
  users: 5,
  layout: layout`${h64('hash', 12)}`,
  recipe: 'cisco_pix($p, $u)',
  companions: USERNAME,
  insecure: true,
  writers: 'Cisco PIX before 7.0',
  traps: ['4 letters of the user name count; the enable password has none'],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.cisco_pix.html'],
  example: { password: 'cisco', digest: '2KFQnbNIdI.2KYOU', username: '' },
});

export const ciscoAsa: Format = defineFormat({
  name: 'cisco_asa',
  family: 'crypt',
  users: 5,
  layout: layout`${h64('hash', 12)}`,
  recipe: 'cisco_asa($p, $u)',
  companions: USERNAME,
  insecure: true,
  looksLike: 'cisco_pix',
  writers: 'Cisco ASA and PIX 7.0 and later',
  traps: ['the user name counts where the password has less than 28 bytes'],
  sources: ['https://passlib.readthedocs.io/en/stable/lib/passlib.hash.cisco_asa.html'],
  example: { password: 'ripper', digest: 'h3mJrcH0901pqX/m', username: 'alex' },
});
