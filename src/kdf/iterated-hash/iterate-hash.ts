/** h = H(first), then `rounds` times h = H(h ‖ suffix). */

import type { IteratedHashJob } from '../../jobs.js';
import type { KernelRun } from '../contract.js';
import { inSlices } from '../pause.js';

/** Blocks of 64 bytes a slice: under a millisecond, for a long password too. */
const SLICE = 512;
const BLOCK_BYTES = 64;

export async function iterateHash(
  { first, suffix, rounds }: IteratedHashJob,
  run: KernelRun,
  hash: (message: Uint8Array) => Uint8Array,
): Promise<Uint8Array> {
  let h = hash(first);
  const message = new Uint8Array(h.length + suffix.length);
  message.set(suffix, h.length);
  try {
    const slice = Math.max(1, Math.floor(SLICE / Math.ceil((message.length + 9) / BLOCK_BYTES)));
    await inSlices(rounds, slice, run, (from, to) => {
      for (let i = from; i < to; i++) {
        message.set(h);
        h = hash(message);
      }
    });
    return h;
  } finally {
    message.fill(0);
  }
}
