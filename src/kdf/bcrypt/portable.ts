/**
 * bcrypt in TypeScript, from bytes.
 *
 * bcryptjs takes text, so it cannot hash bytes that are not UTF-8, nor the keys of `$2x$`; it also needs Node's crypto
 * module. This one takes any bytes, runs anywhere and is no slower.
 */
import type { BcryptJob } from '../../jobs.js';
import type { Backend } from '../contract.js';
import { inSlices } from '../pause.js';
import { begin, finish, rounds, wipe } from './eksblowfish.js';
import { blowfishInitialState } from './initial-state.js';

/** Rounds a slice: about 1.3 ms. */
const SLICE = 16;

export const portableBcrypt: Backend<BcryptJob> = {
  name: 'digestry',
  kind: 'portable',
  blocking: true,
  async load() {
    const initial = blowfishInitialState();
    return async (job, run) => {
      const work = begin(initial, job);
      try {
        await inSlices(2 ** job.cost, SLICE, run, (from, to) => rounds(work, from, to));
        return finish(work);
      } finally {
        wipe(work);
      }
    };
  },
};
