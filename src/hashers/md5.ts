/**
 * MD5 of the password, nothing else. RFC 1321.
 *
 *     9cc2ae8a1ba7a93da39b46fc1019c481
 *     (1)
 * (1) 32 hexadecimal digits
 *
 * Grammar:
 *     ^(?<hash>[0-9A-Fa-f]{32})$
 *
 * Algorithm: MD5(password), one call.
 *
 * Written by: home-made PHP and SQL (`md5($password)`, `MD5('…')`), phpBB 2, Drupal 6, WordPress before 2.5, Joomla
 * 1.0, Django's UnsaltedMD5PasswordHasher.
 *
 * Traps:
 * - Anything of 128 bits looks the same: NTLM, MD4, a UUID without hyphens, MD5 of something else than the password.
 * - Users with the same password have the same digest, and lists of the usual ones are everywhere.
 * - Some sites hash in another encoding than UTF-8: umlauts fail, all else matches. `check --canaries` detects it.
 * - Capitals verify here; a verifier that compares text refuses them.
 */
import type { Hasher } from '../types.js';
import type { NoParams } from './parsed.js';
import { plain } from './templates/plain.js';

export const md5: Hasher<NoParams, undefined> = plain('md5', {
  password: 'correct horse battery staple',
  digest: '9cc2ae8a1ba7a93da39b46fc1019c481',
});
