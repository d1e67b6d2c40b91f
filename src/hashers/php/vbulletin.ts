/** vBulletin. */
import { defineFormat, type Format } from '../format.js';
import { argon2Body, argon2Recipes, bcryptBody } from '../templates/bodies.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const vbulletin: Format = defineFormat({
  name: 'vbulletin',
  family: 'php',
  users: 1,
  layout: saltedHex(16),
  recipe: 'md5(md5($p).$s)',
  companions: saltColumn,
  insecure: true,
  writers: 'vBulletin 2 to 5.1',
  traps: ['the salt is any printable text of 3 characters, in version 4 of 30: quotes and colons too'],
  sources: [
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/md5_vb.php',
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Vb3.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '28f9975808ae2bdc5847b1cda26033ea', salt: '308' },
});

export const vbulletin5Bcrypt: Format = defineFormat({
  name: 'vbulletin5_bcrypt',
  family: 'php',
  users: 2,
  layout: bcryptBody,
  recipe: 'bcrypt(md5($p))',
  looksLike: 'bcrypt',
  writers: 'vBulletin 5.1.4 and later (scheme blowfish)',
  traps: ['nothing in the digest shows that the password was hashed first'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Vb5Bcrypt.class.php',
  ],
  example: { password: 'hashcat', digest: '$2a$05$/VT2Xs2dMd8GJKfrXhjYP.DkTjOVrY12yDN7/6I8ZV0q/1lEohLru' },
});

export const vbulletin5Argon2id: Format = defineFormat({
  name: 'vbulletin5_argon2id',
  family: 'php',
  users: 3,
  layout: argon2Body,
  recipe: argon2Recipes('md5($p)'),
  looksLike: 'argon2id',
  writers: 'vBulletin 5.6 and 6',
  traps: ['nothing in the digest shows that the password was hashed first'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Vb5Argon2.class.php',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '$argon2id$v=19$m=64,t=1,p=1$dIFBAyezAF3CKFxo6zsOEA$2zQRPPdunpPFze46TXLWLzrqKZx/Sx3dFEsltvys+wc',
  },
});
