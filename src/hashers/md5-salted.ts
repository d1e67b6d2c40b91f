/**
 * MD5 of a salt and the password.
 * The order is published nowhere: salt first is what most writers do. `md5Salted({ order: 'password-first' })` is the
 * other; `check --canaries` finds which fits.
 *
 *     kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c
 *     (1)      (2)
 * (1) salt: text; the last "$" ends it
 * (2) hash: 32 hexadecimal digits
 *
 * Grammar:
 *     ^(?<salt>[^]*)\$(?<hash>[0-9A-Fa-f]{32})$
 *
 * Algorithm: MD5(salt ‖ password), one call; or MD5(password ‖ salt).
 *
 * Written by: home-made PHP; osCommerce and Zen Cart (salt first), Joomla 1.0.13 to 2.5 (password first), all three as
 * `hash:salt`; Django's MD5PasswordHasher (salt first).
 *
 * Traps:
 * - The digest does not show whether salt or password came first. `check --canaries` tries both and names the one.
 * - Django writes `md5$salt$hash`: cut its name off, or take `--source django`.
 * - The salt is taken as the text that it is. Where the writer decoded it from hexadecimal first, no password matches.
 * - A salt may contain "$": the last one ends it. A salt that lost its first characters looks like a whole
 *   one.
 */
import type { Hasher } from '../types.js';
import type { NoParams } from './parsed.js';
import { type SaltedOptions, salted } from './templates/salted.js';

export function md5Salted(options: SaltedOptions = {}): Hasher<NoParams, undefined> {
  return salted('md5', options, {
    password: 'correct horse battery staple',
    digests: {
      'salt-first': 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c',
      'password-first': 'kJ8dQ2vR$9500ac6c18fc756f59ea50ce44223c08',
    },
  });
}
