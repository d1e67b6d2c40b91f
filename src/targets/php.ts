/** PHP's password_verify(). */
import type { HasherRule, ImportTarget } from './contract.js';
import { AT_LOGIN, defineTarget } from './define.js';

const ARGON2: HasherRule = {
  accepts: 'yes',
  canonical: ['params'],
  note: 'a PHP built with libsodium instead of libargon2 takes version 19 only',
};

export const php: ImportTarget = defineTarget({
  name: 'php',
  title: 'PHP password_verify()',
  sources: [
    {
      what: 'password_verify() was run on every variant and spelling',
      url: 'https://www.php.net/manual/en/function.password-verify.php',
      seen: '2026-11-23, PHP 8.2.36',
    },
  ],
  rules: {
    argon2i: ARGON2,
    argon2id: ARGON2,
    bcrypt: {
      accepts: 'yes',
      params: {
        variant: { oneOf: ['2a', '2b', '2x', '2y'], fix: AT_LOGIN },
      },
      canonical: ['salt', 'hash'],
      note: 'a password is cut at its first NUL',
    },
  },
});
