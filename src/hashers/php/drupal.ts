/** Drupal 7 to 10.0: phpass over SHA-512, and what wraps older digests. */
import { h64, layout, log2, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const setting = layout`${log2('rounds', 'h64', { min: 7, max: 30 })}${text('salt', { chars: 8, of: './0-9A-Za-z' })}`;

export const drupal7: Format = defineFormat({
  name: 'drupal7',
  family: 'php',
  users: 1,
  layout: oneOf(
    layout`${word('scheme', { $S$: 'sha512', U$S$: 'sha512_md5' })}${setting}${h64('hash', { chars: 43 })}`,
    layout`${word('scheme', { U$P$: 'md5_md5', U$H$: 'md5_md5' })}${setting}${h64('hash', 16)}`,
  ),
  recipe: {
    by: 'scheme',
    of: {
      sha512: 'phpass_sha512($p, $s, $rounds)',
      sha512_md5: 'phpass_sha512(md5($p), $s, $rounds)',
      md5_md5: 'phpass_md5(md5($p), $s, $rounds)',
    },
  },
  writers: 'Drupal 7 to 10.0; Backdrop',
  traps: [
    'the text is cut at 55 characters: 258 bits of SHA-512',
    '"U$" marks a digest of a digest: the password is its MD5 in hexadecimal',
    'a password over 512 bytes is refused by Drupal',
  ],
  sources: [
    'https://github.com/backdrop/backdrop/blob/1.x/core/includes/password.inc',
    'https://git.drupalcode.org/project/drupal/-/blob/7.x/includes/password.inc',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '$S$C20340258nzjDWpoQthrdNTR02f0pmev0K/5/Nx80WSkOQcPEQRh' },
});
