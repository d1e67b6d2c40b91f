/** SHA-512 of its own hexadecimal text, many times. */
import { decimal, hex, layout } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const sha512Iterated: Format = defineFormat({
  name: 'sha512_iterated',
  family: 'plain',
  users: 4,
  layout: layout`${hex('hash', 64)}`,
  recipe: 'iterate($iterations, $p, sha512($x))',
  companions: { iterations: { field: decimal('iterations', { min: 1 }) } },
  looksLike: 'hex_sha512',
  insecure: true,
  writers: 'RoyalAuth, 25 times; web applications of their own',
  traps: ['each step hashes the hexadecimal text of the one before, not its bytes'],
  sources: [
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/RoyalAuth.java',
  ],
  example: {
    password: 'password',
    digest:
      '5d21ef9236896bc4ac508e524e2da8a0def555dac1cdfc7259d62900d1d3f553826210c369870673ae2cf1c41abcf4f92670d76af1db044d33559324f5c2a339',
    params: { iterations: 25 },
  },
});
