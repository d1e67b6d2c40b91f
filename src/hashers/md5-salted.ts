/**
 * MD5 of a salt and the password.
 * The order is published nowhere: salt first is what most writers do. `md5Salted({ order: 'password-first' })` is the
 * other; `check --canaries` tells which fits.
 *
 *     kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c
 *     (1)      (2)
 * (1) salt: text; the last "$" ends it
 * (2) hash: 32 hexadecimal digits
 */
import type { Hasher } from '../types.js';
import { type SaltedOptions, salted } from './forms/salted.js';
import type { NoParams } from './parsed.js';

export function md5Salted(options: SaltedOptions = {}): Hasher<NoParams, undefined> {
  return salted('md5', options, {
    password: 'correct horse battery staple',
    digests: {
      'salt-first': 'kJ8dQ2vR$4a6a28af5cbb750d7ac04d22add5dc3c',
      'password-first': 'kJ8dQ2vR$9500ac6c18fc756f59ea50ce44223c08',
    },
  });
}
