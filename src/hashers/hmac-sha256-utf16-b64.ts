/**
 * HMAC-SHA256 of the password under itself, both in UTF-16LE, as old ASP.NET membership and Umbraco sites have it.
 * The import API names it and publishes no form: the bare Base64 of the 32 bytes is assumed. Umbraco's salted digests,
 * 68 characters, are another format.
 *
 *     sq7eTKri1Ig4Utq8VmOd9U++DCvuFcwDC4qZwKeB6cg=
 *     (1)
 * (1) hash, Base64, 32 bytes
 *
 * Grammar:
 *     ^(?<hash>[A-Za-z0-9+/]{43}=)$
 *
 * Algorithm: HMAC-SHA256 with the UTF-16LE of the password both as key and as message; 32 bytes in Base64.
 *
 * Written by: Umbraco with `useLegacyEncoding`, and sites that went on in its way.
 *
 * Traps:
 * - The form is assumed: try one user with a known password first.
 * - Without a salt, users with the same password have the same digest.
 * - Umbraco 7 and 8 write 68 characters, a salt and a hash: another format, not supported.
 * - The password must be text: bytes that are not UTF-8 have no UTF-16.
 */
import { utf8Text, utf16le } from '../encoding/bytes.js';
import { digestError } from '../errors.js';
import { hashCost } from '../kdf/cost.js';
import { HASH_BYTES } from '../layout/hex-hash.js';
import { b64 } from '../layout/index.js';
import type { Cost, Hasher } from '../types.js';
import { defineHasher } from './define.js';
import type { NoParams } from './parsed.js';
import { createGrammar } from './templates/grammar.js';

const COST: Cost = hashCost('sha256', 2);

export const hmacSha256Utf16B64: Hasher<NoParams, undefined> = defineHasher<NoParams>({
  name: 'hmac_sha256_utf16_b64',
  assumed: true,
  example: { password: 'correct horse battery staple', digest: 'sq7eTKri1Ig4Utq8VmOd9U++DCvuFcwDC4qZwKeB6cg=' },
  ...createGrammar<NoParams>([b64('hash', HASH_BYTES.sha256)]),
  cost: () => COST,
  derive(password, _, kdfs) {
    const text = utf8Text(password);
    if (text === undefined) {
      throw digestError('ERR_PASSWORD', 'password must be UTF-8 text', {
        fix: 'pass the password as a string or as UTF-8 bytes',
      });
    }
    const bytes = utf16le(text);
    return kdfs.hmac('sha256', bytes, bytes);
  },
});
