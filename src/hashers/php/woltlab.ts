/** WoltLab Suite. */
import { decimal, hex, layout, oneOf, optional, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

const WCF1E = ['m', 's'].flatMap((hash) =>
  ['0', '1'].flatMap((salts) =>
    ['a', 'b'].flatMap((place) => ['0', '1'].map((first) => `wcf1e${hash}${salts}${place}${first}`)),
  ),
);

/** By the letters of its name: the hash, whether it salts, where, and whether the password is hashed before. */
function wcf1eRecipe(type: string): string {
  const hash = type[5] === 'm' ? 'md5' : 'sha1';
  const inner = type[8] === '1' ? `${hash}($p)` : '$p';
  const once = type[6] === '0' ? '$p' : type[7] === 'a' ? `${inner}.$s` : `$s.${inner}`;
  return `${hash}($s.${hash}(${once}))`;
}

export const wcfDoubleBcrypt: Format = defineFormat({
  name: 'wcf_double_bcrypt',
  family: 'php',
  users: 2,
  layout: layout`${optional`wcf2:`}${bcryptBody}`,
  recipe: 'bcrypt(bcrypt($p))',
  looksLike: 'bcrypt',
  aliases: ['wcf2'],
  writers: 'WoltLab Burning Board 4; WoltLab Suite 2 to 5.3',
  traps: ['the 60 characters of the first bcrypt are the password of the second, with the same salt'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/DoubleBcrypt.class.php',
    'https://github.com/phpbb/phpbb/tree/3.3.x/phpBB/phpbb/passwords/driver/bcrypt_wcf2.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '$2a$08$hashcatohohohohohohohegk6PN.SFkoXxDIkacAGKFN9AF8nx.Hi' },
});

export const wcfPbkdf2: Format = defineFormat({
  name: 'wcf_pbkdf2',
  family: 'php',
  users: 4,
  layout: layout`${optional`Pbkdf2:`}${hex('hash')}:${text('salt', { not: ':' })}:${word('algorithm', ['sha256', 'sha512', 'sha384', 'sha224', 'sha1', 'md5'])}:${decimal('iterations', { min: 1 })}:${decimal('keylen', { min: 16 })}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations, $keylen)',
  writers: 'WoltLab Suite, of imports',
  traps: ['hash, salt, algorithm, iterations, length: in this order'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Pbkdf2.class.php',
  ],
  example: {
    password: 'correct horse battery staple',
    digest:
      '089a654beb7e2e70bf9f62dc802f7717a54c2d9a60865ed60a9bd69de4779e88:61a3c7490b4ddb4d67df8f963957a0eade4a51ff:sha256:1000:32',
  },
});

export const wcf1e: Format = defineFormat({
  name: 'wcf1e',
  family: 'php',
  users: 5,
  layout: oneOf(
    layout`${word('type', WCF1E)}:${hex('hash', { only: [16, 20] })}${optional`:${text('salt', { min: 1 })}`}`,
    layout`${hex('hash', { only: [16, 20] })}${optional`:${text('salt', { min: 1 })}`}`,
  ),
  recipe: { by: 'type', of: Object.fromEntries(WCF1E.map((type) => [type, wcf1eRecipe(type)])) },
  companions: { type: { field: word('type', WCF1E) }, salt: { field: text('salt', { min: 0 }) } },
  insecure: true,
  writers: 'WoltLab Burning Board 3 with other encryption options',
  traps: ['the letters of the type are the options; CRC-32 is one of them, and is not supported'],
  sources: [
    'https://github.com/WoltLab/WCF/tree/master/wcfsetup/install/files/lib/system/user/authentication/password/algorithm/Wcf1e.class.php',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '754e8a610f55d914e5099f36bc64d205',
    salt: '3a921ccee591d2da06367f5ded75e4fa63d0e025',
    params: { type: 'wcf1em1a0' },
  },
});
