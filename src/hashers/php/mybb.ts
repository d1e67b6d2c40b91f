/** MyBB and Invision Power Board. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const mybb: Format = defineFormat({
  name: 'mybb',
  family: 'php',
  users: 1,
  layout: saltedHex(16),
  recipe: 'md5(md5($s).md5($p))',
  companions: saltColumn,
  insecure: true,
  writers: 'MyBB 1.2 to 1.8',
  traps: ['the salt has 8 characters'],
  sources: [
    'https://github.com/mybb/mybb/blob/feature/inc/functions_user.php',
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/md5_mybb.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '022f7e02b3314f7d0968f73c00ba759f', salt: '67588' },
});

export const ipb2: Format = defineFormat({
  name: 'ipb2',
  family: 'php',
  users: 1,
  layout: saltedHex(16),
  recipe: 'either(md5_raw(md5($s).md5(ipb_entities($p))), md5_raw(md5($s).md5($p)))',
  companions: saltColumn,
  insecure: true,
  writers: 'Invision Power Board 2 to 4.0; AuthMe for its tables',
  traps: [
    'the board replaces & < > " \' ! $ and line ends by entities before it hashes; AuthMe does not',
    'the salt has 5 characters, printable ones of all kinds',
  ],
  sources: [
    'https://github.com/AliceLR/phpbb-digitalmzx-ipb3password',
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/Ipb3.java',
  ],
  example: { password: 'hashcat', digest: '022f7e02b3314f7d0968f73c00ba759f', salt: '67588' },
});
