/** scrypt by OpenSSL, on libuv's thread pool. */
import { type ScryptOptions, scrypt } from 'node:crypto';
import type { ScryptJob } from '../../jobs.js';
import type { Backend, Derive } from '../contract.js';
import { scryptAllocatedBytes } from './memory.js';

export const nativeScrypt: Backend<ScryptJob> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  load: async () => derive,
};

const derive: Derive<ScryptJob> = ({ password, salt, N, r, p, dkLen }) => {
  // Node's default maxmem of 32 MiB refuses N=32768, r=8, what Werkzeug writes; policy has bounded it before.
  const options: ScryptOptions = { N, r, p, maxmem: scryptAllocatedBytes(N, r, p) };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, dkLen, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
};
