/** What a derivation left in the memory that it gave back. */
import type { WasmMemoryPool } from '../../src/kernels/memory-pool.js';

const MIB = 2 ** 20;

/** Whether the memory that the next job gets is zero, as far as it was used before. */
export function isZero(pool: WasmMemoryPool, bytes: number = MIB): boolean {
  const lease = pool.lease(() => ({}), bytes);
  const zero = lease.memory.every((byte) => byte === 0);
  for (const _ of lease.release());
  return zero;
}
