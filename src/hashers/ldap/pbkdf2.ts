/** {PBKDF2}, which means another layout in each product. */
import { ab64, anyCase, b64, bytes, decimal, hex, layout, oneOf, text, u32be, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

/** The first of a value is what OpenLDAP writes by default. */
const ALGORITHM = word(
  'algorithm',
  { '': 'sha1', '-SHA1': 'sha1', '-SHA256': 'sha256', '-SHA512': 'sha512' },
  { anyCase: true },
);
const HASH = { usual: 20, known: [20, 32, 64], partVerifies: true } as const;
const head = layout`${anyCase('{PBKDF2')}${ALGORITHM}}${decimal('iterations')}$`;

export const ldapPbkdf2: Format = defineFormat({
  name: 'ldap_pbkdf2',
  family: 'ldap',
  users: 2,
  layout: oneOf(
    layout`${head}${ab64('salt')}$${ab64('hash', HASH)}`,
    layout`${head}${b64('salt')}$${b64('hash', HASH)}`,
  ),
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'OpenLDAP with pw-pbkdf2; 389 Directory Server 2.x, whose default is {PBKDF2-SHA512}',
  traps: [
    'OpenLDAP writes "." for "+" and no padding, 389 standard Base64 with padding',
    '{PBKDF2} is SHA-1',
    'Dovecot and OpenDJ write other layouts under {PBKDF2}',
  ],
  sources: [
    'https://git.openldap.org/openldap/openldap/-/blob/master/contrib/slapd-modules/passwd/pbkdf2/README',
    'https://passlib.readthedocs.io/en/stable/lib/passlib.hash.ldap_pbkdf2_digest.html',
    'https://github.com/389ds/389-ds-base/blob/main/src/plugins/pwdchan/src/lib.rs',
  ],
  example: {
    password: 'hashcat',
    digest: '{PBKDF2-SHA256}29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP9A',
  },
});

export const ldap389Pbkdf2Sha256: Format = defineFormat({
  name: 'ldap_389_pbkdf2_sha256',
  family: 'ldap',
  users: 2,
  layout: layout`${anyCase('{PBKDF2_SHA256}')}${b64(u32be('iterations', { min: 1 }), bytes('salt', 64), bytes('hash', 256))}`,
  recipe: 'pbkdf2_sha256($p, $s, $iterations)',
  writers: '389 Directory Server 1.3.6 to 2.0, FreeIPA, Red Hat Directory Server 11',
  traps: ['"_" where the later scheme {PBKDF2-SHA256} has "-"', '256 bytes of hash, of which hashcat compares 32'],
  sources: ['https://github.com/389ds/389-ds-base/blob/main/ldap/servers/plugins/pwdstorage/pbkdf2_pwd.c'],
  example: {
    password: 'correct horse battery staple',
    digest:
      '{PBKDF2_SHA256}AAAgAECkF9vwghhare/DFNJZOjZRsLdk92b5jCGqUsCweOpaMNNKFhOIPHlAiRqFf/NCFEeL5UBNwu3ha18Twox2gwQ1+G5sbe8yEA+SNmdYmR9/utVtz2EtY5UcPfSbH0Jx3qB+4JPLIRLUozf1j64t9BrdVU8OieC40QiMbm4qaUhgMVTZHVy2yOdvMkqH0wHx0udLF7hPXuW7b8WK1qqVbFq3L93UFH5Nxp+DMQwLWA5VxKbCODGozJruGj/vm076Pajghd4556wXIVojBmCPGORf+S0sFS0YAEJyaGaXJ6QqhC/HuInnecACCF/EJkiwHwOwQcbw4h90I7AEMlhPjj8PLtTgfJtThkKottavTuQemybcb1/vcIY3dYF7jXTtDYunxPF/ttEFiYu072fUN9BzQ3yJlPEmRsIuQ8sX/10U',
  },
});

export const dovecotPbkdf2: Format = defineFormat({
  name: 'dovecot_pbkdf2',
  family: 'ldap',
  users: 4,
  layout: layout`{PBKDF2}$1$${text('salt', { not: '$' })}$${decimal('iterations')}$${hex('hash', 20)}`,
  recipe: 'pbkdf2_sha1($p, $s, $iterations)',
  writers: 'Dovecot',
  traps: ["OpenLDAP's and 389's {PBKDF2} are other layouts", 'the salt is taken as text'],
  sources: ['https://github.com/dovecot/core/blob/main/src/lib-auth/password-scheme-pbkdf2.c'],
  example: {
    password: 'test',
    digest: '{PBKDF2}$1$bUnT4Pl7yFtYX0KU$5000$50a83cafdc517b9f46519415e53c6a858908680a',
  },
});
