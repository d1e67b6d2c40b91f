/** PrestaShop before 1.7. */
import { hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { pepperOfSite } from '../templates/columns.js';

export const prestashopMd5: Format = defineFormat({
  name: 'prestashop_md5',
  family: 'php',
  users: 1,
  layout: layout`${hex('hash', 16)}`,
  recipe: 'md5($pepper.$p)',
  companions: pepperOfSite,
  looksLike: 'md5',
  insecure: true,
  writers: 'PrestaShop 1.0 to 1.6; thirty bees',
  traps: ['the pepper is _COOKIE_KEY_ of the shop, one for all of its rows'],
  sources: [
    'https://github.com/thirtybees/thirtybees/blob/1.x/classes/Tools.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'hashcat',
    digest: 'f22cade043e7214200206dbffca49fd9',
    pepper: '27167508161455764247627144160038845437138252877014827848',
  },
});
