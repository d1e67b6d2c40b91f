/** CakePHP before 3. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { pepperOfSite } from '../templates/columns.js';

export const cakephpSha1: Format = defineFormat({
  name: 'cakephp_sha1',
  family: 'php',
  users: 2,
  layout: layout`${hex('hash', 20)}`,
  recipe: 'sha1($pepper.$p)',
  companions: pepperOfSite,
  looksLike: 'hex_sha1',
  insecure: true,
  writers: 'CakePHP 1.2 to 2',
  traps: ['the pepper is Security.salt of the site'],
  sources: [
    'https://github.com/cakephp/cakephp/blob/2.x/lib/Cake/Utility/Security.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: 'a428863972744b16afef28e0087fc094b44bb7b1', pepper: '465727565' },
});
