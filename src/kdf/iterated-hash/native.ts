/** The hash loop of phpass and Symfony by OpenSSL. It runs on the calling thread: node:crypto has no such loop. */
import { latin1 } from '../../encoding/bytes.js';
import type { IteratedHashJob } from '../../jobs.js';
import { nodeCrypto } from '../builtin.js';
import type { Backend } from '../contract.js';
import { iterateHash } from './iterate-hash.js';

export const nativeIteratedHash: Backend<IteratedHashJob> = {
  name: 'node:crypto',
  kind: 'native',
  blocking: true,
  async load() {
    const { hash } = nodeCrypto();
    return (job, run) => iterateHash(job, run, (message) => latin1(hash(job.algorithm, message, 'binary')));
  },
};
