/** What a derivation left in the memory that it gave back. */
import type { Rooms } from '../../src/kernels/room.js';

const MIB = 2 ** 20;

/** Whether the memory that the next job gets is zero, as far as it was used before. */
export function isZero(rooms: Rooms, bytes: number = MIB): boolean {
  const room = rooms.enter(() => ({}), bytes);
  const zero = room.memory.every((byte) => byte === 0);
  for (const _ of room.leave());
  return zero;
}
