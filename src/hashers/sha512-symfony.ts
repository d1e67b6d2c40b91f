/**
 * Symfony's MessageDigestPasswordHasher with SHA-512, the default of FOSUserBundle and Symfony 2.
 * https://github.com/symfony/password-hasher/blob/7.1/Hasher/MessageDigestPasswordHasher.php
 *
 *     sha512_symfony$5000$kJ8dQ2vR$KGgCY0zqbI0f6F/hPQLq2JX4sWrHvdkr0GPssiepGvJQi/eh67WyH2btBY4pOUoeqAhh8648SuVB0mBG0S/Qxw==
 *     (1)            (2)  (3)      (4)
 * (1) name
 * (2) iterations: hash calls in all
 * (3) salt: text; it is hashed in braces after the password, not at all where it is empty
 * (4) hash, Base64, 64 bytes
 *
 * Grammar:
 *     ^(?<name>sha512_symfony)\$(?<iterations>[1-9]\d*)\$(?<salt>[^${}]*)\$(?<hash>[A-Za-z0-9+/]{86}==)$
 *
 * Algorithm: m = password ‖ "{" ‖ salt ‖ "}", or the password alone without a salt; d = SHA-512(m), then iterations − 1
 * times d = SHA-512(d ‖ m).
 *
 * Written by: FOSUserBundle and Symfony's `sha512` encoder, in two columns: password and salt. The digest is put
 * together for the import (`--source symfony`).
 *
 * Typical: iterations=5000 (Symfony, FOSUserBundle); iterations=1 (hand-written SHA-512)
 *
 * Traps:
 * - The iterations are in security.yaml and not in the table: where they are not 5000, no password matches.
 * - `encode_as_base64: false` writes hexadecimal; the bytes are the same.
 * - PHP takes the salt "0" for an empty one, so it is not hashed.
 * - Today's Symfony (`auto`) writes bcrypt or Argon2, in the same column.
 */
import { concat, utf8 } from '../encoding/bytes.js';
import { iteratedHashCost } from '../kdf/cost.js';
import { HASH_BYTES } from '../layout/hex-hash.js';
import { b64, decimal, layout, text } from '../layout/index.js';
import { encodeTextSalt } from '../layout/text-salt.js';
import type { Hasher } from '../types.js';
import { defineHasher } from './define.js';
import { createGrammar } from './templates/grammar.js';

export interface SymfonyParams {
  readonly iterations: number;
}

const PREFIX = 'sha512_symfony$';

/** password{salt}. PHP's `!$salt` takes the text "0" for empty, so Symfony does not hash that salt either. */
function merged(password: Uint8Array, salt: Uint8Array): Uint8Array {
  const written = encodeTextSalt(salt);
  return written === '' || written === '0' ? password : concat(password, utf8(`{${written}}`));
}

export const sha512Symfony: Hasher<SymfonyParams, undefined> = defineHasher<SymfonyParams>({
  name: 'sha512_symfony',
  prefixes: [PREFIX],
  insecure: true,
  example: {
    password: 'correct horse battery staple',
    digest:
      'sha512_symfony$5000$kJ8dQ2vR$KGgCY0zqbI0f6F/hPQLq2JX4sWrHvdkr0GPssiepGvJQi/eh67WyH2btBY4pOUoeqAhh8648SuVB0mBG0S/Qxw==',
  },
  ...createGrammar<SymfonyParams>(
    layout`${PREFIX}${decimal('iterations')}$${text('salt', { min: 0, not: '{}$' })}$${b64('hash', HASH_BYTES.sha512)}`,
  ),
  cost: ({ iterations }) =>
    iteratedHashCost('sha512', iterations - 1, {
      limit: 'symfonyIterations',
      field: 'iterations',
      param: 'iterations',
      value: iterations,
    }),
  derive(password, { params, salt }, kdfs) {
    const message = merged(password, salt);
    return kdfs.iteratedHash({ algorithm: 'sha512', first: message, suffix: message, rounds: params.iterations - 1 });
  },
});
