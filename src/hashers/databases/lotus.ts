/** HTTPPassword of Lotus Notes and Domino: MD2 with a table of its own. */
import { HEX, layout, special } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCES = ['https://hashcat.net/wiki/doku.php?id=example_hashes'];
const SALT = 'byte 3 of the salt is stored plus 4';

export const lotus5: Format = defineFormat({
  name: 'lotus5',
  family: 'databases',
  users: 4,
  layout: layout`${HEX('hash', 16)}`,
  recipe: 'lotus5($p)',
  insecure: true,
  looksLike: 'md5',
  writers: 'Lotus Notes and Domino 5',
  traps: ['has no salt', 'hashcat pads 16 and 32 bytes otherwise than Domino'],
  sources: SOURCES,
  example: { password: 'secret', digest: '06E0A50B579AD2CD5FFDC48564627EE7' },
});

export const lotus6: Format = defineFormat({
  name: 'lotus6',
  family: 'databases',
  users: 4,
  layout: layout`(G${special('lotus6')})`,
  recipe: 'lotus6($p, $s)',
  insecure: true,
  writers: 'Lotus Domino 6 and 7, "more secure"',
  traps: [SALT, '74 bits of hash are written'],
  sources: SOURCES,
  example: { password: 'hashcat', digest: '(GDJ0nDZI8l8RJzlRbemg)' },
});

export const lotus8: Format = defineFormat({
  name: 'lotus8',
  family: 'databases',
  users: 4,
  layout: layout`(H${special('lotus8')})`,
  recipe: 'lotus8($p, $s, $iterations)',
  writers: 'Lotus Domino 8 and later',
  traps: [SALT, 'PBKDF2 over the digest of Domino 6 as text, of which 8 bytes are kept'],
  sources: SOURCES,
  example: { password: 'hashcat', digest: '(HC34tD3KtDp4oCZWmCJ4qC30mC30mC3KmC30mCcA5ovrMLH9M)' },
});
