/**
 * Argon2id: the variant of Argon2 for new digests. RFC 9106.
 *
 *     $argon2id$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$KkX+KQo9B+gMHJ4QF+xE/E88ZFbOshRVxzOQAnjxw3Q
 *     (1)       (2)  (3)              (4)                    (5)
 * (1) type, equal to the hasher's name
 * (2) version: 19, or 16 for the one before the RFC, also where it is missing
 * (3) m: memory in KiB, t: passes, p: lanes
 * (4) salt, Base64 without padding, 8 bytes or more
 * (5) hash, Base64 without padding, 32 bytes as a rule
 */
import type { Hasher } from '../types.js';
import { type Argon2Params, argon2 } from './forms/argon2.js';

export const argon2id: Hasher<Argon2Params, undefined> = argon2('argon2id', {
  password: 'correct horse battery staple',
  digest: '$argon2id$v=19$m=19456,t=2,p=1$EBESExQVFhcYGRobHB0eHw$KkX+KQo9B+gMHJ4QF+xE/E88ZFbOshRVxzOQAnjxw3Q',
});
