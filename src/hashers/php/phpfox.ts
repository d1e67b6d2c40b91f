/** phpFox 3. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const phpfox3: Format = defineFormat({
  name: 'phpfox3',
  family: 'php',
  users: 4,
  layout: saltedHex(16),
  recipe: 'md5(md5($p).md5($s))',
  companions: saltColumn,
  insecure: true,
  writers: 'phpFox 3',
  traps: ["MyBB's order turned round"],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Phpfox3.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: 'd8281daba5da597503d12fe31808b4a7', salt: '283053' },
});
