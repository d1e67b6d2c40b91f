/** Simple Machines Forum. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';
import { usernameColumn } from '../templates/columns.js';

export const smf1: Format = defineFormat({
  name: 'smf1',
  family: 'php',
  users: 1,
  layout: layout`${hex('hash', 20)}`,
  recipe: 'sha1(lc($u).$p)',
  companions: usernameColumn,
  looksLike: 'hex_sha1',
  insecure: true,
  writers: 'SMF 1.1 to 2.0',
  traps: ['a changed user name needs a new digest', 'HTML entities of the password are decoded first'],
  sources: [
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/sha1_smf.php',
    'https://github.com/SimpleMachines/SMF/blob/release-2.1/Sources/LogInOut.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'test1', digest: '13db5f41191e8e7ea5141b16cd58c75af5e27071', username: 'john' },
});

export const smf2Bcrypt: Format = defineFormat({
  name: 'smf2_bcrypt',
  family: 'php',
  users: 2,
  layout: bcryptBody,
  recipe: 'bcrypt(lc($u).$p)',
  companions: usernameColumn,
  looksLike: 'bcrypt',
  writers: 'SMF 2.1 and 3',
  traps: [
    'the user name in lower case and the password share the 72 bytes of bcrypt',
    'nothing in the digest shows the user name',
  ],
  sources: ['https://github.com/SimpleMachines/SMF/blob/release-2.1/Sources/Subs-Auth.php'],
  example: {
    password: 'correct horse battery staple',
    digest: '$2y$04$vzAU6wECPZK2xqeLJKA1V.iMBRPRiquYqZHzLw5vZEyzobBcqsRD6',
    username: 'Alice',
  },
});
