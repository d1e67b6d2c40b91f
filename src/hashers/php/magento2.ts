/** Magento 2: a digest names the steps of its derivation after the salt. */
import { decimal, hex, layout, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

/** MD5, SHA-256 and libsodium's Argon2id, in this order: a later version hashes the digests of the one before. */
const TO_32_BYTES = ['1', '2', '0:1', '0:2', '1:2', '0:1:2'];
const salt = text('salt', { not: ':', min: 1 });
const argon2id = layout`3_${decimal('length', { min: 16 })}_${decimal('operations', { min: 1 })}_${decimal('memory', { min: 8192 })}`;

export const magento2: Format = defineFormat({
  name: 'magento2',
  family: 'php',
  users: 1,
  layout: oneOf(
    layout`${hex('hash', 32)}:${salt}:${word('steps', TO_32_BYTES)}`,
    layout`${hex('hash', 16)}:${salt}:${word('steps', ['0'])}`,
    layout`${hex('hash')}:${salt}:${word('steps', ['0', ...TO_32_BYTES])}:${argon2id}`,
    layout`${hex('hash')}:${salt}:${argon2id}${mark('steps', 'none')}`,
  ),
  recipe: 'magento2($p, $s, $steps, $length, $operations, $memory)',
  writers: 'Magento 2; Adobe Commerce; Mage-OS',
  traps: [
    '":1:3_32_2_67108864" is an upgraded digest: both steps run',
    'memory is in bytes',
    'Argon2 takes the first 16 bytes of the salt; a shorter one is repeated',
  ],
  sources: [
    'https://github.com/magento/magento2/blob/2.4-develop/lib/internal/Magento/Framework/Encryption/Encryptor.php',
  ],
  example: {
    password: '0123456789012345678901234567890123456789012345678901234',
    digest: '3e8dc06d12ed0098bf254a3bddefe07c815c34272a92e78ea5c4f6dabbc377ba:WYbEov8mL930H2es:1:3_32_2_131072',
  },
});
