/** PHP-Fusion. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const phpfusion: Format = defineFormat({
  name: 'phpfusion',
  family: 'php',
  users: 4,
  layout: saltedHex(32),
  recipe: 'hmac_sha256(phpfusion_key($s), $p)',
  companions: saltColumn,
  insecure: true,
  writers: 'PHP-Fusion 7.02 to 9; AuthMe for its tables',
  traps: [
    'PHP-Fusion keeps SHA-1 of a random text in 40 digits, which is the key; AuthMe keeps 12 characters of which it is SHA-1',
    'AuthMe hashes characters outside ASCII as "?"',
  ],
  sources: [
    'https://github.com/PHPFusion/PHPFusion/blob/9.02/includes/classes/PHPFusion/PasswordAuth.inc',
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/PhpFusion.java',
  ],
  example: {
    password: 'password',
    digest: 'f7a606c4eb3fcfbc382906476e05b06f21234a77d1a4eacc0f93f503deb69e70',
    salt: '6cd1c97c55cb',
  },
});
