/** Notations in which Ory Kratos imports digests. https://www.ory.sh/docs/kratos/manage-identities/import-user-accounts-identities */
import { b64, decimal, h64, type Layout, layout, mark, oneOf, optional, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SOURCE = 'https://github.com/ory/kratos/blob/master/hash/hash_comparator.go';
const TEMPLATE = 'the part after pf= is Base64 of a text with {SALT} and {PASSWORD}';
const TEMPLATED = layout`pf=${b64('template')}$${b64('salt')}$`;

export const kratosMd5: Format = defineFormat({
  name: 'kratos_md5',
  family: 'identity-providers',
  users: 3,
  layout: oneOf(
    layout`$md5$${TEMPLATED}${b64('hash', 16)}${mark('form', 'template')}`,
    layout`$md5$${b64('hash', 16)}${mark('form', 'plain')}`,
  ),
  recipe: { by: 'form', of: { plain: 'md5($p)', template: 'md5(fill_template($template, $s, $p))' } },
  insecure: true,
  writers: 'imports into Ory Kratos',
  traps: [TEMPLATE],
  sources: [SOURCE],
  example: { password: 'ory', digest: '$md5$ptoWyof5SobW+pbZu2QXoQ==' },
});

export const kratosSha: Format = defineFormat({
  name: 'kratos_sha',
  family: 'identity-providers',
  users: 3,
  layout: oneOf(
    layout`$sha1$${TEMPLATED}${b64('hash', 20)}${mark('algorithm', 'sha1')}`,
    layout`$sha256$${TEMPLATED}${b64('hash', 32)}${mark('algorithm', 'sha256')}`,
    layout`$sha512$${TEMPLATED}${b64('hash', 64)}${mark('algorithm', 'sha512')}`,
  ),
  recipe: 'H($algorithm, fill_template($template, $s, $p))',
  insecure: true,
  writers: 'imports into Ory Kratos',
  traps: [TEMPLATE],
  sources: [SOURCE],
  example: {
    password: 'test',
    digest: '$sha1$pf=e1NBTFR9e1BBU1NXT1JEfQ==$NW9wbWtnejAzcg==$2qU2SGWP8viTM1md3FiI3+rjWXQ=',
  },
});

export const kratosScrypt: Format = defineFormat({
  name: 'kratos_scrypt',
  family: 'identity-providers',
  users: 3,
  layout: layout`$scrypt$ln=${decimal('N', { min: 64 })},r=${decimal('r', { min: 1 })},p=${decimal('parallel', { min: 1 })}$${b64('salt')}$${b64('hash')}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  writers: 'Ory Kratos, imports into it',
  traps: ['ln is N itself, not its logarithm; under 64 it can only be the logarithm, as in passlib_scrypt'],
  sources: [SOURCE],
  example: {
    password: 'test',
    digest:
      '$scrypt$ln=16384,r=8,p=1$2npRo7P03Mt8keSoMbyD/tKFWyUzjiQf2svUaNDSrhA=$MiCzNcIplSMqSBrm4HckjYqYhaVPPjTARTzwB1cVNYE=',
  },
});

export const kratosHmac: Format = defineFormat({
  name: 'kratos_hmac',
  family: 'identity-providers',
  users: 4,
  layout: layout`$hmac-${word('algorithm', ['sha256', 'sha512', 'sha1', 'md5', 'sha224', 'sha384', 'md4'])}$${b64('hash', { only: [32, 40, 56, 64, 96, 128], hexText: true })}$${b64('salt')}`,
  recipe: 'lc(hmac($algorithm, $s, $p))',
  insecure: true,
  writers: 'imports into Ory Kratos',
  traps: ['the hash is Base64 of hexadecimal', 'what follows the hash is the key'],
  sources: [SOURCE],
  example: { password: 'test', digest: '$hmac-md4$MWQ5ZTI4Nzc2Zjg4YmE2MTQ5YjQ0OTMyOGE4NWU4YjA=$MTIzNDU=' },
});

const CRYPT_SALT = { not: '$:\n' } as const;

function shaCrypt(algorithm: 'sha256' | 'sha512', size: number): Layout {
  return layout`$${algorithm}-crypt$${optional`rounds=${decimal('rounds', { min: 1000, max: 999_999_999, default: 5000 })}$`}${text('salt', { ...CRYPT_SALT, max: 16 })}$${h64('hash', size)}${mark('scheme', algorithm)}`;
}

export const kratosCrypt: Format = defineFormat({
  name: 'kratos_crypt',
  family: 'identity-providers',
  users: 4,
  layout: oneOf(
    layout`$md5-crypt$${text('salt', { ...CRYPT_SALT, min: 0, max: 8 })}$${h64('hash', 16)}${mark('scheme', 'md5')}`,
    shaCrypt('sha256', 32),
    shaCrypt('sha512', 64),
  ),
  recipe: {
    by: 'scheme',
    of: {
      md5: 'md5_crypt($p, $s)',
      sha256: 'sha256_crypt($p, $s, $rounds)',
      sha512: 'sha512_crypt($p, $s, $rounds)',
    },
  },
  writers: 'imports into Ory Kratos',
  traps: ['crypt(3) under another name'],
  sources: [SOURCE],
  example: { password: 'test', digest: '$md5-crypt$TVEiiKNb$SN6/pUaRQS/E8Jh46As2C/' },
});
