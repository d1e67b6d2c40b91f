/** scrypt by lanes or by OpenSSL on the same thread, as measured. */
import { scryptSync } from 'node:crypto';
import type { ScryptJob } from '../../jobs.js';
import { measured } from '../backend-race.js';
import type { Backend } from '../contract.js';
import { scryptAllocatedBytes } from './memory.js';

/** 8 MiB, out of the second cache as real ones are; about 15 ms. With less, both take the same time. */
const PROBE = { N: 8192, r: 8, p: 1 } as const;

export function measuredScrypt(lanes: Backend<ScryptJob>): Backend<ScryptJob> {
  return measured<ScryptJob>(lanes, {
    derive: ({ password, salt, N, r, p, dkLen }) =>
      scryptSync(password, salt, dkLen, { N, r, p, maxmem: scryptAllocatedBytes(N, r, p) }),
    kind: () => 'scrypt',
    lanes: ({ p }) => p,
    guess: () => 1,
    probe: () => ({ ...PROBE, password: new Uint8Array(8), salt: new Uint8Array(8), dkLen: 32 }),
  });
}
