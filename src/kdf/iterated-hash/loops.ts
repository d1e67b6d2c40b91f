/** Hash loops that lanes.ts has no kernel for, by WebAssembly: of SHA-1 and SHA-256, and with bytes before h. */
import { concat } from '../../encoding/bytes.js';
import type { ChainedHash, IteratedHashJob } from '../../jobs.js';
import { loadKernel } from '../../kernels/load.js';
import type { Backend, Slices } from '../contract.js';
import { portableHashesWithoutAes } from '../hash/portable-hashes.js';
import { laneBackend } from '../lanes.js';
import { countBlocks, countLoopLanes, fitsLoop, type Loop, loadLoops, type RunLoops } from '../message-loop.js';

const { hash } = portableHashesWithoutAes;
const DIGEST_BYTES: { readonly [A in ChainedHash]: number } = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };
/** There is one message only. */
const ORDER = [0];

/** @param load of the kernels; another one in tests. */
export function loopIteratedHash(load: typeof loadKernel = loadKernel): Backend<IteratedHashJob> {
  const lanes = laneBackend<IteratedHashJob>(
    {
      width: ({ algorithm }) => countLoopLanes(algorithm),
      group: (job) => `${job.algorithm} ${job.rounds} ${countBlocks(job.algorithm, countBytes(job))}`,
      async load() {
        const runs = {
          md5: await loadLoops('md5', load),
          sha1: await loadLoops('sha1', load),
          sha256: await loadLoops('sha256', load),
          sha512: await loadLoops('sha512', load),
        };
        return (jobs) => deriveMany(runs[(jobs[0] as IteratedHashJob).algorithm], jobs);
      },
    },
    (job) => (fitsLoop(job.algorithm, [countBytes(job)]) ? undefined : 'the message is too long for the kernel'),
  );
  return { ...lanes, name: 'loops' };
}

function countBytes({ algorithm, prefix, suffix }: IteratedHashJob): number {
  return (prefix?.length ?? 0) + DIGEST_BYTES[algorithm] + suffix.length;
}

function* deriveMany(run: RunLoops, jobs: readonly IteratedHashJob[]): Slices {
  const loops: Loop[] = jobs.map(({ algorithm, first, prefix = new Uint8Array(), suffix }) => ({
    first: hash(algorithm, first),
    messages: [{ bytes: concat(prefix, new Uint8Array(DIGEST_BYTES[algorithm]), suffix), at: prefix.length }],
  }));
  try {
    return yield* run(loops, ORDER, (jobs[0] as IteratedHashJob).rounds);
  } finally {
    for (const { messages } of loops) for (const { bytes } of messages) bytes.fill(0);
  }
}
