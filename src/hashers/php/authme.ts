/** AuthMe, the login of Minecraft servers. */
import { decimal, HEX, hex, layout, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

export const authmeSha256: Format = defineFormat({
  name: 'authme_sha256',
  family: 'php',
  users: 2,
  layout: layout`$SHA$${text('salt', { not: '$' })}$${hex('hash', 32)}`,
  recipe: 'sha256(sha256($p).$s)',
  insecure: true,
  writers: 'AuthMe',
  sources: [
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/Sha256.java',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'hashcat',
    digest: '$SHA$7218532375810603$bfede293ecf6539211a7305ea218b9f3f608953130405cda9eaba6fb6250f824',
  },
});

export const authmePbkdf2: Format = defineFormat({
  name: 'authme_pbkdf2',
  family: 'php',
  users: 4,
  layout: layout`pbkdf2_sha256$${decimal('iterations', { min: 1 })}$${text('salt', { not: '$' })}$${HEX('hash', 64)}`,
  recipe: 'pbkdf2_sha256($p, $s, $iterations)',
  looksLike: 'pbkdf2_sha256_django',
  writers: 'AuthMe',
  traps: ["Django's prefix, with the hash in capital hexadecimal and of 64 bytes"],
  sources: [
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/Pbkdf2.java',
  ],
  example: {
    password: 'password',
    digest:
      'pbkdf2_sha256$10000$b25801311edf$093E38B16DFF13FCE5CD64D5D888EE6E0376A3E572FE5DA6749515EA0F384413223A21C464B0BE899E64084D1FFEFD44F2AC768453C87F41B42CC6954C416900',
  },
});
