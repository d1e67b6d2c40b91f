/** h = H(first), then `rounds` times h = H(prefix ‖ h ‖ suffix). */

import { concat } from '../../encoding/bytes.js';
import type { IteratedHashJob } from '../../jobs.js';
import type { KernelRun } from '../contract.js';
import { inSlices } from '../pause.js';

/** Blocks of 64 bytes a slice: under a millisecond, for a long password too. */
const SLICE = 512;
const BLOCK_BYTES = 64;
const EMPTY = new Uint8Array();

export async function iterateHash(
  { first, prefix = EMPTY, suffix, rounds }: IteratedHashJob,
  run: KernelRun,
  hash: (message: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  let h = hash(first);
  const message = concat(prefix, h, suffix);
  try {
    const slice = Math.max(1, Math.floor(SLICE / Math.ceil((message.length + 9) / BLOCK_BYTES)));
    await inSlices(rounds, slice, run, (from, to) => {
      for (let i = from; i < to; i++) {
        message.set(h, prefix.length);
        h = hash(message);
      }
    });
    return h;
  } finally {
    message.fill(0);
  }
}
