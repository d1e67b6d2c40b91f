/** CubeCart. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const whirlpoolSaltPassSalt: Format = defineFormat({
  name: 'whirlpool_salt_pass_salt',
  family: 'php',
  users: 5,
  layout: saltedHex(64),
  recipe: 'whirlpool($s.$p.$s)',
  companions: saltColumn,
  aliases: ['cubecart'],
  insecure: true,
  writers: 'CubeCart 5 and 6',
  sources: [
    'https://github.com/cubecart/v6/blob/v6.5-master/classes/password.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'hashcat',
    digest:
      'a2c0342a2617026fbaeed01130c826cc3f58242799894b3ecc1abfa811ede03fd712efd14a886af6fa74045502f22c9feb1c45a291cf2d7bbe9bb94c388b6403',
    salt: 'deadbeef',
  },
});
