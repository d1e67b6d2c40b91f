/** PHC strings of JavaScript packages. https://github.com/P-H-C/phc-string-format */
import { b64n, decimal, layout, optional, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const pbkdf2Layout = layout`$pbkdf2-${word('algorithm', ['sha512', 'sha256', 'sha1', 'sha224', 'sha384'])}$i=${decimal('iterations', { min: 1 })}${optional`,l=${decimal('length', { min: 1 })}`}$${b64n('salt')}$${b64n('hash')}`;

export const phcPbkdf2: Format = defineFormat({
  name: 'phc_pbkdf2',
  family: 'javascript',
  users: 2,
  layout: pbkdf2Layout,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: '@phc/pbkdf2, RustCrypto, files for Auth0',
  traps: ['Kratos reads sha224 and sha384 as SHA3: kratos_pbkdf2'],
  sources: ['https://github.com/simonepri/phc-pbkdf2'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$pbkdf2-sha512$i=1$yZ1OzmPwqXTT2nkHMS6K/Q$bwkRiG0PDir9bIghUbrBnhSC03z+irkOUN1e02iViRzMhEzrhDqm3M8ax6LJOqS2LkWTWJYK2AX77KNTwHAjDw',
  },
});

export const kratosPbkdf2: Format = defineFormat({
  name: 'kratos_pbkdf2',
  family: 'identity-providers',
  users: 2,
  layout: pbkdf2Layout,
  recipe: {
    by: 'algorithm',
    of: {
      sha512: 'pbkdf2_sha512($p, $s, $iterations)',
      sha256: 'pbkdf2_sha256($p, $s, $iterations)',
      sha1: 'pbkdf2_sha1($p, $s, $iterations)',
      sha224: 'pbkdf2_sha3_224($p, $s, $iterations)',
      sha384: 'pbkdf2_sha3_384($p, $s, $iterations)',
    },
  },
  looksLike: 'phc_pbkdf2',
  writers: 'Ory Kratos, imports into it',
  traps: ['sha224 and sha384 are SHA3-224 and SHA3-384'],
  sources: ['https://github.com/ory/kratos/blob/master/hash/hash_comparator.go'],
  example: {
    password: 'test',
    digest:
      '$pbkdf2-sha256$i=100000,l=32$1jP+5Zxpxgtee/iPxGgOz0RfE9/KJuDElP1ley4VxXc$QJxzfvdbHYBpydCbHoFg3GJEqMFULwskiuqiJctoYpI',
  },
});

export const phcBcrypt: Format = defineFormat({
  name: 'phc_bcrypt',
  family: 'javascript',
  users: 3,
  layout: layout`$bcrypt$v=98$r=${decimal('cost', { min: 4, max: 31 })}$${b64n('salt', 16)}$${b64n('hash', 23)}`,
  recipe: 'bcrypt($p)',
  writers: 'AdonisJS 5 and later, @phc/bcrypt',
  traps: ['Base64 where bcrypt has letters of its own', 'v is the letter "b" of $2b$ as a number'],
  sources: ['https://github.com/adonisjs/hash/blob/develop/src/drivers/bcrypt.ts'],
  example: {
    password: 'correct horse battery staple',
    digest: '$bcrypt$v=98$r=4$ySRJ7pgGIbEs8fsQwFWABw$hL/VzlLH0/Z9S3UI5i82HrIv5X3be2M',
  },
});

export const adonisScrypt: Format = defineFormat({
  name: 'adonis_scrypt',
  family: 'javascript',
  users: 3,
  layout: layout`$scrypt$n=${decimal('N', { min: 2 })},r=${decimal('r', { min: 1 })},p=${decimal('parallel', { min: 1 })}$${b64n('salt')}$${b64n('hash')}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  writers: 'AdonisJS',
  traps: ['n is N; passlib writes its logarithm as ln'],
  sources: ['https://github.com/adonisjs/hash/blob/develop/src/drivers/scrypt.ts'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '$scrypt$n=16,r=8,p=1$6I3dqDbWlHiANuiVS7mnkg$ofcjbfPFX+R/YgxrMlLuyMi9tl7xmax8tJGqJ7z4udo/ZMSjdRqE4Ze7HE57u8k7om8K6O/8u6kAXTvWptzNBg',
  },
});
