/** Joomla before 3.2. */
import { hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const joomla: Format = defineFormat({
  name: 'joomla',
  family: 'php',
  users: 1,
  layout: layout`${hex('hash', 16)}:${text('salt', { min: 0 })}`,
  recipe: 'md5($p.$s)',
  insecure: true,
  writers: 'Joomla 1.0.13 to 3.1; Mambo',
  traps: [
    'the password comes first: osCommerce has the same form and hashes the salt first',
    'later versions write phpass and bcrypt',
  ],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Joomla1.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: 'b78f863f2c67410c41e617f724e22f34:89384528665349271307465505333378' },
});
