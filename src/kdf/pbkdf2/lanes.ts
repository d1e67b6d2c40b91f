/**
 * PBKDF2 by WebAssembly: four lanes with SHA-1 and SHA-256, up to three with SHA-512. A lane is one block of an output:
 * two jobs of two blocks fill four lanes, and one alone fills two.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concat } from '../../encoding/bytes.js';
import type { Pbkdf2Job } from '../../jobs.js';
import { type Kernels, loadKernel } from '../../kernels/load.js';
import type { KernelName } from '../../kernels/names.js';
import { type KernelPrf, type Pbkdf2Layout, pbkdf2Layout, WORK_AT } from '../../kernels/pbkdf2-layout.js';
import type { Backend, Slices } from '../contract.js';
import { readLane, writeLane } from '../lane-bytes.js';
import { laneBackend } from '../lanes.js';

type Prf = KernelPrf;
/** A job of one of the hash functions that have kernels. */
type LaneJob = Pbkdf2Job & { readonly prf: Prf };

interface Pbkdf2Kernels extends Kernels {
  readonly layout: Pbkdf2Layout;
}

/** What one lane computes: U_1 is the HMAC of the message, and each further U that of the one before. RFC 8018 §5.2. */
interface HmacLane {
  /** The password as HMAC's key, one block. */
  readonly key: Uint8Array;
  readonly message: Uint8Array;
}

/** U_c of each job: NetBSD's crypt(3) has such a chain without a sum. */
export type ChainHmacs = (jobs: readonly HmacChain[], c: number) => Slices;

export interface HmacChain {
  readonly password: Uint8Array;
  readonly message: Uint8Array;
}

const HASHES = { sha1, sha256, sha512 } as const;
/** From few lanes to many. Fewer than four of SHA-1 or SHA-256 take the time of four. */
const KERNELS: { readonly [P in Prf]: readonly (readonly [KernelName, number])[] } = {
  sha1: [['pbkdf2Sha1x4', 4]],
  sha256: [['pbkdf2Sha256x4', 4]],
  sha512: [
    ['pbkdf2Sha512x1', 1],
    ['pbkdf2Sha512x2', 2],
    ['pbkdf2Sha512x3', 3],
  ],
};
/** Iterations a slice: about 1 ms. */
const SLICE = { sha1: 3072, sha256: 1280, sha512: 1024 } as const;
/** RFC 2104 §2. */
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** @param load of the kernels; another one in tests. */
export function lanePbkdf2(load: typeof loadKernel = loadKernel): Backend<Pbkdf2Job> {
  const backend = laneBackend<LaneJob>({
    width: (job) => Math.max(1, Math.floor(widest(job.prf).lanes / pbkdf2Blocks(job))),
    group: (job) => `${job.prf} ${job.c} ${pbkdf2Blocks(job)}`,
    async load() {
      const kernels = {
        sha1: await loadAll('sha1', load),
        sha256: await loadAll('sha256', load),
        sha512: await loadAll('sha512', load),
      };
      return (jobs) => deriveMany(kernels[(jobs[0] as LaneJob).prf], jobs);
    },
  });
  // It is never asked for a job that it says it cannot do.
  return { ...(backend as Backend<Pbkdf2Job>), unsupported: refusePrf };
}

/** Why lanes cannot do the job. */
export function refusePrf({ prf }: Pbkdf2Job): string | undefined {
  return Object.hasOwn(KERNELS, prf) ? undefined : `no kernel of ${prf}`;
}

/** @param load of the kernels; another one in tests. */
export async function loadHmacChains(prf: Prf, load: typeof loadKernel = loadKernel): Promise<ChainHmacs> {
  const kernels = await loadAll(prf, load);
  const most = (kernels.at(-1) as Pbkdf2Kernels).layout;

  return function* chainHmacs(jobs, c) {
    const hashes: Uint8Array[] = [];
    for (let from = 0; from < jobs.length; from += most.lanes) {
      const lanes = jobs.slice(from, from + most.lanes).map(({ password, message }) => ({
        key: hmacKey({ prf, password }, most),
        message,
      }));
      try {
        hashes.push(...(yield* derive(chooseKernels(kernels, lanes), prf, lanes, c, 'uAt')));
      } finally {
        for (const { key } of lanes) key.fill(0);
      }
    }
    return hashes;
  };
}

export function countHmacLanes(prf: Prf): number {
  return widest(prf).lanes;
}

function chooseKernels(kernels: readonly Pbkdf2Kernels[], lanes: readonly unknown[]): Pbkdf2Kernels {
  return kernels.find(({ layout }) => layout.lanes >= lanes.length) as Pbkdf2Kernels;
}

function widest(prf: Prf): Pbkdf2Layout {
  return pbkdf2Layout(prf, (KERNELS[prf].at(-1) as readonly [KernelName, number])[1]);
}

/** Blocks of output: each is a lane. RFC 8018 §5.2 step 2. */
export function pbkdf2Blocks({ prf, dkLen }: Pick<LaneJob, 'prf' | 'dkLen'>): number {
  return Math.ceil(dkLen / widest(prf).digestBytes);
}

function loadAll(prf: Prf, load: typeof loadKernel): Promise<Pbkdf2Kernels[]> {
  return Promise.all(
    KERNELS[prf].map(async ([name, lanes]) => {
      const layout = pbkdf2Layout(prf, lanes);
      return { ...(await load(name, layout.end)), layout };
    }),
  );
}

/** More blocks than lanes are done one batch after the other. */
function* deriveMany(kernels: readonly Pbkdf2Kernels[], jobs: readonly LaneJob[]): Slices {
  const most = (kernels.at(-1) as Pbkdf2Kernels).layout;
  const keys: Uint8Array[] = [];
  const outputs = jobs.map(({ dkLen }) => new Uint8Array(dkLen));
  const { prf, c } = jobs[0] as LaneJob;
  try {
    const lanes: (HmacLane & { readonly index: number; readonly output: Uint8Array })[] = [];
    for (const [i, job] of jobs.entries()) {
      const key = hmacKey(job, most);
      keys.push(key);
      for (let index = 1; index <= pbkdf2Blocks(job); index++) {
        lanes.push({ key, message: concat(job.salt, bigEndian32(index)), index, output: outputs[i] as Uint8Array });
      }
    }
    for (let from = 0; from < lanes.length; from += most.lanes) {
      const some = lanes.slice(from, from + most.lanes);
      for (const [lane, block] of (yield* derive(chooseKernels(kernels, some), prf, some, c, 'tAt')).entries()) {
        const { output, index } = some[lane] as (typeof some)[number];
        const at = (index - 1) * block.length;
        output.set(block.subarray(0, output.length - at), at);
        block.fill(0);
      }
    }
    return outputs;
  } finally {
    for (const key of keys) key.fill(0);
  }
}

/** RFC 2104 §2: a key longer than a block is hashed first. */
function hmacKey({ prf, password }: Pick<LaneJob, 'prf' | 'password'>, { blockBytes }: Pbkdf2Layout): Uint8Array {
  const key = new Uint8Array(blockBytes);
  if (password.length <= blockBytes) key.set(password);
  else {
    const hashed = HASHES[prf](password);
    key.set(hashed);
    hashed.fill(0);
  }
  return key;
}

/** @returns of each lane the last U, or the sum of all. */
function* derive(
  kernels: Pbkdf2Kernels,
  prf: Prf,
  lanes: readonly HmacLane[],
  c: number,
  answer: 'uAt' | 'tAt',
): Slices {
  const { layout } = kernels;
  const { innerAt, outerAt, uAt, tAt, blockAt, digestBytes } = layout;
  const kernel = kernels.enter();
  const { functions } = kernel;
  const memory = new Uint8Array(kernel.memory.buffer);
  try {
    for (const [at, pad] of [
      [innerAt, INNER_PAD],
      [outerAt, OUTER_PAD],
    ] as const) {
      for (const [lane, { key }] of lanes.entries()) {
        const padded = key.map((byte) => byte ^ pad);
        writeLane(memory, layout, blockAt, lane, padded);
        padded.fill(0);
      }
      functions['key']?.(at);
    }
    for (const [lane, { key, message }] of lanes.entries()) {
      const first = hmac(HASHES[prf], key, message);
      writeLane(memory, layout, uAt, lane, first);
      writeLane(memory, layout, tAt, lane, first);
      first.fill(0);
    }
    for (let done = 1; done < c; done += SLICE[prf]) {
      functions['rounds']?.(Math.min(SLICE[prf], c - done));
      yield;
    }
    return lanes.map((_, lane) => readLane(memory, layout, layout[answer], lane, digestBytes));
  } finally {
    memory.fill(0, WORK_AT, layout.end);
    kernels.leave(kernel);
  }
}

function bigEndian32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
