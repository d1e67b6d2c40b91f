/** Argon2 by @noble/hashes; in slices where the thread has other work. */
import { argon2i, argon2id } from '@noble/hashes/argon2.js';
import type { Argon2Job } from '../../jobs.js';
import { IS_LITTLE_ENDIAN } from '../byte-order.js';
import type { Backend, Derive } from '../contract.js';
import { inTurns } from '../lanes.js';
import { createArgon2Memory } from './javascript.js';
import { argon2Slices } from './slices.js';

/** Blocks a slice: some milliseconds at most. */
const SLICE = 48;

export const portableArgon2: Backend<Argon2Job> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => derive,
};

/** The library's own pauses are microtasks, which no timer and no input overtakes. */
const derive: Derive<Argon2Job> = async (job, run) => {
  if (run.tickMs !== Number.POSITIVE_INFINITY && IS_LITTLE_ENDIAN) {
    return (await inTurns(argon2Slices(job, createArgon2Memory, SLICE), run))[0] as Uint8Array;
  }
  const { type, version, password, salt, m, t, p, dkLen } = job;
  const options = { version, m, t, p, dkLen };
  return type === 'argon2i' ? argon2i(password, salt, options) : argon2id(password, salt, options);
};
