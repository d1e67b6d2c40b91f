/** XenForo. */
import { decimal, hex, layout, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';
import { saltColumn, saltedHex } from '../templates/columns.js';

const salt = layout`s:4:"salt";s:${decimal('saltLength')}:"${text('salt', { not: '"' })}";s:8:"hashFunc";`;

export const xenforoCore: Format = defineFormat({
  name: 'xenforo_core',
  family: 'php',
  users: 2,
  layout: oneOf(
    layout`a:3:{s:4:"hash";s:64:"${hex('hash', 32)}";${salt}${word('algorithm', { 's:6:"sha256"': 'sha256' })};}`,
    layout`a:3:{s:4:"hash";s:40:"${hex('hash', 20)}";${salt}${word('algorithm', { 's:4:"sha1"': 'sha1' })};}`,
  ),
  recipe: 'H($algorithm, hex(H_raw($algorithm, $p)).$s)',
  insecure: true,
  writers: 'XenForo 1.0 and 1.1',
  traps: ['the digest is a serialized array of PHP, in a blob'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Xf1.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      'a:3:{s:4:"hash";s:64:"43be367044ae51a26a6a4f1d5280dc65c1ba7bced71b8063bb9541cda019fbfd";s:4:"salt";s:64:"c077fc270bf90ca98e31a13ca6f56beb61f8d775adfd63a99d07d667e4147de1";s:8:"hashFunc";s:6:"sha256";}',
  },
});

export const xenforoSha256: Format = defineFormat({
  name: 'xenforo_sha256',
  family: 'php',
  users: 2,
  layout: saltedHex(32),
  recipe: 'sha256(sha256($p).$s)',
  companions: saltColumn,
  insecure: true,
  writers: 'XenForo 1.0 and 1.1, with the salt in a column of its own',
  sources: [
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/sha_xf1.php',
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Xf1.class.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: {
    password: 'hashcat',
    digest: 'bfede293ecf6539211a7305ea218b9f3f608953130405cda9eaba6fb6250f824',
    salt: '7218532375810603',
  },
});

export const xenforoSha1: Format = defineFormat({
  name: 'xenforo_sha1',
  family: 'php',
  users: 2,
  layout: saltedHex(20),
  recipe: 'sha1(sha1($p).$s)',
  companions: saltColumn,
  insecure: true,
  writers: 'XenForo 1.0 and 1.1 where PHP has no SHA-256, with the salt in a column of its own',
  sources: [
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/sha_xf1.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '9138d472fce6fe50e2a32da4eec4ecdc8860f4d5', salt: 'hashcat1' },
});

export const xenforoCore12: Format = defineFormat({
  name: 'xenforo_core12',
  family: 'php',
  users: 1,
  layout: layout`a:1:{s:4:"hash";s:60:"${bcryptBody}";}`,
  recipe: 'bcrypt($p)',
  writers: 'XenForo 1.2 and 2',
  traps: ['the digest is a serialized array of PHP, in a blob; old rows have a phpass digest in it'],
  sources: [
    'https://github.com/AuthMe/AuthMeReloaded/tree/master/src/main/java/fr/xephi/authme/security/crypts/XfBCrypt.java',
  ],
  example: {
    password: 'password',
    digest: 'a:1:{s:4:"hash";s:60:"$2a$10$UtuON/ZG.x8EWG/zQbryB.BHfQVrfxk3H7qykzP.UJQ8YiLjZyfqq";}',
  },
});
