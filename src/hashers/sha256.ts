/**
 * SHA-256 of the password, nothing else. FIPS 180-4.
 *
 *     c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a
 *     (1)
 * (1) 64 hexadecimal digits
 */
import type { Hasher } from '../types.js';
import { plain } from './forms/plain.js';
import type { NoParams } from './parsed.js';

export const sha256: Hasher<NoParams, undefined> = plain('sha256', {
  password: 'correct horse battery staple',
  digest: 'c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a',
});
