/**
 * SHA-256 of a salt and the password.
 * The order is published nowhere: salt first is what most writers do. `sha256Salted({ order: 'password-first' })` is
 * the other; `check --canaries` tells which fits.
 *
 *     kJ8dQ2vR$fbea7f8f4df4887ce3dc6cdb65d20f7fb050b451ff9c14a6c18b631f889fe631
 *     (1)      (2)
 * (1) salt: text; the last "$" ends it
 * (2) hash: 64 hexadecimal digits
 */
import type { Hasher } from '../types.js';
import { type SaltedOptions, salted } from './forms/salted.js';
import type { NoParams } from './parsed.js';

export function sha256Salted(options: SaltedOptions = {}): Hasher<NoParams, undefined> {
  return salted('sha256', options, {
    password: 'correct horse battery staple',
    digests: {
      'salt-first': 'kJ8dQ2vR$fbea7f8f4df4887ce3dc6cdb65d20f7fb050b451ff9c14a6c18b631f889fe631',
      'password-first': 'kJ8dQ2vR$4b0b4d4f037c77575688c6a7c7d68e2daa042721a1efaff994366c0e6fffda5f',
    },
  });
}
