/** Argon2 by WebAssembly, one password at a time. */
import { compileKernel } from '../../kernels/load.js';
import { MOST_BYTES, WasmMemoryPool } from '../../kernels/memory-pool.js';
import type { Backend } from '../contract.js';
import { laneBackend } from '../lanes.js';
import type { Argon2Inputs } from './hash.js';
import { argon2Slices, countArgon2Bytes } from './slices.js';

/** @param pool of this thread: backends that share it share its memory too. */
export function laneArgon2(pool: WasmMemoryPool = new WasmMemoryPool()): Backend<Argon2Inputs> {
  return laneBackend<Argon2Inputs>(
    {
      width: () => 1,
      group: ({ m, t, p }) => `${m},${t},${p}`,
      memoryBytes: ([job]) => countArgon2Bytes(job as Argon2Inputs),
      async load() {
        const link = await compileKernel('argon2');
        return ([job]) => argon2Slices(job as Argon2Inputs, (bytes) => pool.lease(link, bytes));
      },
    },
    (job) => (countArgon2Bytes(job) > MOST_BYTES ? 'WebAssembly memory is limited to 4 GiB' : undefined),
  );
}
