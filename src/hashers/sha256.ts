/**
 * SHA-256 of the password, nothing else. FIPS 180-4.
 *
 *     c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a
 *     (1)
 * (1) 64 hexadecimal digits
 *
 * Grammar:
 *     ^(?<hash>[0-9A-Fa-f]{64})$
 *
 * Algorithm: SHA-256(password), one call.
 *
 * Written by: home-made software of every language.
 *
 * Traps:
 * - Anything of 256 bits looks the same: SHA3-256, BLAKE2s, an HMAC, SHA-256 of something else than the password.
 * - Users with the same password have the same digest, and lists of the usual ones are everywhere.
 * - Some sites hash in another encoding than UTF-8: umlauts fail, all else matches. `check --canaries` detects it.
 * - Capitals verify here; a verifier that compares text refuses them.
 */
import type { Hasher } from '../types.js';
import type { NoParams } from './parsed.js';
import { plain } from './templates/plain.js';

export const sha256: Hasher<NoParams, undefined> = plain('sha256', {
  password: 'correct horse battery staple',
  digest: 'c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a',
});
