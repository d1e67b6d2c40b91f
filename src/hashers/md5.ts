/**
 * MD5 of the password, nothing else. RFC 1321.
 *
 *     9cc2ae8a1ba7a93da39b46fc1019c481
 *     (1)
 * (1) 32 hexadecimal digits
 */
import type { Hasher } from '../types.js';
import { plain } from './forms/plain.js';
import type { NoParams } from './parsed.js';

export const md5: Hasher<NoParams, undefined> = plain('md5', {
  password: 'correct horse battery staple',
  digest: '9cc2ae8a1ba7a93da39b46fc1019c481',
});
