/** Question2Answer. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const question2answer: Format = defineFormat({
  name: 'question2answer',
  family: 'php',
  users: 4,
  layout: saltedHex(20),
  recipe: 'sha1(slice($s, 0, 8).$p.slice($s, 8))',
  companions: saltColumn,
  insecure: true,
  writers: 'Question2Answer 1.0 to 1.7',
  traps: [
    'half of the salt is before the password and half after it',
    'the column passcheck is binary: give it in hexadecimal',
  ],
  sources: [
    'https://github.com/q2a/question2answer/blob/dev/qa-include/db/users.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '006bfb73fce0fb5af6ca8fcd813082897ff69340',
    salt: 'vzAU6wECPZK2xqeL',
  },
});
