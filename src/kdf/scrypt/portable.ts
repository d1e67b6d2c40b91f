/** scrypt by @noble/hashes. */
import { scrypt, scryptAsync } from '@noble/hashes/scrypt.js';
import type { ScryptJob } from '../../jobs.js';
import type { Backend, Derive } from '../contract.js';
import { scryptAllocatedBytes } from './memory.js';

export const portableScrypt: Backend<ScryptJob> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => derive,
};

const derive: Derive<ScryptJob> = ({ password, salt, N, r, p, dkLen }, { signal, tickMs }) => {
  const options = { N, r, p, dkLen, maxmem: scryptAllocatedBytes(N, r, p) };
  if (tickMs === Number.POSITIVE_INFINITY) return scrypt(password, salt, options);
  const onProgress = () => signal?.throwIfAborted();
  return scryptAsync(password, salt, { ...options, asyncTick: tickMs, onProgress });
};
