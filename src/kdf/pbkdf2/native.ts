/** PBKDF2 by OpenSSL, on libuv's thread pool. */
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { Backend, BackendLoader, Pbkdf2Job } from '../contract.js';

const derive = promisify(pbkdf2);

export const nativePbkdf2: BackendLoader<Pbkdf2Job> = {
  name: 'node:crypto',
  kind: 'native',
  load: async (): Promise<Backend<Pbkdf2Job>> => ({
    name: 'node:crypto',
    kind: 'native',
    blocking: false,
    derive: ({ prf, password, salt, c, dkLen }) => derive(password, salt, c, dkLen, prf),
  }),
};
