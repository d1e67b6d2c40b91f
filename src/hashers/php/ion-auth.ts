/** Ion Auth, the login of CodeIgniter. */
import { hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const ionAuthSha1: Format = defineFormat({
  name: 'ion_auth_sha1',
  family: 'php',
  users: 3,
  layout: layout`${text('salt', { chars: 10 })}${hex('hash', 15)}`,
  recipe: 'slice(sha1_raw($s.$p), 0, 15)',
  looksLike: 'hex_sha1',
  insecure: true,
  writers: 'Ion Auth 1 and 2 with store_salt off',
  traps: [
    '40 characters as SHA-1 has, of which the first 10 are the salt',
    'with store_salt it is SHA-1 of password and salt: sha1_pass_salt',
  ],
  sources: ['https://github.com/benedmunds/CodeIgniter-Ion-Auth/blob/2/models/Ion_auth_model.php'],
  example: { password: 'correct horse battery staple', digest: 'vzAU6wECPZa0136b3f4d93228e09af312a25772a' },
});
