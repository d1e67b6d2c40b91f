/** scrypt by scrypt-js: for those who ask for it by name, and as a second opinion in the tests. */

import scryptJs from 'scrypt-js';
import type { ScryptJob } from '../../jobs.js';
import type { Backend } from '../contract.js';

export const scryptJsScrypt: Backend<ScryptJob> = {
  name: 'scrypt-js',
  kind: 'portable',
  blocking: true,
  async load() {
    return ({ password, salt, N, r, p, dkLen }, { signal, tickMs }) => {
      if (tickMs === Number.POSITIVE_INFINITY) return scryptJs.syncScrypt(password, salt, N, r, p, dkLen);
      // A true answer to a progress report cancels.
      return scryptJs.scrypt(password, salt, N, r, p, dkLen, () => signal?.aborted === true);
    };
  },
};
