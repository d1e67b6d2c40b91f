/** osCommerce and the shops that came of it. */
import { hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const oscommerce: Format = defineFormat({
  name: 'oscommerce',
  family: 'php',
  users: 1,
  layout: layout`${hex('hash', 16)}:${text('salt', { min: 0 })}`,
  recipe: 'md5($s.$p)',
  aliases: ['magento1_md5'],
  insecure: true,
  writers: 'osCommerce 2.2 and 2.3; Zen Cart 1.3; xt:Commerce; Gambio; Magento 1; WHMCS',
  traps: [
    'the salt comes first: Joomla has the same form and hashes the password first',
    'a salt of two characters may be or have a colon',
  ],
  sources: [
    'https://github.com/osCommerce/oscommerce2/blob/v2.3.4.1/catalog/includes/functions/password_funcs.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: 'e983672a03adcc9767b24584338eb378:00' },
});

export const magento1Sha256: Format = defineFormat({
  name: 'magento1_sha256',
  family: 'php',
  users: 2,
  layout: layout`${hex('hash', 32)}:${text('salt', { min: 0 })}`,
  recipe: 'sha256($s.$p)',
  insecure: true,
  writers: 'Magento 1 Enterprise; Magento 2.0; OpenMage; Zen Cart 1.5',
  traps: ['Magento 2 writes a version after the salt: magento2'],
  sources: [
    'https://github.com/OpenMage/magento-lts/blob/main/app/code/core/Mage/Core/Model/Encryption.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '816d1ded1d621873595048912ea3405d9d42afd3b57665d9f5a2db4d89720854:36176620' },
});
