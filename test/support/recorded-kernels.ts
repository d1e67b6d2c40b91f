/** The kernels that a backend loads, so that a test can look into their memories. */
import { type Kernel, loadKernel } from '../../src/kernels/load.js';

export interface RecordedKernels {
  /** To be given to the backend in the place of `loadKernel`. */
  readonly load: typeof loadKernel;
  /** Whether any byte from `workAt` on is not zero, in any of them. */
  holdSomething(workAt: number): boolean;
}

export function recordKernels(): RecordedKernels {
  const entered = new Set<Kernel>();
  return {
    async load(name, bytes) {
      const { enter, leave } = await loadKernel(name, bytes);
      return {
        enter() {
          const kernel = enter();
          entered.add(kernel);
          return kernel;
        },
        leave,
      };
    },
    holdSomething: (workAt) =>
      [...entered].some(({ memory: { buffer } }) => {
        const work = new Uint8Array(buffer, workAt);
        return Buffer.compare(work, new Uint8Array(work.length)) !== 0;
      }),
  };
}
