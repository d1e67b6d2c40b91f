/** Moodle. */
import { decimal, h64, hex, layout, optional, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { pepperOfSite } from '../templates/columns.js';

export const moodleSha512Crypt: Format = defineFormat({
  name: 'moodle_sha512_crypt',
  family: 'php',
  users: 1,
  layout: layout`$6$${optional`rounds=${decimal('rounds', { min: 1000, max: 999_999_999, default: 5000 })}$`}${text('salt', { max: 16, not: '$:' })}$${h64('hash', 64)}`,
  recipe: 'sha512_crypt($p.maybe($pepper), $s, $rounds)',
  companions: { pepper: { field: text('pepper', { min: 0 }), optional: true } },
  looksLike: 'sha512_crypt',
  writers: 'Moodle 4.3 and later',
  traps: ['a site may have several numbered peppers, and rows of before the first'],
  sources: ['https://github.com/moodle/moodle/blob/main/public/lib/moodlelib.php'],
  example: {
    password: 'hashcat',
    digest: '$6$72820166$U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1',
  },
});

export const moodleMd5: Format = defineFormat({
  name: 'moodle_md5',
  family: 'php',
  users: 3,
  layout: layout`${hex('hash', 16)}`,
  recipe: 'either(md5_raw($p.$pepper), md5_raw($p))',
  companions: pepperOfSite,
  looksLike: 'md5',
  insecure: true,
  writers: 'Moodle 1 to 2.4',
  traps: [
    'the pepper is passwordsaltmain of config.php, or one of its 20 alternatives',
    'rows of before the site had one are MD5 of the password alone: Moodle tries both',
  ],
  sources: [
    'https://github.com/moodle/moodle/blob/MOODLE_24_STABLE/lib/moodlelib.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '3d83c8e717ff0e7ecfe187f088d69954', pepper: '343141' },
});
