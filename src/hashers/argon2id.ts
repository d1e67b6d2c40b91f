/**
 * Argon2id: the variant of Argon2 for new digests. RFC 9106.
 *
 *     $argon2id$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$KkX+KQo9B+gMHJ4QF+xE/E88ZFbOshRVxzOQAnjxw3Q
 *     (1)       (2)  (3)              (4)                    (5)
 * (1) type, equal to the hasher's name
 * (2) version: 19, or 16 for the one before the RFC, also where it is missing
 * (3) m: memory in KiB, t: passes, p: lanes
 * (4) salt, Base64 without padding, 8 bytes or more
 * (5) hash, Base64 without padding, 32 bytes by default
 *
 * Grammar:
 *     ^\$(?<type>argon2id)\$(?:v=(?<v>\d+)\$)?(?<params>[a-z]+=\d+(?:,[a-z]+=\d+)*)
 *     \$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$
 *
 * Algorithm: Argon2id(password, salt) with m KiB of memory, t passes and p lanes, as long as the hash (RFC 9106 §3).
 * The first half of the first pass reads memory independently of the password, the rest depends on it.
 *
 * Written by: PHP's `password_hash` with `PASSWORD_ARGON2ID`, argon2-cffi, libsodium, Symfony, Laravel, Spring
 * Security, the npm packages `argon2` and `@node-rs/argon2`; Keycloak and Django keep the same values in forms of their
 * own.
 *
 * Typical: m=19456,t=2,p=1 (OWASP's second set, @node-rs/argon2); m=7168,t=5,p=1 (OWASP's last set, Keycloak since 25);
 * m=65536,t=4,p=1 (PHP); m=65536,t=3,p=4 (argon2-cffi, npm argon2); m=102400,t=2,p=8 (Django)
 *
 * Traps:
 * - Without `v=` the version is 16, not 19. Many verifiers have 19 only, and answer such a digest with a mismatch.
 * - The order is m, t, p. The npm package argon2 0.45 writes m, p, t, which verifiers that compare text refuse.
 * - Memory is taken for each verification: 64 logins at once under m=65536 need 4 GiB.
 * - `keyid` and `data` mean a secret key or associated data, which are not in the digest: it cannot be verified here.
 * - m is at least 8·p; the reference implementation refuses a salt under 8 bytes.
 */
import type { Hasher } from '../types.js';
import { type Argon2Params, argon2 } from './templates/argon2.js';

export const argon2id: Hasher<Argon2Params, undefined> = argon2('argon2id', {
  password: 'correct horse battery staple',
  digest: '$argon2id$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$KkX+KQo9B+gMHJ4QF+xE/E88ZFbOshRVxzOQAnjxw3Q',
});
