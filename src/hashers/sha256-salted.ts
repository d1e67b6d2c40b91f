/**
 * SHA-256 of a salt and the password.
 * The order is published nowhere: salt first is what most writers do. `sha256Salted({ order: 'password-first' })` is
 * the other; `check --canaries` finds which fits.
 *
 *     kJ8dQ2vR$fbea7f8f4df4887ce3dc6cdb65d20f7fb050b451ff9c14a6c18b631f889fe631
 *     (1)      (2)
 * (1) salt: text; the last "$" ends it
 * (2) hash: 64 hexadecimal digits
 *
 * Grammar:
 *     ^(?<salt>[^]*)\$(?<hash>[0-9A-Fa-f]{64})$
 *
 * Algorithm: SHA-256(salt ‖ password), one call; or SHA-256(password ‖ salt).
 *
 * Written by: home-made software; Magento 2 before Argon2 (salt first, as `hash:salt:1`).
 *
 * Traps:
 * - The digest does not show whether salt or password came first. `check --canaries` tries both and names the one.
 * - Werkzeug before 2.3 wrote `sha256$salt$hash`, which is an HMAC: not supported.
 * - Magento's `hash:salt:1:2` and the like are one hash over another one: no hasher does that, and these users reset their
 *   password.
 * - The salt is taken as the text that it is. Where the writer decoded it from hexadecimal first, no password matches.
 * - A salt may contain "$": the last one ends it. A salt that lost its first characters looks like a whole
 *   one.
 */
import type { Hasher } from '../types.js';
import type { NoParams } from './parsed.js';
import { type SaltedOptions, salted } from './templates/salted.js';

export function sha256Salted(options: SaltedOptions = {}): Hasher<NoParams, undefined> {
  return salted('sha256', options, {
    password: 'correct horse battery staple',
    digests: {
      'salt-first': 'kJ8dQ2vR$fbea7f8f4df4887ce3dc6cdb65d20f7fb050b451ff9c14a6c18b631f889fe631',
      'password-first': 'kJ8dQ2vR$4b0b4d4f037c77575688c6a7c7d68e2daa042721a1efaff994366c0e6fffda5f',
    },
  });
}
