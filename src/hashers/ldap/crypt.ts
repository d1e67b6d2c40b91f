/** {CRYPT}: whatever crypt(3) of the server writes. */
import { anyCase, type Layout, layout, mark, oneOf } from '../../layout/index.js';
import {
  APR_MD5_CRYPT,
  BCRYPT,
  BSD_NTHASH,
  BSDI_CRYPT,
  DES_CRYPT,
  GOST_YESCRYPT,
  MD5_CRYPT,
  SCRYPT_CRYPT,
  SHA1_CRYPT,
  SHA256_CRYPT,
  SHA512_CRYPT,
  SUN_MD5_CRYPTS,
  YESCRYPT,
} from '../crypt/layouts.js';
import { defineFormat, type Format } from '../format.js';

/** The most common first. */
const SCHEMES: readonly (readonly [string, Layout, string])[] = [
  ['sha512_crypt', SHA512_CRYPT, 'sha512_crypt($p, $s, $rounds)'],
  ['md5_crypt', MD5_CRYPT, 'md5_crypt($p, $s)'],
  ['sha256_crypt', SHA256_CRYPT, 'sha256_crypt($p, $s, $rounds)'],
  ['bcrypt', BCRYPT, 'bcrypt($p, $s, $cost, $variant)'],
  ['yescrypt', YESCRYPT, 'yescrypt($p, $s)'],
  ['gost_yescrypt', GOST_YESCRYPT, 'gost_yescrypt($p, $s)'],
  ['apr_md5_crypt', APR_MD5_CRYPT, "md5_crypt($p, $s, '$apr1$')"],
  ['sha1_crypt', SHA1_CRYPT, 'sha1_crypt($p, $s, $rounds)'],
  ['scrypt_crypt', SCRYPT_CRYPT, 'scrypt($p, $s, $N, $r, $parallelism)'],
  ...SUN_MD5_CRYPTS.map((one) => [`sun_md5_crypt_${one.setting}`, one.layout, one.recipe] as const),
  ['bsd_nthash', BSD_NTHASH, 'md4(utf16($p))'],
  ['bsdi_crypt', BSDI_CRYPT, 'bsdi_crypt($p, $s, $rounds)'],
  ['des_crypt', DES_CRYPT, 'des_crypt($p, $s)'],
];

/** What Dovecot and 389 Directory Server call a scheme of crypt(3). */
const NAMED: readonly (readonly [string, string])[] = [
  ['{SHA512-CRYPT}', 'sha512_crypt'],
  ['{SHA256-CRYPT}', 'sha256_crypt'],
  ['{MD5-CRYPT}', 'md5_crypt'],
  ['{MD5}', 'md5_crypt'],
  ['{BLF-CRYPT}', 'bcrypt'],
  ['{DES-CRYPT}', 'des_crypt'],
  ['{GOST_YESCRYPT}', 'gost_yescrypt'],
];

function named(label: string, scheme: string, inner: Layout): Layout {
  return layout`${anyCase(label)}${mark('scheme', scheme)}${inner}`;
}

export const ldapCrypt: Format = defineFormat({
  name: 'ldap_crypt',
  family: 'ldap',
  users: 1,
  layout: oneOf(
    ...SCHEMES.map(([scheme, inner]) => named('{CRYPT}', scheme, inner)),
    ...NAMED.flatMap(([label, wanted]) =>
      SCHEMES.filter(([scheme]) => scheme === wanted).map(([scheme, inner]) => named(label, scheme, inner)),
    ),
  ),
  recipe: { by: 'scheme', of: Object.fromEntries(SCHEMES.map(([scheme, , recipe]) => [scheme, recipe])) },
  writers:
    'OpenLDAP, 389 Directory Server, FreeIPA imports, tools of Samba; Dovecot, mailcow and Modoboa as {SHA512-CRYPT}, {BLF-CRYPT} and others',
  traps: [
    'any scheme of crypt(3) of the server: bcrypt and yescrypt too',
    '389 writes {crypt} in small letters',
    "Dovecot's {MD5} is MD5-crypt",
  ],
  sources: [
    'https://www.openldap.org/doc/admin26/security.html',
    'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.ldap_crypt.html',
  ],
  example: {
    password: 'Hello world!',
    digest:
      '{CRYPT}$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  },
});
