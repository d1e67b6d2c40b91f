/** WordPress 6.8 and later. */
import { layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

export const wordpressBcrypt: Format = defineFormat({
  name: 'wordpress_bcrypt',
  family: 'php',
  users: 1,
  layout: layout`$wp${bcryptBody}`,
  recipe: "bcrypt(b64(hmac_sha384_raw('wp-sha384', trim($p))))",
  writers: 'WordPress 6.8 and later',
  traps: [
    'the password is trimmed: space, tab, line ends, vertical tab, NUL',
    'the prefix is "$wp", three characters: the bcrypt digest begins with its own "$"',
  ],
  sources: ['https://make.wordpress.org/core/2025/02/17/wordpress-6-8-will-use-bcrypt-for-password-hashing/'],
  example: { password: 'hashpwn', digest: '$wp$2y$10$607XKVrBjPEqujeOXNwbYuOJ.gPMd2TelMMknmeV70Kap1E81Ovo6' },
});
