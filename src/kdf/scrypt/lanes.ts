/** scrypt by WebAssembly: up to three blocks at once, of as many passwords or of one whose p is more than 1. RFC 7914 §6. */
import type { ScryptJob } from '../../jobs.js';
import { compileKernel } from '../../kernels/load.js';
import { type MemoryLease, MOST_BYTES, WasmMemoryPool } from '../../kernels/memory-pool.js';
import type { Backend, Slices } from '../contract.js';
import { laneBackend } from '../lanes.js';
import { expand } from './expand.js';

/** Steps of ROMix with r = 1 a slice: 1 to 1.5 ms with three lanes. */
const SLICE = 6000;

/** @param pool of this thread: backends that share it share its memory too. */
export function laneScrypt(pool: WasmMemoryPool = new WasmMemoryPool(), lanes: 1 | 2 | 3 = 3): Backend<ScryptJob> {
  return laneBackend<ScryptJob>(
    {
      width: () => lanes,
      group: ({ N, r, p }) => `${N},${r},${p}`,
      memoryBytes: (jobs) => measureMemory(lanes, jobs),
      async load() {
        const link = await compileKernel('scrypt');
        return (jobs) => derive(jobs, (bytes) => pool.lease(link, bytes), lanes);
      },
    },
    ({ N, r }) => {
      // The kernel masks with N − 1. RFC 7914 §6.
      if (!(N > 1 && Number.isInteger(Math.log2(N)))) return 'N is not a power of 2';
      return laneBytes(N, r) > MOST_BYTES ? 'WebAssembly memory is limited to 4 GiB' : undefined;
    },
  );
}

function* derive(jobs: readonly ScryptJob[], leaseMemory: (bytes: number) => MemoryLease, lanes: number): Slices {
  const { N, r, p } = jobs[0] as ScryptJob;
  const Bs = jobs.map(() => new Uint8Array(128 * r * p));
  const keys = jobs.map(({ dkLen }) => new Uint8Array(dkLen));
  try {
    for (const [index, { password, salt }] of jobs.entries()) yield* expand(password, salt, at(Bs, index));
    const total = p * jobs.length;
    const block = (n: number): Uint8Array =>
      at(Bs, Math.floor(n / p)).subarray(128 * r * (n % p), 128 * r * ((n % p) + 1));
    const together = lanesFor(lanes, jobs);
    const lease = leaseMemory(together * laneBytes(N, r));
    try {
      for (let n = 0; n < total; n += together) {
        const blocks = Array.from({ length: Math.min(together, total - n) }, (_, lane) => block(n + lane));
        yield* romix(lease, N, r, blocks);
      }
    } finally {
      yield* lease.release();
    }
    for (const [index, { password }] of jobs.entries()) yield* expand(password, at(Bs, index), at(keys, index));
    return keys;
  } finally {
    for (const B of Bs) B.fill(0);
  }
}

function at<T>(items: readonly T[], index: number): T {
  return items[index] as T;
}

/** How many blocks go together: all lanes where there are as many, of one job or of several, and addresses for them. */
function lanesFor(lanes: number, jobs: readonly ScryptJob[]): number {
  const { N, r, p } = jobs[0] as ScryptJob;
  return Math.min(lanes, p * jobs.length, Math.floor(MOST_BYTES / laneBytes(N, r)));
}

function measureMemory(lanes: number, jobs: readonly ScryptJob[]): number {
  const { N, r, p } = jobs[0] as ScryptJob;
  return lanesFor(lanes, jobs) * laneBytes(N, r) + jobs.length * 128 * r * p;
}

/** V, X and Y. */
function laneBytes(N: number, r: number): number {
  return 128 * r * (N + 2);
}

/** scryptROMix of up to three blocks, in place. */
function* romix({ functions, memory }: MemoryLease, N: number, r: number, blocks: readonly Uint8Array[]): Slices {
  const blockBytes = 128 * r;
  const lane = laneBytes(N, r);
  const X = N * blockBytes;
  const slice = Math.min(N, Math.max(2, 2 * Math.floor(SLICE / (2 * r))));
  for (const [index, block] of blocks.entries()) toDiagonals(block, memory.subarray(index * lane));
  for (let i = 0; i < N; i += slice) {
    functions[`fill${blocks.length}`]?.(i * blockBytes, Math.min(slice, N - i), blockBytes, lane);
    yield;
  }
  for (let i = 0; i < N; i += slice) {
    functions[`mix${blocks.length}`]?.(X, Math.min(slice, N - i), blockBytes, lane, N - 1);
    yield;
  }
  for (const [index, block] of blocks.entries()) fromDiagonals(memory.subarray(index * lane + X), block);
  return [];
}

/** Word i of the kernel's 16 is word 5·i mod 16 of Salsa20's. */
function toDiagonals(block: Uint8Array, memory: Uint8Array): void {
  for (let at = 0; at < block.length; at++) memory[at] = block[diagonal(at)] as number;
}

function fromDiagonals(memory: Uint8Array, block: Uint8Array): void {
  for (let at = 0; at < block.length; at++) block[diagonal(at)] = memory[at] as number;
}

function diagonal(at: number): number {
  return (at & ~63) | ((20 * ((at >> 2) & 15)) & 60) | (at & 3);
}
