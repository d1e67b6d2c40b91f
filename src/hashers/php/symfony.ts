/** Symfony's hashers whose parameters are in security.yaml. */
import { b64, decimal, hex, layout, oneOf, text, word } from '../../layout/index.js';
import { defineFormat, type Format } from '../format.js';
import { bcryptBody } from '../templates/bodies.js';

const HASHES = { only: [16, 20, 28, 32, 48, 64] };
const algorithm = { field: word('algorithm', ['sha512', 'sha256', 'sha384', 'sha224', 'sha1', 'md5']) };
const iterations = { field: decimal('iterations', { min: 1 }) };
const salt = { field: text('salt', { min: 0, not: '{}' }), optional: true } as const;

export const symfonyMessageDigest: Format = defineFormat({
  name: 'symfony_message_digest',
  family: 'php',
  users: 2,
  layout: oneOf(layout`${hex('hash', HASHES)}`, layout`${b64('hash', HASHES)}`),
  recipe: 'iterate($iterations - 1, H_raw($algorithm, $p.braced($s)), H_raw($algorithm, $x.$p.braced($s)))',
  companions: { algorithm, iterations, salt },
  insecure: true,
  writers: 'Symfony 2 to 6; FOSUserBundle',
  traps: [
    'a salt is put in braces after the password; without one they are left out',
    'Base64 or hexadecimal, algorithm and iterations are in security.yaml',
  ],
  sources: ['https://github.com/symfony/password-hasher/tree/7.2/Hasher/MessageDigestPasswordHasher.php'],
  example: {
    password: 'correct horse battery staple',
    digest: 'X789J5SUK1I19WrFALRezjyHZD3C6of2qj6HKOO9S59IrpXAnMYHk/FDpiUR0nz7Kvd+T8Fa2dxa/fUAY06IVA==',
    params: { algorithm: 'sha512', iterations: 5 },
    salt: 'IFyKzDr3CAnWE18uXmpsXMlpJTIGIGg',
  },
});

export const symfonyPbkdf2: Format = defineFormat({
  name: 'symfony_pbkdf2',
  family: 'php',
  users: 3,
  layout: oneOf(
    layout`${hex('hash', { usual: 40, known: [20, 32, 64] })}`,
    layout`${b64('hash', { usual: 40, known: [20, 32, 64] })}`,
  ),
  recipe: 'pbkdf2($algorithm, $p, $s, $iterations)',
  companions: { algorithm, iterations, salt },
  writers: 'Symfony 2 and later',
  traps: ['40 bytes by default', 'the salt is hashed as its text'],
  sources: ['https://github.com/symfony/password-hasher/tree/7.2/Hasher/Pbkdf2PasswordHasher.php'],
  example: {
    password: 'correct horse battery staple',
    digest: 'X/psUwmc0FqTOOSi6pa7m2tFY6h6eOjn67Lh86sBxQrr24hr5AT12A==',
    salt: 'Mb1JnKYWY81t0GZb6Pe8re',
    params: { algorithm: 'sha512', iterations: 1000 },
  },
});

export const symfonyNativeLong: Format = defineFormat({
  name: 'symfony_native_long',
  family: 'php',
  users: 2,
  layout: bcryptBody,
  recipe: 'bcrypt(symfony_native($p))',
  looksLike: 'bcrypt',
  writers: 'Symfony 5.3 and later',
  traps: ['a password over 72 bytes, or with a NUL, is hashed with SHA-512 first: plain bcrypt says no to it'],
  sources: ['https://github.com/symfony/password-hasher/tree/7.2/Hasher/NativePasswordHasher.php'],
  example: {
    password: 'correct horse battery staple',
    digest: '$2y$04$IFyKzDr3CAnWE18uXmpsX.G7JYn9K4a6//h1Q6KnpciJyXQS9tKIm',
  },
});
