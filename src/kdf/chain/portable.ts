/** The hash loop of phpass and Symfony by @noble/hashes. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { ChainJob } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { chain } from './chain.js';

const HASHES = { md5, sha512 } as const;

export const portableChain: Backend<ChainJob> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => (job, run) => chain(job, run, HASHES[job.algorithm]),
};
