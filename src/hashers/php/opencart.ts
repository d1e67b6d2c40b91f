/** OpenCart, and WoltLab before 4: SHA-1 three times. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const opencart: Format = defineFormat({
  name: 'opencart',
  family: 'php',
  users: 1,
  layout: saltedHex(20),
  recipe: 'sha1($s.sha1($s.sha1($p)))',
  companions: saltColumn,
  insecure: true,
  writers: 'OpenCart 1.5.4 to 3; AbanteCart',
  traps: [
    'later versions write bcrypt, and old rows have MD5',
    'some versions replace HTML characters of the password by entities',
  ],
  sources: [
    'https://github.com/opencart/opencart/blob/2.3.0.2/upload/admin/model/user/user.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '058c1c3773340c8563421e2b17e60eb7c916787e', salt: '827500576' },
});

export const wbb3: Format = defineFormat({
  name: 'wbb3',
  family: 'php',
  users: 2,
  layout: saltedHex(20),
  recipe: 'sha1($s.sha1($s.sha1($p)))',
  companions: saltColumn,
  aliases: ['wcf1'],
  insecure: true,
  writers: 'WoltLab Burning Board 3; WCF 1',
  traps: ['other values of its encryption options: wcf1e'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Wcf1.class.php',
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/sha1_wcf1.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '058c1c3773340c8563421e2b17e60eb7c916787e', salt: '827500576' },
});
