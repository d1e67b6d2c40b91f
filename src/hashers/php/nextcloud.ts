/** ownCloud and Nextcloud. */
import { hex, layout, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { argon2Fields, bcryptBody } from '../templates/bodies.js';

export const nextcloud: Format = defineFormat({
  name: 'nextcloud',
  family: 'php',
  users: 1,
  layout: oneOf(
    layout`${word('scheme', { '1|': 'bcrypt' })}${bcryptBody}`,
    layout`${word('scheme', { '3|': 'argon2id', '2|': 'argon2id_v2' })}$argon2id${argon2Fields}`,
    layout`${word('scheme', { '2|': 'argon2i' })}$argon2i${argon2Fields}`,
    layout`${bcryptBody}${mark('scheme', 'legacy')}`,
    layout`${hex('hash', 20)}${mark('scheme', 'sha1')}`,
  ),
  recipe: {
    by: 'scheme',
    of: {
      bcrypt: 'bcrypt($p)',
      argon2id: 'argon2id($p, $s, $m, $t, $lanes)',
      argon2id_v2: 'argon2id($p, $s, $m, $t, $lanes)',
      argon2i: 'argon2i($p, $s, $m, $t, $lanes)',
      legacy: 'either(bcrypt_raw($p.maybe($pepper)), bcrypt_raw($p))',
      sha1: 'sha1($p)',
    },
  },
  companions: { pepper: { field: text('pepper', { min: 0 }), optional: true } },
  writers: 'ownCloud; Nextcloud',
  traps: [
    '"2|" may hold Argon2id',
    'bcrypt without a version is of the password and the passwordsalt of config.php, or of the password alone',
  ],
  sources: ['https://github.com/nextcloud/server/blob/master/lib/private/Security/Hasher.php'],
  example: { password: 'password', digest: '1|$2a$05$ezAE0dkwk57jlfo6z5Pql.gcIK3ReXT15W7ITNxVS0ksfhO/4E4Kq' },
});
