/** The hash loop of phpass and Symfony by WebAssembly: up to eight passwords at once with MD5, three with SHA-512. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { IteratedHashJob } from '../../jobs.js';
import {
  type IteratedAlgorithm,
  type IteratedHashLayout,
  iteratedHashLayout,
  WORK_AT,
} from '../../kernels/iterated-hash-layout.js';
import { type Kernel, type Kernels, loadKernel } from '../../kernels/load.js';
import type { KernelName } from '../../kernels/names.js';
import type { Backend, Slices } from '../contract.js';
import { readLane, writeLane } from '../lane-bytes.js';
import { laneBackend } from '../lanes.js';

interface IteratedHashKernels extends Kernels {
  readonly layout: IteratedHashLayout;
}

const HASHES = { md5, sha512 } as const;
/** From few lanes to many. MD5 has no kernel of two: four lanes take the time of one. */
const KERNELS: { readonly [A in IteratedAlgorithm]: readonly (readonly [KernelName, number])[] } = {
  md5: [
    ['md5x1', 1],
    ['md5x4', 4],
    ['md5x8', 8],
  ],
  sha512: [
    ['sha512x1', 1],
    ['sha512x2', 2],
    ['sha512x3', 3],
  ],
};
const PAGE_BYTES = 65_536;
/** Compressions a slice: about 1 ms. */
const SLICE = { md5: 6144, sha512: 2048 } as const;

/** @param load of the kernels; another one in tests. */
export function laneIteratedHash(load: typeof loadKernel = loadKernel): Backend<IteratedHashJob> {
  return laneBackend<IteratedHashJob>(
    {
      width: ({ algorithm }) => countLanes(algorithm as IteratedAlgorithm),
      group: (job) => `${job.algorithm} ${job.rounds} ${blockCount(job, layoutOf(job))}`,
      async load() {
        const kernels = { md5: await loadAll('md5', load), sha512: await loadAll('sha512', load) };
        return (jobs) => deriveMany(kernels[(jobs[0] as IteratedHashJob).algorithm as IteratedAlgorithm], jobs);
      },
    },
    ({ algorithm, prefix }) => {
      if (!Object.hasOwn(KERNELS, algorithm)) return `no kernel of ${algorithm}`;
      return prefix === undefined || prefix.length === 0 ? undefined : 'no kernel with a prefix';
    },
  );
}

function layoutOf({ algorithm }: IteratedHashJob): IteratedHashLayout {
  return iteratedHashLayout(algorithm as IteratedAlgorithm, 1);
}

function countLanes(algorithm: IteratedAlgorithm): number {
  return (KERNELS[algorithm].at(-1) as readonly [KernelName, number])[1];
}

function loadAll(algorithm: IteratedAlgorithm, load: typeof loadKernel): Promise<IteratedHashKernels[]> {
  return Promise.all(
    KERNELS[algorithm].map(async ([name, lanes]) => {
      const layout = iteratedHashLayout(algorithm, lanes);
      return { ...(await load(name, layout.blocksAt + layout.blockStride)), layout };
    }),
  );
}

/** More jobs than lanes are done one batch after the other. */
function* deriveMany(kernels: readonly IteratedHashKernels[], jobs: readonly IteratedHashJob[]): Slices {
  const { lanes } = (kernels.at(-1) as IteratedHashKernels).layout;
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < jobs.length; from += lanes) {
    const some = jobs.slice(from, from + lanes);
    const fitting = kernels.find(({ layout }) => layout.lanes >= some.length) as IteratedHashKernels;
    hashes.push(...(yield* derive(fitting, some)));
  }
  return hashes;
}

/** Blocks of H(h ‖ suffix): the message, a byte 0x80, and the length in two words. */
function blockCount({ suffix }: IteratedHashJob, layout: IteratedHashLayout): number {
  return Math.ceil((layout.digestBytes + suffix.length + 1 + 2 * layout.wordBytes) / layout.blockBytes);
}

function* derive(kernels: IteratedHashKernels, jobs: readonly IteratedHashJob[]): Slices {
  const { layout } = kernels;
  const { rounds } = jobs[0] as IteratedHashJob;
  const algorithm = (jobs[0] as IteratedHashJob).algorithm as IteratedAlgorithm;
  const { digestBytes, blockBytes, hAt, blocksAt, blockStride } = layout;
  const blocks = blockCount(jobs[0] as IteratedHashJob, layout);
  const end = blocksAt + blocks * blockStride;
  const kernel = kernels.enter();
  const { functions } = kernel;
  const memory = viewMemory(kernel, end);
  try {
    for (const [lane, job] of jobs.entries()) {
      writeLane(memory, layout, hAt, lane, HASHES[algorithm](job.first));
      const message = padded(layout, job.suffix, blocks);
      for (let block = 0; block < blocks; block++) {
        const bytes = message.subarray(block * blockBytes, (block + 1) * blockBytes);
        writeLane(memory, layout, blocksAt + block * blockStride, lane, bytes);
      }
      message.fill(0);
    }
    for (let block = layout.prepareFirst ? 0 : 1; block < blocks; block++) {
      functions['prepare']?.(blocksAt + block * blockStride);
    }
    const slice = Math.max(1, Math.floor(SLICE[algorithm] / blocks));
    for (let done = 0; done < rounds; done += slice) {
      functions['rounds']?.(Math.min(slice, rounds - done), end);
      yield;
    }
    return jobs.map((_, lane) => readLane(memory, layout, hAt, lane, digestBytes));
  } finally {
    memory.fill(0, WORK_AT, end);
    kernels.leave(kernel);
  }
}

/** At least so much of it: a long suffix has many blocks. */
function viewMemory({ memory }: Kernel, bytes: number): Uint8Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return new Uint8Array(memory.buffer);
}

/** The blocks of h ‖ suffix with zeros for h. RFC 1321 §3.1, FIPS 180-4 §5.1.2. */
function padded(
  { digestBytes, blockBytes, bigEndian }: IteratedHashLayout,
  suffix: Uint8Array,
  blocks: number,
): Uint8Array {
  const message = new Uint8Array(blocks * blockBytes);
  const length = digestBytes + suffix.length;
  message.set(suffix, digestBytes);
  message[length] = 0x80;
  const view = new DataView(message.buffer);
  if (bigEndian) view.setBigUint64(message.length - 8, 8n * BigInt(length));
  else view.setBigUint64(message.length - 8, 8n * BigInt(length), true);
  return message;
}
