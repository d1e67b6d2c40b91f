/** yescrypt by WebAssembly: its multiplications of 32 bits are two instructions there, and twenty in JavaScript. */
import { encodeYescryptSettings, YESCRYPT_FLAGS } from '../../encoding/yescrypt-settings.js';
import type { CryptJob, YescryptJob } from '../../jobs.js';
import { compileKernel } from '../../kernels/load.js';
import { type MemoryLease, MOST_BYTES, WasmMemoryPool } from '../../kernels/memory-pool.js';
import { BLOCK, BOXES, STATE } from '../../kernels/yescrypt-layout.js';
import { IS_LITTLE_ENDIAN } from '../byte-order.js';
import type { Backend, Slices } from '../contract.js';
import type { CryptHashes } from '../crypt/contract.js';
import { laneBackend } from '../lanes.js';
import type { Boxes } from './pwxform.js';
import { readBlocks, writeBlocks } from './salsa20.js';
import type { Lane, OpenRoom, Room } from './smix.js';
import { yescrypt } from './yescrypt.js';

/** Blocks of 64 bytes a slice: about a millisecond. */
const SLICE = 16_384;
/** Of the first two blocks no earlier one is mixed in. */
const FIRST_BLOCKS = 2;

/**
 * @param hashes for what is around the loops.
 * @param pool of this thread.
 */
export function laneYescrypt(hashes: CryptHashes, pool: WasmMemoryPool = new WasmMemoryPool()): Backend<CryptJob> {
  const lanes = laneBackend<CryptJob>(
    {
      width: () => 1,
      group: (job) => encodeYescryptSettings(job as YescryptJob),
      memoryBytes: (jobs) => measureBytes(jobs[0] as YescryptJob),
      async load() {
        const link = await compileKernel('yescrypt');
        const open: OpenRoom = (N, r) => createRoom(pool.lease(link, measureBytes({ N, r })), r);
        return (jobs) => derive(jobs, hashes, open);
      },
    },
    (job) => {
      if (job.scheme !== 'yescrypt' || job.flags !== YESCRYPT_FLAGS) return 'the kernel is of yescrypt only';
      if (!IS_LITTLE_ENDIAN) return 'the kernel needs little-endian byte order';
      return measureBytes(job) > MOST_BYTES ? 'WebAssembly memory is limited to 4 GiB' : undefined;
    },
  );
  return { ...lanes, name: 'yescrypt' };
}

function measureBytes({ N, r }: { readonly N: number; readonly r: number }): number {
  return BLOCK + 128 * r * (N + 1);
}

function* derive(jobs: readonly CryptJob[], hashes: CryptHashes, open: OpenRoom): Slices {
  const hashed: Uint8Array[] = [];
  for (const job of jobs) hashed.push(yield* yescrypt(job as YescryptJob, hashes, open));
  return hashed;
}

function createRoom(lease: MemoryLease, r: number): Room {
  const { functions, memory } = lease;
  const blockBytes = 128 * r;
  const V = BLOCK + blockBytes;
  const words = new Int32Array(memory.buffer, 0, Math.floor(memory.length / 4));
  const slice = Math.max(1, Math.floor(SLICE / (2 * r)));

  function* fill({ B, N, first }: Lane, boxes: Boxes): Generator<void, void, void> {
    enter(B, boxes);
    const address = (i: number): number => V + (first + i) * blockBytes;
    functions['start']?.(address(0), FIRST_BLOCKS, blockBytes);
    for (let n = FIRST_BLOCKS; n < N; n *= 2) {
      const end = Math.min(2 * n, N);
      for (let i = n; i < end; i += slice) {
        functions['fill']?.(address(i), Math.min(slice, end - i), blockBytes, n * blockBytes, n - 1);
        yield;
      }
    }
    leave(B, boxes);
  }

  function* mix({ B, N, first }: Lane, times: number, boxes: Boxes, rewrites: boolean): Generator<void, void, void> {
    if (times === 0) return;
    enter(B, boxes);
    for (let i = 0; i < times; i += slice) {
      functions[rewrites ? 'rewrite' : 'read']?.(V + first * blockBytes, Math.min(slice, times - i), blockBytes, N - 1);
      yield;
    }
    leave(B, boxes);
  }

  /** The kernel has one block and one lane's boxes at a time. */
  function enter(B: Uint8Array, boxes: Boxes): void {
    readBlocks(B, words, BLOCK / 4);
    words.set(boxes.words, BOXES / 4);
    const starts = [boxes.first, boxes.second, boxes.third].map((word) => BOXES + 4 * word);
    words.set([...starts, 4 * boxes.write], STATE / 4);
  }

  function leave(B: Uint8Array, boxes: Boxes): void {
    writeBlocks(words, BLOCK / 4, B);
    boxes.words.set(words.subarray(BOXES / 4, BLOCK / 4));
    const [first, second, third] = [0, 1, 2].map((i) => ((words[STATE / 4 + i] as number) - BOXES) / 4);
    Object.assign(boxes, { first, second, third, write: (words[STATE / 4 + 3] as number) / 4 });
  }

  return {
    fill: (lane, boxes) => fill(lane, boxes as Boxes),
    mix: (lane, times, boxes, rewrites) => mix(lane, times, boxes as Boxes, rewrites),
    release: () => lease.release(),
  };
}
