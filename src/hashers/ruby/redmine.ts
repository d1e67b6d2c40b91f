/** Redmine. */
import { defineFormat, type Format } from '../format.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

export const redmine: Format = defineFormat({
  name: 'redmine',
  family: 'ruby',
  users: 1,
  layout: saltedHex(20),
  recipe: 'sha1($s.sha1($p))',
  companions: saltColumn,
  insecure: true,
  writers: 'Redmine; ChiliProject',
  traps: ['rows of before version 1.2 have an empty salt'],
  sources: [
    'https://github.com/redmine/redmine/blob/master/app/models/user.rb',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'hashcat',
    digest: 'c18e826af2a78c7b9b7261452613233417e65817',
    salt: '28246535720688452723483475753333',
  },
});
