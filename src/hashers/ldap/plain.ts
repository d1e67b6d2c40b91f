/** {SHA}, {MD5} and their kin: the hash of the password alone, in Base64. */
import { anyCase, b64, hex, type Layout, layout, oneOf } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const SHA2_SOURCES = [
  'https://git.openldap.org/openldap/openldap/-/blob/master/contrib/slapd-modules/passwd/sha2/README',
];

/** The scheme is read in any case; Dovecot may say the encoding with it. */
function unsalted(scheme: string, hashBytes: number): Layout {
  return oneOf(
    layout`${anyCase(`{${scheme}}`)}${b64('hash', hashBytes)}`,
    layout`${anyCase(`{${scheme}.B64}`)}${b64('hash', hashBytes)}`,
    layout`${anyCase(`{${scheme}.HEX}`)}${hex('hash', hashBytes)}`,
  );
}

export const ldapSha1: Format = defineFormat({
  name: 'ldap_sha1',
  family: 'ldap',
  users: 1,
  layout: oneOf(unsalted('SHA', 20), unsalted('SHA1', 20)),
  recipe: 'sha1($p)',
  insecure: true,
  writers:
    'OpenLDAP, 389 Directory Server, Apache htpasswd -s, Zope, Spring LdapShaPasswordEncoder, Liferay 6; Dovecot as {SHA1}',
  traps: ['has no salt'],
  sources: [
    'https://www.openldap.org/doc/admin26/security.html',
    'https://httpd.apache.org/docs/2.4/misc/password_encryptions.html',
  ],
  example: { password: 'hashcat', digest: '{SHA}uJ6qx+YUFzQbcQtyd2gpTQ5qJ3s=' },
});

export const ldapMd5: Format = defineFormat({
  name: 'ldap_md5',
  family: 'ldap',
  users: 2,
  layout: oneOf(unsalted('MD5', 16), unsalted('LDAP-MD5', 16), layout`${anyCase('{PLAIN-MD5}')}${hex('hash', 16)}`),
  recipe: 'md5($p)',
  insecure: true,
  writers: 'OpenLDAP, 389 Directory Server, Jasypt, Netscape; Dovecot as {LDAP-MD5} and {PLAIN-MD5}',
  traps: ["Dovecot's {MD5} is MD5-crypt", "Roundup's {MD5} is hexadecimal"],
  sources: ['https://www.openldap.org/doc/admin26/security.html'],
  example: { password: 'hashcat', digest: '{MD5}h0O1IGPNhAl6ZdFjP1x09Q==' },
});

function sha2(bits: 256 | 384 | 512, digest: string): Format {
  return defineFormat({
    name: `ldap_sha${bits}`,
    family: 'ldap',
    users: 3,
    layout: unsalted(`SHA${bits}`, bits / 8),
    recipe: `sha${bits}($p)`,
    insecure: true,
    writers: 'OpenLDAP with pw-sha2, 389 Directory Server, Dovecot',
    traps: ['has no salt', ...(bits === 256 ? ["Zope's {SHA256} is hexadecimal: zope_sha256"] : [])],
    sources: SHA2_SOURCES,
    example: { password: 'hashcat', digest },
  });
}

export const ldapSha256: Format = sha2(256, '{SHA256}En5vv+JKdQ5ykwwiCo4TgnVla45dj0ipjDyS3yyrqTU=');
export const ldapSha384: Format = sha2(384, '{SHA384}Bzca8cofynxpQdI5nzYQ8eOSxWxtc/3f/jjxjEMKKBcCja4e8JrGg7YhSKLIdX9C');
export const ldapSha512: Format = sha2(
  512,
  '{SHA512}gqndqCnrf4/+n75J5F1H0trZZk+7et9ySS48gevT4pE02bwSISv4PGhA8Q6CRrnbVKSFm3zNASPYblhyweUILw==',
);

export const zopeSha256: Format = defineFormat({
  name: 'zope_sha256',
  family: 'ldap',
  users: 5,
  layout: layout`{SHA256}${hex('hash', 32)}`,
  recipe: 'sha256($p)',
  insecure: true,
  writers: 'Zope 4 and 5, Plone',
  traps: ["hexadecimal where LDAP's {SHA256} has Base64", 'Dovecot writes the same hash as {SHA256.HEX}'],
  sources: ['https://github.com/zopefoundation/AuthEncoding'],
  example: {
    password: 'hashcat',
    digest: '{SHA256}127e6fbfe24a750e72930c220a8e138275656b8e5d8f48a98c3c92df2caba935',
  },
});
