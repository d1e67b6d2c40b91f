/** Operating systems and devices that have PBKDF2 or scrypt. */
import { cisco64, decimal, HEX, h64be, hex, layout, log2, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const HASHCAT = 'https://hashcat.net/wiki/doku.php?id=example_hashes';

export const macosPbkdf2Sha512: Format = defineFormat({
  name: 'macos_pbkdf2_sha512',
  family: 'crypt',
  users: 3,
  layout: layout`$ml$${decimal('iterations')}$${hex('salt', 32)}$${hex('hash', { only: [64, 128] })}`,
  recipe: 'pbkdf2_sha512($p, $s, $iterations)',
  writers: 'macOS 10.8 and later, as tools write the ShadowHashData of a user',
  traps: ['the property list has 128 bytes of hash, of which tools keep 64'],
  sources: [HASHCAT],
  example: {
    password: 'hashcat',
    digest:
      '$ml$1024$2484380731132131624506271467162123576077004878124365203837706482$89a3a979ee186c0c837ca4551f32e951e6564c7ac6798aa35baf4427fbf6bd1d630642c12cfd5c236c7b0104782237db95e895f7c0e372cd81d58f0448daf958',
  },
});

export const grubPbkdf2Sha512: Format = defineFormat({
  name: 'grub_pbkdf2_sha512',
  family: 'crypt',
  users: 4,
  layout: layout`grub.pbkdf2.sha512.${decimal('iterations')}.${HEX('salt')}.${HEX('hash', { usual: 64, partVerifies: true })}`,
  recipe: 'pbkdf2_sha512($p, $s, $iterations)',
  writers: 'GRUB 2: grub-mkpasswd-pbkdf2',
  sources: ['https://www.gnu.org/software/grub/manual/grub/html_node/Security.html', HASHCAT],
  example: {
    password: 'correct horse battery staple',
    digest:
      'grub.pbkdf2.sha512.10.9A0FB8B097305C67B1A87D1381BB8CB81FAD41E2FDAB70BF6D9A624A875F0DCEE2697DE2BCD0F202B48642F2C85358F60D054523F55A0F2FD95AF0E4520F8390.9F4585222F2805727DC0E55DF6A3AF392329BEC6836389AB82C3FAFD427B270423286C3732C33725B034E1506CCC653DE677744022E38C08759B47B6E393E1BB',
  },
});

export const ciscoType8: Format = defineFormat({
  name: 'cisco_type8',
  family: 'crypt',
  users: 4,
  layout: layout`$8$${text('salt', 14)}$${cisco64('hash', 32)}`,
  recipe: 'pbkdf2_sha256($p, $s, 20000)',
  writers: 'Cisco IOS and IOS XE',
  traps: ['the letters of crypt(3) in the bit order of Base64'],
  sources: [HASHCAT],
  example: { password: 'hashcat', digest: '$8$84486783037343$pYNyVrtyMalQrZLxRi7ZLQS1Fl.jkYCgASUi5P8JNb2' },
});

export const ciscoType9: Format = defineFormat({
  name: 'cisco_type9',
  family: 'crypt',
  users: 4,
  layout: layout`$9$${text('salt', 14)}$${cisco64('hash', 32)}`,
  recipe: 'scrypt($p, $s, 16384, 1, 1)',
  writers: 'Cisco IOS and IOS XE',
  traps: ['r is 1'],
  sources: [HASHCAT],
  example: { password: 'hashcat', digest: '$9$87023684531115$phio0TBQwaO7KZ8toQFyGFyDvyOzidaypRWN0uKX0hU' },
});

function aixSsha(bits: 1 | 256 | 512, hashBytes: number, digest: string): Format {
  return defineFormat({
    name: `aix_ssha${bits}`,
    family: 'crypt',
    users: 5,
    layout: layout`{ssha${String(bits)}}${log2('iterations', 'decimal', { digits: 2, max: 31 })}$${text('salt', { not: '$' })}$${h64be('hash', hashBytes)}`,
    recipe: `pbkdf2_sha${bits}($p, $s, $iterations)`,
    writers: 'AIX 5.3 TL7 and later',
    traps: ['is not of LDAP', 'some bits of the last bytes are not written'],
    sources: [HASHCAT],
    example: { password: 'hashcat', digest },
  });
}

export const aixSsha1: Format = aixSsha(1, 20, '{ssha1}06$5586485655847243$V5f1Ff1y4dr7AWeVSSdv6N52..Y');
export const aixSsha256: Format = aixSsha(
  256,
  32,
  '{ssha256}06$2715084824104660$1s/s4RZWEcvZ5VuWPXWGUfwSoG07eVSVce8F6ANJ.g4',
);
export const aixSsha512: Format = aixSsha(
  512,
  64,
  '{ssha512}06$4653718755856803$O04nVHL7iU9Jguy/B3Yow.veBM52irn.038Y/Ln6AMy/BG8wbU6ozSP8/W9KDZPUbhdsbl1lf8px.vKJS1S/..',
);
