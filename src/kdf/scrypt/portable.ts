/** scrypt by @noble/hashes; in slices where the thread has other work. */
import { scrypt } from '@noble/hashes/scrypt.js';
import type { ScryptJob } from '../../jobs.js';
import { IS_LITTLE_ENDIAN } from '../byte-order.js';
import type { Backend, Derive, Slices } from '../contract.js';
import { inTurns } from '../lanes.js';
import { expand } from './expand.js';
import { scryptAllocatedBytes } from './memory.js';
import { romix } from './romix.js';

export const portableScrypt: Backend<ScryptJob> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  // The slices mask with N − 1, and so does the library. RFC 7914 §6.
  unsupported: ({ N }) => (N > 1 && Number.isInteger(Math.log2(N)) ? undefined : 'N is not a power of 2'),
  load: async () => derive,
};

/** The library's own pauses are microtasks, which no timer and no input overtakes. */
const derive: Derive<ScryptJob> = async (job, run) => {
  if (run.tickMs !== Number.POSITIVE_INFINITY && IS_LITTLE_ENDIAN) {
    return (await inTurns(slices(job), run))[0] as Uint8Array;
  }
  const { password, salt, N, r, p, dkLen } = job;
  return scrypt(password, salt, { N, r, p, dkLen, maxmem: scryptAllocatedBytes(N, r, p) });
};

/** RFC 7914 §6. */
function* slices({ password, salt, N, r, p, dkLen }: ScryptJob): Slices {
  const blockBytes = 128 * r;
  const B = new Uint8Array(blockBytes * p);
  const key = new Uint8Array(dkLen);
  try {
    yield* expand(password, salt, B);
    yield* romix(B, N, r);
    yield* expand(password, B, key);
    return [key];
  } finally {
    B.fill(0);
  }
}
