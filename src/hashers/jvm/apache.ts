/** Shiro and Jackrabbit Oak. */
import { b64, decimal, hex, layout, oneOf, optional, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { argon2Body, bcryptBody } from '../templates/bodies.js';

const ITERATED = {
  by: 'algorithm',
  of: {
    sha256: 'iterate($iterations, $pepper.$s.$p, sha256_raw($x))',
    sha512: 'iterate($iterations, $pepper.$s.$p, sha512_raw($x))',
    sha1: 'iterate($iterations, $pepper.$s.$p, sha1_raw($x))',
    md5: 'iterate($iterations, $pepper.$s.$p, md5_raw($x))',
    sha384: 'iterate($iterations, $pepper.$s.$p, sha384_raw($x))',
  },
} as const;
const SHIRO_NAMES = {
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'SHA-1': 'sha1',
  MD5: 'md5',
  'SHA-384': 'sha384',
} as const;

export const shiro1: Format = defineFormat({
  name: 'shiro1',
  family: 'jvm',
  users: 2,
  layout: layout`$shiro1$${word('algorithm', SHIRO_NAMES)}$${decimal('iterations', { min: 1 })}$${b64('salt', { min: 0 })}$${b64('hash')}`,
  recipe: ITERATED,
  companions: { pepper: { field: text('pepper', { min: 0 }), default: '' } },
  writers: 'Apache Shiro 1.2 and later, Sonatype Nexus 3',
  traps: ['a private salt, if configured, goes before the public one'],
  sources: [
    'https://github.com/apache/shiro/blob/main/crypto/hash/src/main/java/org/apache/shiro/crypto/hash/format/Shiro1CryptFormat.java',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '$shiro1$SHA-256$500$PXHezQO+EQUT4JJq0o6+ww==$hUv/+AgDhJNDHHF6aaiR+14aUfFHWGeS6poCE4pnH08=',
  },
});

export const shiro2: Format = defineFormat({
  name: 'shiro2',
  family: 'jvm',
  users: 4,
  layout: oneOf(
    layout`$shiro2${argon2Body}`,
    layout`$shiro2${bcryptBody}${{ kind: 'mark', field: 'type', value: 'bcrypt' } as const}`,
    layout`$shiro1${argon2Body}`,
  ),
  recipe: {
    by: 'type',
    of: {
      argon2id: 'argon2id($p, $s, $m, $t, $lanes)',
      argon2i: 'argon2i($p, $s, $m, $t, $lanes)',
      bcrypt: 'bcrypt($p)',
    },
  },
  writers: 'Apache Shiro 2',
  traps: ['$shiro1$argon2id$ occurs'],
  sources: [
    'https://github.com/apache/shiro/blob/main/crypto/hash/src/main/java/org/apache/shiro/crypto/hash/format/Shiro2CryptFormat.java',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '$shiro2$2y$04$UY7aq9wY3lCE7HGh1GAsa.aaNhK3mKdocd7jkkr0iCBUp9ygTTX6K',
  },
});

const OAK_DIGESTS = {
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'SHA-1': 'sha1',
  'SHA-384': 'sha384',
  MD5: 'md5',
} as const;
const OAK_PBKDF2 = {
  PBKDF2WithHmacSHA1: 'pbkdf2_sha1',
  PBKDF2WithHmacSHA256: 'pbkdf2_sha256',
  PBKDF2WithHmacSHA512: 'pbkdf2_sha512',
} as const;
const COUNT = optional`${decimal('iterations', { min: 1, default: 1 })}-`;

export const oakPassword: Format = defineFormat({
  name: 'oak_password',
  family: 'jvm',
  users: 3,
  layout: oneOf(
    layout`{${word('algorithm', OAK_DIGESTS)}}${text('salt', { min: 1, of: '0-9a-f' })}-${COUNT}${hex('hash')}`,
    layout`{${word('algorithm', OAK_PBKDF2)}}${hex('salt')}-${COUNT}${hex('hash')}`,
  ),
  recipe: {
    by: 'algorithm',
    of: {
      sha256: 'iterate($iterations, $s.$p, sha256_raw($x))',
      sha512: 'iterate($iterations, $s.$p, sha512_raw($x))',
      sha1: 'iterate($iterations, $s.$p, sha1_raw($x))',
      sha384: 'iterate($iterations, $s.$p, sha384_raw($x))',
      md5: 'iterate($iterations, $s.$p, md5_raw($x))',
      pbkdf2_sha1: 'pbkdf2_sha1($p, $s, $iterations)',
      pbkdf2_sha256: 'pbkdf2_sha256($p, $s, $iterations)',
      pbkdf2_sha512: 'pbkdf2_sha512($p, $s, $iterations)',
    },
  },
  writers: 'Adobe Experience Manager, Jackrabbit Oak, Sling',
  traps: ['the salt of a digest is its hexadecimal text, the salt of PBKDF2 its bytes', 'without iterations it is one'],
  sources: [
    'https://github.com/apache/jackrabbit-oak/blob/trunk/oak-security-spi/src/main/java/org/apache/jackrabbit/oak/spi/security/user/util/PasswordUtil.java',
  ],
  example: {
    password: 'correct horse battery staple',
    digest: '{SHA-256}d44beff56b0656fb-d8951decdccfa2b6f6c66ae3580697e44bf6e8292caff089554b6efae46fd4d8',
  },
});
