/** The scrypt gem: N, r and p in hexadecimal. */
import { hex, hexNumber, layout, mark, oneOf, text } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const NUMBERS = layout`${hexNumber('N', { min: 2 })}$${hexNumber('r', { min: 1 })}$${hexNumber('parallel', { min: 1 })}$`;

/** 8 to 32, and not the 40 letters of the old form. */
const SALT_BYTES = Array.from({ length: 25 }, (_, i) => i + 8).filter((size) => size !== 20);

export const scryptGem: Format = defineFormat({
  name: 'scrypt_gem',
  family: 'ruby',
  users: 3,
  layout: oneOf(
    layout`${NUMBERS}${text('scryptSalt', { chars: 40, of: '0-9a-f' })}${mark('form', 'old')}$${hex('hash', 20)}`,
    layout`${NUMBERS}${hex('scryptSalt', { only: SALT_BYTES })}${mark('form', 'new')}$${hex('hash')}`,
  ),
  recipe: {
    by: 'form',
    of: {
      old: "sha1(scrypt_raw($p.$s, hex_number($N).'$'.hex_number($r).'$'.hex_number($parallel).'$'.$scryptSalt, $N, $r, $parallel, 256))",
      new: 'scrypt($p.$s, skip_zeros($scryptSalt), $N, $r, $parallel)',
    },
  },
  companions: { salt: { field: text('salt', { min: 0 }), default: '' } },
  writers: 'the scrypt gem; Authlogic 3.4 and later, which appends its password_salt to the password',
  traps: [
    'numbers are hexadecimal',
    'zero bytes at the start of the salt are dropped',
    'a salt of 40 letters is the old form: SHA-1 of 256 bytes over the text before the hash',
  ],
  sources: ['https://github.com/pbhogan/scrypt/blob/master/lib/scrypt/engine.rb'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '10$8$1$75c3546e2dc8e4afa63d65363c481a07fea5cbf40f74ba02423321a2018b53e8$569c9073984e56d73750fd331c19e12b8a84076919c10f719394ca36475f1bc5',
  },
});
