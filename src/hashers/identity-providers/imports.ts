/** What goes into import files, and columns that identity providers export. */
import { b64, decimal, layout, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';

const PRFS = {
  sha256: 'sha256',
  sha1: 'sha1',
  sha512: 'sha512',
  sha224: 'sha224',
  sha384: 'sha384',
  md5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'pbkdf2-sha256': 'sha256',
  'pbkdf2-sha512': 'sha512',
  pbkdf2: 'sha1',
} as const;

export const pbkdf2B64Columns: Format = defineFormat({
  name: 'pbkdf2_b64_columns',
  family: 'identity-providers',
  users: 2,
  layout: layout`${b64('hash')}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  companions: {
    salt: { field: b64('salt') },
    algorithm: { field: word('algorithm', PRFS) },
    iterations: { field: decimal('iterations', { min: 1 }) },
  },
  writers: 'Keycloak, ASP.NET, FusionAuth (salted-pbkdf2-hmac-sha256)',
  traps: ['algorithm "pbkdf2" of Keycloak is SHA-1', 'FusionAuth has hashes of 32 and of 64 bytes'],
  sources: [
    'https://github.com/keycloak/keycloak/tree/main/server-spi-private/src/main/java/org/keycloak/credential/hash',
    'https://github.com/FusionAuth/fusionauth-contrib',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: 'e1u5gtqhJVzCozJwhRHwqdcyuX0yvILcNCwQ4zT354w=',
    salt: 'afjGGbIOkMcDXAefy8JYJg==',
    params: { algorithm: 'sha1', iterations: 10 },
  },
});

export const stytchScrypt: Format = defineFormat({
  name: 'stytch_scrypt',
  family: 'identity-providers',
  users: 4,
  layout: layout`${b64('hash', 32)}`,
  recipe: 'scrypt($p, url_letters($s), 32768, 8, 1)',
  companions: { salt: { field: text('salt') } },
  looksLike: 'pbkdf2_b64_columns',
  writers: 'Stytch exports',
  traps: ['the salt is the text of URL-safe Base64, padding too, not its bytes'],
  sources: ['https://github.com/FusionAuth/fusionauth-contrib'],
  example: {
    password: 'correct horse battery staple',
    digest: 'eKDxWAALXl6itHsP8jAvyzspX2QvrUWXbHyiV0GUA8g=',
    salt: 'afjGGbIOkMcDXAefy8JYJi6rGyqLrw==',
  },
});

export const scryptHashcat: Format = defineFormat({
  name: 'scrypt_hashcat',
  family: 'identity-providers',
  users: 3,
  layout: layout`SCRYPT:${decimal('N', { min: 2 })}:${decimal('r', { min: 1 })}:${decimal('parallel', { min: 1 })}:${b64('salt')}:${b64('hash')}`,
  recipe: 'scrypt($p, $s, $N, $r, $parallel)',
  writers: 'hashcat and tools around it',
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: {
    password: 'hashcat',
    digest: 'SCRYPT:16384:8:1:OTEyNzU0ODg=:Cc8SPjRH1hFQhuIPCdF51uNGtJ2aOY/isuoMlMUsJ8c=',
  },
});

export const pbkdf2Hashcat: Format = defineFormat({
  name: 'pbkdf2_hashcat',
  family: 'identity-providers',
  users: 3,
  layout: layout`${word('algorithm', ['sha256', 'sha1', 'sha512', 'md5'])}:${decimal('iterations', { min: 1 })}:${b64('salt')}:${b64('hash', { min: 8 })}`,
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  writers: 'hashcat and tools around it, applications of their own',
  sources: ['https://hashcat.net/wiki/doku.php?id=example_hashes'],
  example: { password: 'hashcat', digest: 'sha256:1000:NjI3MDM3:vVfavLQL9ZWjg8BUMq6/FB8FtpkIGWYk' },
});

export const passwapMd5salted: Format = defineFormat({
  name: 'passwap_md5salted',
  family: 'identity-providers',
  users: 4,
  layout: layout`$md5salted-${word('order', ['prefix', 'suffix'])}$${text('salt', { not: '$' })}$${b64('hash', 16)}`,
  recipe: { by: 'order', of: { prefix: 'md5($s.$p)', suffix: 'md5($p.$s)' } },
  insecure: true,
  writers: 'imports into Zitadel',
  traps: ['the salt is text although it may look like Base64'],
  sources: ['https://github.com/zitadel/passwap/tree/main/md5salted'],
  example: { password: 'Test1000!', digest: '$md5salted-suffix$c2FsdA==$R58+SD/95ORa9VZ9BPS5FA==' },
});
