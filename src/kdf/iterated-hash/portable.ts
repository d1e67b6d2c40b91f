/** The hash loop of phpass and Symfony by @noble/hashes. */
import type { IteratedHashJob } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { portableHashesWithoutAes } from '../hash/portable-hashes.js';
import { iterateHash } from './iterate-hash.js';

export const portableIteratedHash: Backend<IteratedHashJob> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => (job, run) =>
    iterateHash(job, run, (message) => portableHashesWithoutAes.hash(job.algorithm, message)),
};
