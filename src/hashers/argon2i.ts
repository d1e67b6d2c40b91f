/**
 * Argon2i: memory access independent of the password. RFC 9106.
 *
 *     $argon2i$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$o777p/QoupesQrrb7qFQp8RJPb2AClj1ZTuQm0sNll0
 *     (1)      (2)  (3)              (4)                    (5)
 * (1) type, equal to the hasher's name
 * (2) version: 19, or 16 for the one before the RFC, also where it is missing
 * (3) m: memory in KiB, t: passes, p: lanes
 * (4) salt, Base64 without padding, 8 bytes or more
 * (5) hash, Base64 without padding, 32 bytes by default
 *
 * Grammar:
 *     ^\$(?<type>argon2i)\$(?:v=(?<v>\d+)\$)?(?<params>[a-z]+=\d+(?:,[a-z]+=\d+)*)
 *     \$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$
 *
 * Algorithm: Argon2i(password, salt) with m KiB of memory, t passes and p lanes, as long as the hash (RFC 9106 §3).
 * Which memory is read never depends on the password, so it needs more passes than Argon2id for the same strength.
 *
 * Written by: PHP 7.2's `password_hash` with `PASSWORD_ARGON2I`, libsodium before 1.0.15, argon2-cffi before 18.2,
 * Django before 3.2.
 *
 * Typical: m=1024,t=2,p=2 (PHP 7.2); m=512,t=2,p=2 (Django before 3.2); m=65536,t=4,p=1 (PHP 7.4 on)
 *
 * Traps:
 * - Without `v=` the version is 16, not 19. Many verifiers have 19 only, and answer such a digest with a mismatch.
 * - Argon2i and Argon2id differ in one letter of the digest: a verifier that is set to one of them fails on the other.
 * - Memory is taken for each verification at once.
 * - Argon2d has no hasher: nothing that stores passwords should have written it.
 */
import type { Hasher } from '../types.js';
import { type Argon2Params, argon2 } from './templates/argon2.js';

export const argon2i: Hasher<Argon2Params, undefined> = argon2('argon2i', {
  password: 'correct horse battery staple',
  digest: '$argon2i$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$o777p/QoupesQrrb7qFQp8RJPb2AClj1ZTuQm0sNll0',
});
