/** MediaWiki. */
import { b64, bcrypt64, decimal, hex, layout, mark, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { argon2Body, argon2Recipes } from '../templates/bodies.js';

export const mediawikiPbkdf2: Format = defineFormat({
  name: 'mediawiki_pbkdf2',
  family: 'php',
  users: 1,
  layout: layout`:pbkdf2:${word('algorithm', ['sha512', 'sha256', 'sha384', 'sha224', 'sha1', 'md5'])}:${decimal('iterations', { min: 1 })}:${decimal('keylen', { min: 1 })}:${b64('salt')}:${b64('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations, $keylen)',
  writers: 'MediaWiki 1.24 and later',
  traps: ['a NUL in the password counts'],
  sources: [
    'https://github.com/wikimedia/mediawiki/tree/master/includes/password/Pbkdf2PasswordUsingHashExtension.php',
  ],
  example: { password: 'password', digest: ':pbkdf2:sha1:1:20:c2FsdA==:DGDID5YfDnHzqbUkr2ASBi/gN6Y=' },
});

export const mediawikiB: Format = defineFormat({
  name: 'mediawiki_b',
  family: 'php',
  users: 2,
  layout: oneOf(
    layout`:B:${text('salt', { not: ':', min: 0 })}:${hex('hash', 16)}`,
    layout`$B$${text('salt', { not: '$', min: 0 })}$${hex('hash', 16)}`,
  ),
  recipe: "md5($s.'-'.md5($p))",
  insecure: true,
  writers: 'MediaWiki 1.13 to 1.23',
  traps: ['there is a hyphen between salt and hash'],
  sources: [
    'https://github.com/wikimedia/mediawiki/tree/master/includes/password/MWSaltedPassword.php',
    'https://hashcat.net/wiki/doku.php?id=example_hashes',
  ],
  example: { password: 'hashcat', digest: '$B$2152187716$8c8b39c3602b194eeeb6cac78eea2742' },
});

export const mediawikiA: Format = defineFormat({
  name: 'mediawiki_a',
  family: 'php',
  users: 4,
  layout: oneOf(
    layout`:A:${hex('hash', 16)}${mark('scheme', 'plain')}`,
    layout`:A:${text('salt', { not: ':' })}:${hex('hash', 16)}${mark('scheme', 'salted')}`,
  ),
  recipe: { by: 'scheme', of: { plain: 'md5($p)', salted: "md5($s.'-'.md5($p))" } },
  insecure: true,
  writers: 'MediaWiki with wgPasswordSalt off',
  traps: ['with a salt it is a digest of type B under the wrong letter'],
  sources: ['https://github.com/wikimedia/mediawiki/tree/master/includes/password/MWOldPassword.php'],
  example: { password: 'hashcat', digest: ':A:8743b52063cd84097a65d1633f5c74f5' },
});

export const mediawikiBcrypt: Format = defineFormat({
  name: 'mediawiki_bcrypt',
  family: 'php',
  users: 4,
  layout: layout`:bcrypt:${decimal('cost', { min: 4, max: 31 })}$${bcrypt64('salt', 16)}$${bcrypt64('hash', 23)}`,
  recipe: "bcrypt($p, $s, $cost, '2y')",
  writers: 'MediaWiki with the password type bcrypt',
  traps: ['the cost has no leading zero, and "$" is between salt and hash'],
  sources: ['https://github.com/wikimedia/mediawiki/tree/master/includes/password/BcryptPassword.php'],
  example: { password: 'U*U*', digest: ':bcrypt:5$CCCCCCCCCCCCCCCCCCCCC.$VGOzA784oUp/Z0DY336zx7pLYAy0lwK' },
});

export const mediawikiArgon2: Format = defineFormat({
  name: 'mediawiki_argon2',
  family: 'php',
  users: 3,
  layout: layout`:argon2:${argon2Body}`,
  recipe: argon2Recipes('$p'),
  writers: 'MediaWiki 1.33 and later with the password type argon2',
  sources: ['https://github.com/wikimedia/mediawiki/tree/master/includes/password/Argon2Password.php'],
  example: {
    password: 'correct horse battery staple',
    digest: ':argon2:$argon2id$v=19$m=64,t=1,p=1$CRLWX57sagi/01MzjCkKJQ$xkU4wOE3IkipPQjGgXv7AS1lixMQu/WFTGGyczt60Jw',
  },
});
