/** Argon2 by WebAssembly, one password at a time. */
import { compileKernel } from '../../kernels/load.js';
import { MOST_BYTES, Rooms } from '../../kernels/room.js';
import type { Backend } from '../contract.js';
import { laneBackend } from '../lanes.js';
import type { Argon2Inputs } from './hash.js';
import { argon2RoomBytes, argon2Slices } from './slices.js';

/** @param rooms of this thread: backends that share them share their memory too. */
export function laneArgon2(rooms: Rooms = new Rooms()): Backend<Argon2Inputs> {
  return laneBackend<Argon2Inputs>(
    {
      width: () => 1,
      group: ({ m, t, p }) => `${m},${t},${p}`,
      memoryBytes: ([job]) => argon2RoomBytes(job as Argon2Inputs),
      async load() {
        const link = await compileKernel('argon2');
        return ([job]) => argon2Slices(job as Argon2Inputs, (bytes) => rooms.enter(link, bytes));
      },
    },
    (job) => (argon2RoomBytes(job) > MOST_BYTES ? 'WebAssembly memory is limited to 4 GiB' : undefined),
  );
}
