/** PBKDF2 by OpenSSL, on libuv's thread pool. */
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { Pbkdf2Job } from '../../jobs.js';
import type { Backend } from '../contract.js';

const derive = promisify(pbkdf2);

export const nativePbkdf2: Backend<Pbkdf2Job> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: false,
  load:
    async () =>
    ({ prf, password, salt, c, dkLen }) =>
      derive(password, salt, c, dkLen, prf),
};
