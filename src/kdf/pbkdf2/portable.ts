/** PBKDF2 by @noble/hashes; in slices where the thread has other work. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { clean } from '@noble/hashes/utils.js';
import type { Pbkdf2Job, Pbkdf2Prf } from '../../jobs.js';
import type { Backend, Derive, Slices } from '../contract.js';
import { inTurns } from '../lanes.js';

const PRFS = {
  ...{ md5, sha1, sha224, sha256, sha384, sha512, sha512_256 },
  ...{ sha3_224, sha3_256, sha3_384, sha3_512 },
} as const;
/** Iterations a slice: about a millisecond. */
const SLICE: { readonly [P in Pbkdf2Prf]: number } = {
  ...{ md5: 512, sha1: 512, sha224: 512, sha256: 512, sha384: 192, sha512: 192, sha512_256: 192 },
  ...{ sha3_224: 64, sha3_256: 64, sha3_384: 64, sha3_512: 64 },
};

export const portablePbkdf2: Backend<Pbkdf2Job> = {
  name: '@noble/hashes',
  kind: 'portable',
  blocking: true,
  load: async () => derive,
};

/** The library's own pauses are microtasks, which no timer and no input overtakes. */
const derive: Derive<Pbkdf2Job> = async (job, run) => {
  if (run.tickMs !== Number.POSITIVE_INFINITY) return (await inTurns(slices(job), run))[0] as Uint8Array;
  const { prf, password, salt, c, dkLen } = job;
  return pbkdf2(PRFS[prf], password, salt, { c, dkLen });
};

/** RFC 8018 §5.2. */
function* slices({ prf, password, salt, c, dkLen }: Pbkdf2Job): Slices {
  const keyed = hmac.create(PRFS[prf], password);
  const work = keyed.clone();
  const U = new Uint8Array(keyed.outputLen);
  const T = new Uint8Array(keyed.outputLen);
  const counter = new Uint8Array(4);
  const DK = new Uint8Array(dkLen);
  try {
    // Over all blocks: a key of many has few rounds in each.
    let done = 0;
    for (let at = 0, index = 1; at < dkLen; at += T.length, index++) {
      new DataView(counter.buffer).setUint32(0, index);
      keyed._cloneInto(work).update(salt).update(counter).digestInto(U);
      T.set(U);
      for (let round = 1; round < c; round++) {
        if (++done % SLICE[prf] === 0) yield;
        keyed._cloneInto(work).update(U).digestInto(U);
        for (let i = 0; i < T.length; i++) T[i] = (T[i] as number) ^ (U[i] as number);
      }
      DK.set(T.subarray(0, dkLen - at), at);
    }
    return [DK];
  } finally {
    keyed.destroy();
    work.destroy();
    clean(U, T);
  }
}
