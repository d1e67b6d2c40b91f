/** PBKDF2 by @noble/hashes. */
import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2, pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { Pbkdf2Job } from '../../jobs.js';
import type { Backend, Derive } from '../contract.js';

const PRFS = { sha1, sha256, sha512 } as const;

export const portablePbkdf2: Backend<Pbkdf2Job> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => derive,
};

/** It cannot be stopped: nobody waits for an aborted one, and the limit of iterations bounds what it goes on for. */
const derive: Derive<Pbkdf2Job> = ({ prf, password, salt, c, dkLen }, { tickMs }) =>
  tickMs === Number.POSITIVE_INFINITY
    ? pbkdf2(PRFS[prf], password, salt, { c, dkLen })
    : pbkdf2Async(PRFS[prf], password, salt, { c, dkLen, asyncTick: tickMs });
