/** The grammars of crypt(3), which other notations hold too. */
import {
  bcrypt64,
  decimal,
  des64,
  h64,
  h64Number,
  hex,
  type Layout,
  layout,
  log2,
  optional,
  special,
  type TextField,
  text,
  word,
} from '../../layout/index.js';

export const CRYPT_LETTERS = './0-9A-Za-z';

/** Of any text that a line of /etc/shadow may have. */
function salt(max: number): TextField {
  return text('salt', { min: 0, max, not: '$:\n' });
}

function letters(chars: number): TextField {
  return text('salt', { chars, of: CRYPT_LETTERS });
}

const SHA_ROUNDS = decimal('rounds', { min: 1000, max: 999_999_999, default: 5000, explicit: 'explicitRounds' });

function shaCrypt(id: '5' | '6', hashBytes: number): Layout {
  return layout`$${id}$${optional`rounds=${SHA_ROUNDS}$`}${salt(16)}$${h64('hash', hashBytes)}`;
}

export const SHA512_CRYPT: Layout = shaCrypt('6', 64);
export const SHA256_CRYPT: Layout = shaCrypt('5', 32);
export const MD5_CRYPT: Layout = layout`$1$${salt(8)}$${h64('hash', 16)}`;
export const APR_MD5_CRYPT: Layout = layout`$apr1$${salt(8)}$${h64('hash', 16)}`;
/** The first of 20 bytes is repeated as the 19th of 21. */
export const SHA1_CRYPT: Layout = layout`$sha1$${decimal('rounds')}$${text('salt', { min: 0, max: 64, of: CRYPT_LETTERS })}$${h64('hash', 21)}`;
/** Three spellings of the rounds. A "$" after the salt is hashed with it, as is the whole setting. */
export const SUN_MD5_CRYPTS: readonly { readonly setting: string; readonly layout: Layout; readonly recipe: string }[] =
  [
    { setting: 'comma', layout: sunMd5(',rounds='), recipe: sunMd5Recipe(',rounds=') },
    { setting: 'dollar', layout: sunMd5('$rounds='), recipe: sunMd5Recipe('$rounds=') },
    { setting: 'none', layout: layout`$md5$${sunMd5Tail()}`, recipe: "sun_md5_crypt($p, '$md5$'.$s.$saltEnd, 0)" },
  ];

function sunMd5Tail(): Layout {
  return layout`${text('salt', { not: '$' })}$${word('saltEnd', ['$', ''])}${h64('hash', 16)}`;
}

function sunMd5(mark: string): Layout {
  return layout`$md5${mark}${decimal('rounds', { min: 0 })}$${sunMd5Tail()}`;
}

function sunMd5Recipe(mark: string): string {
  return `sun_md5_crypt($p, '$md5${mark}'.$rounds.'$'.$s.$saltEnd, $rounds)`;
}

export const DES_CRYPT: Layout = layout`${letters(2)}${des64('hash', 8)}`;
export const BSDI_CRYPT: Layout = layout`_${h64Number('rounds', { digits: 4, min: 1 })}${letters(4)}${des64('hash', 8)}`;
export const SCRYPT_CRYPT: Layout = layout`$7$${log2('N', 'h64', { min: 1 })}${h64Number('r', { digits: 5 })}${h64Number('parallelism', { digits: 5 })}${text('salt', { min: 0, not: '$' })}$${h64('hash', 32)}`;
function yescrypt(id: string): Layout {
  return layout`$${id}$${special('yescrypt')}$${h64('salt', { min: 0, max: 64 })}$${h64('hash', 32)}`;
}

export const YESCRYPT: Layout = yescrypt('y');
export const GOST_YESCRYPT: Layout = yescrypt('gy');
export const BSD_NTHASH: Layout = layout`$3$$${hex('hash', 16)}`;
/** As the hasher `bcrypt` reads it. */
export const BCRYPT: Layout = layout`$${word('variant', ['2b', '2a', '2y', '2x', '2'])}$${decimal('cost', { digits: 2, min: 4, max: 31 })}$${bcrypt64('salt', 16)}${bcrypt64('hash', 23)}`;
