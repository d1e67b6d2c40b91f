/** The hash loop of phpass and Symfony by @noble/hashes. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { IteratedHashJob } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { iterateHash } from './iterate-hash.js';

const HASHES = { md5, sha512 } as const;

export const portableIteratedHash: Backend<IteratedHashJob> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => (job, run) => iterateHash(job, run, HASHES[job.algorithm]),
};
