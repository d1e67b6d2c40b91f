/** bcrypt by WebAssembly, one to three passwords at once. */
import type { BcryptJob } from '../../jobs.js';
import { BCRYPT_LANE_BYTES } from '../../kernels/bcrypt-layout.js';
import { type Kernels, loadKernel } from '../../kernels/load.js';
import type { Backend, Slices } from '../contract.js';
import { laneBackend } from '../lanes.js';
import { begin, type Eksblowfish, finish, wipe } from './eksblowfish.js';
import { blowfishInitialState } from './initial-state.js';

const KERNELS = ['bcrypt1', 'bcrypt2', 'bcrypt3'] as const;
/** Rounds a slice: 1 to 1.5 ms with three lanes. */
const SLICE = 16;

export const laneBcrypt: Backend<BcryptJob> = laneBackend({
  width: () => KERNELS.length,
  group: ({ cost }) => String(cost),
  async load() {
    const kernels = await Promise.all(KERNELS.map((name, index) => loadKernel(name, (index + 1) * BCRYPT_LANE_BYTES)));
    const initial = blowfishInitialState();
    return (jobs) => derive(kernels[jobs.length - 1] as Kernels, initial, jobs);
  },
});

function* derive(kernels: Kernels, initial: Int32Array, jobs: readonly BcryptJob[]): Slices {
  const kernel = kernels.enter();
  const { memory, functions } = kernel;
  const words = new Int32Array(memory.buffer);
  const selectLane = (index: number): Int32Array =>
    words.subarray((index * BCRYPT_LANE_BYTES) / 4, ((index + 1) * BCRYPT_LANE_BYTES) / 4);
  const works: Eksblowfish[] = [];
  try {
    for (const job of jobs) works.push(begin(initial, job));
    for (const [index, { state, key, salt }] of works.entries()) {
      const lane = selectLane(index);
      lane.set(state);
      lane.set(key, state.length);
      lane.set(salt.subarray(0, 4), state.length + key.length);
    }
    const total = 2 ** (jobs[0] as BcryptJob).cost;
    for (let done = 0; done < total; done += SLICE) {
      functions['rounds']?.(Math.min(SLICE, total - done));
      yield;
    }
    return works.map((work, index) => {
      work.state.set(selectLane(index).subarray(0, work.state.length));
      return finish(work);
    });
  } finally {
    for (const work of works) wipe(work);
    words.fill(0);
    kernels.leave(kernel);
  }
}
