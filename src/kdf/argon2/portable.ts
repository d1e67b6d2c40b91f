/** Argon2 by @noble/hashes. */
import { argon2i, argon2iAsync, argon2id, argon2idAsync } from '@noble/hashes/argon2.js';
import type { Argon2Job } from '../../jobs.js';
import type { Backend, Derive } from '../contract.js';

export const portableArgon2: Backend<Argon2Job> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => derive,
};

const derive: Derive<Argon2Job> = ({ type, version, password, salt, m, t, p, dkLen }, { signal, tickMs }) => {
  const options = { version, m, t, p, dkLen };
  if (tickMs === Number.POSITIVE_INFINITY) {
    return type === 'argon2i' ? argon2i(password, salt, options) : argon2id(password, salt, options);
  }
  const sliced = { ...options, asyncTick: tickMs, onProgress: () => signal?.throwIfAborted() };
  return type === 'argon2i' ? argon2iAsync(password, salt, sliced) : argon2idAsync(password, salt, sliced);
};
