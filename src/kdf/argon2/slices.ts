/** Argon2 in slices, one password at a time; its lanes (p) one after the other. RFC 9106 §3. */
import { clean } from '@noble/hashes/utils.js';
import { ADDRESSES_AT, BLOCK_BYTES, BLOCKS_AT, INPUT_AT, ZERO_AT } from '../../kernels/argon2-layout.js';
import type { MemoryLease } from '../../kernels/memory-pool.js';
import type { Slices } from '../contract.js';
import { type Argon2Inputs, initialHash, le32, variableLengthHash } from './hash.js';

const TYPE = { argon2i: 1, argon2id: 2 } as const;
/** Slices of a pass: segments of different lanes in one slice do not refer to each other. */
const SYNC_POINTS = 4;
/** Pairs of J1 and J2 in a block of addresses. */
const ADDRESSES = 128;
/** Blocks a slice of work by the kernel: about a millisecond. */
const SLICE = 1024;

/** What it works in. */
export function countArgon2Bytes({ m, p }: Argon2Inputs): number {
  return BLOCKS_AT + BLOCK_BYTES * p * countColumns(m, p);
}

/** q: what m gives each lane, rounded down to a multiple of 4. RFC 9106 §3.2. */
function countColumns(m: number, p: number): number {
  return SYNC_POINTS * Math.floor(m / (SYNC_POINTS * p));
}

/**
 * @param leaseMemory gives a lease whose functions are those of the kernel.
 * @param slice blocks that they make in about a millisecond.
 */
export function* argon2Slices(
  job: Argon2Inputs,
  leaseMemory: (bytes: number) => MemoryLease,
  slice: number = SLICE,
): Slices {
  const { m, p, dkLen } = job;
  const q = countColumns(m, p);
  const H0 = initialHash(job);
  const C = new Uint8Array(BLOCK_BYTES);
  try {
    const lease = leaseMemory(countArgon2Bytes(job));
    const B = (lane: number, column: number): Uint8Array => {
      const at = BLOCKS_AT + BLOCK_BYTES * (lane * q + column);
      return lease.memory.subarray(at, at + BLOCK_BYTES);
    };
    try {
      for (let lane = 0; lane < p; lane++) {
        for (const column of [0, 1]) {
          const block = variableLengthHash(BLOCK_BYTES, H0, le32(column), le32(lane));
          B(lane, column).set(block);
          clean(block);
        }
      }
      yield* fillMemory(lease, job, q, slice);
      for (let lane = 0; lane < p; lane++) {
        const last = B(lane, q - 1);
        for (let i = 0; i < BLOCK_BYTES; i++) C[i] = (C[i] as number) ^ (last[i] as number);
      }
    } finally {
      yield* lease.release();
    }
    return [variableLengthHash(dkLen, C)];
  } finally {
    clean(H0, C);
  }
}

/** All passes over the blocks, of which the first two of each lane are there. */
function* fillMemory(
  { functions, memory }: MemoryLease,
  job: Argon2Inputs,
  q: number,
  most: number,
): Generator<void, void, void> {
  const { type, version, t, p } = job;
  const segment = q / SYNC_POINTS;
  let sinceYield = 0;
  for (let pass = 0; pass < t; pass++) {
    for (let slice = 0; slice < SYNC_POINTS; slice++) {
      const independent = type === 'argon2i' || (pass === 0 && slice < SYNC_POINTS / 2);
      const area = pass === 0 ? slice * segment : q - segment;
      const start = pass === 0 ? 0 : ((slice + 1) * segment) % q;
      for (let lane = 0; lane < p; lane++) {
        const own = lane * q;
        // At first a lane has only itself to refer to.
        const [lanes, count] = pass === 0 && slice === 0 ? [own, 1] : [0, p];
        for (let i = pass === 0 && slice === 0 ? 2 : 0; i < segment; ) {
          const inBlock = i % ADDRESSES;
          const end = Math.min(segment, i + most, independent ? i - inBlock + ADDRESSES : segment);
          if (independent) {
            const counter = (i - inBlock) / ADDRESSES + 1;
            makeAddresses(functions, memory, [pass, lane, slice, p * q, t, TYPE[type], counter]);
          }
          const column = slice * segment + i;
          const current = own + column;
          const previous = column === 0 ? own + q - 1 : current - 1;
          const addresses = independent ? ADDRESSES_AT + 8 * inBlock : 0;
          const old = version === 19 && pass > 0 ? 1 : 0;
          functions['fill']?.(i, end, current, previous, area, start, count, lanes, own, q, addresses, old);
          sinceYield += end - i;
          i = end;
          if (sinceYield >= most) {
            sinceYield = 0;
            yield;
          }
        }
      }
    }
  }
}

/** G(0, G(0, Z)). @param Z its words of 64 bits; the rest is zero. RFC 9106 §3.4.1.2. */
function makeAddresses(functions: MemoryLease['functions'], memory: Uint8Array, Z: readonly number[]): void {
  for (const [index, word] of Z.entries()) memory.set(le32(word), INPUT_AT + 8 * index);
  functions['compress']?.(ZERO_AT, INPUT_AT, ZERO_AT, ADDRESSES_AT);
  functions['compress']?.(ZERO_AT, ADDRESSES_AT, ZERO_AT, ADDRESSES_AT);
}
