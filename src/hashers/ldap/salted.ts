/** {SSHA256} and its kin: the hash of password and salt, then the salt, in one run of Base64. {SSHA} is `ldap_ssha`. */
import { anyCase, b64, bytes, hex, layout, oneOf } from '../../layout/index.js';
import { defineFormat, type Format, type Spread } from '../format.js';

const WRITERS = 'OpenLDAP (SHA-2 with pw-sha2), 389 Directory Server, Dovecot, OpenDJ';
const SOURCES = [
  'https://www.openldap.org/doc/admin26/security.html',
  'https://git.openldap.org/openldap/openldap/-/blob/master/contrib/slapd-modules/passwd/sha2/README',
];

function salted(hash: string, hashBytes: number, users: Spread, writers: string, digest: string): Format {
  const scheme = `S${hash.toUpperCase()}`;
  const parts = [bytes('hash', hashBytes), bytes('salt')];
  return defineFormat({
    name: `ldap_salted_${hash}`,
    family: 'ldap',
    users,
    layout: oneOf(
      layout`${anyCase(`{${scheme}}`)}${b64(...parts)}`,
      layout`${anyCase(`{${scheme}.B64}`)}${b64(...parts)}`,
      layout`${anyCase(`{${scheme}.HEX}`)}${hex(...parts)}`,
    ),
    recipe: `${hash}($p.$s)`,
    insecure: true,
    writers,
    traps: ['the salt is of any length, to the end: 4 bytes of Dovecot, 8 of OpenLDAP and 389, 16 of others'],
    sources: SOURCES,
    example: { password: 'correct horse battery staple', digest },
  });
}

export const ldapSaltedMd5: Format = salted(
  'md5',
  16,
  2,
  `${WRITERS}, Jasypt, Mozilla`,
  '{SMD5}tqeT+GFwH7gCsxwUYuQ1itbgc44=',
);
export const ldapSaltedSha256: Format = salted(
  'sha256',
  32,
  1,
  `${WRITERS}, Elasticsearch`,
  '{SSHA256}XdpYnneW+wX1mzSUfiHCrRa6SdK6budwvxIOMWOo/pTW4HOO',
);
export const ldapSaltedSha384: Format = salted(
  'sha384',
  48,
  3,
  WRITERS,
  '{SSHA384}T85TL4OHwCGs185lsWiQu9ZfWjDVwRaEjnyjE/yCqBFnMK9jf5BSoqhztOzK5tPHR7z/QfNuiaM=',
);
export const ldapSaltedSha512: Format = salted(
  'sha512',
  64,
  1,
  WRITERS,
  '{SSHA512}2ZY84GUIeZTkdiChq0FBnfYfefwldsyVmxJuHdzQlmWuI61N7ny2ClsgRiEfnVLGBETraJ7aJqgtqWJGLBHhqtbgc44=',
);
