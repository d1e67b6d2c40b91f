/** crypt(3) by WebAssembly: up to eight passwords at once with MD5, four with SHA-1 and SHA-256, three with SHA-512. */
import type { CryptJob, CryptScheme } from '../../jobs.js';
import { loadKernel } from '../../kernels/load.js';
import type { Backend, Slices } from '../contract.js';
import { laneBackend } from '../lanes.js';
import { countBlocks, countLoopLanes, fitsLoop, type Loop, loadLoops, type RunLoops } from '../message-loop.js';
import { type ChainHmacs, countHmacLanes, loadHmacChains } from '../pbkdf2/lanes.js';
import type { CryptHashes, JobOf } from './contract.js';
import { beginMd5Crypt, MD5_CRYPT_ROUNDS, orderMd5Crypt } from './md5-crypt.js';
import { chooseMessage, measureMessages, PERIOD } from './rounds.js';
import { beginShaCrypt, orderShaCrypt } from './sha-crypt.js';
import { firstMessage, orderSha1Crypt } from './sha1-crypt.js';

type LoopScheme = 'md5_crypt' | 'sha256_crypt' | 'sha512_crypt';
type LoopJob = JobOf<LoopScheme>;

interface Runs {
  readonly loops: { readonly [S in LoopScheme]: RunLoops };
  readonly chain: ChainHmacs;
}

const LOOPS = {
  md5_crypt: { algorithm: 'md5', digestBytes: 16 },
  sha256_crypt: { algorithm: 'sha256', digestBytes: 32 },
  sha512_crypt: { algorithm: 'sha512', digestBytes: 64 },
} as const;
const ORDER: readonly number[] = Array.from({ length: PERIOD }, (_, i) => chooseMessage(i));

/**
 * @param hashes for what comes before the rounds.
 * @param load of the kernels; another one in tests.
 */
export function laneCrypt(hashes: CryptHashes, load: typeof loadKernel = loadKernel): Backend<CryptJob> {
  return laneBackend<CryptJob>(
    {
      width: ({ scheme }) => (hasLoop(scheme) ? countLoopLanes(LOOPS[scheme].algorithm) : countHmacLanes('sha1')),
      group: nameGroup,
      async load() {
        const loops = {
          md5_crypt: await loadLoops('md5', load),
          sha256_crypt: await loadLoops('sha256', load),
          sha512_crypt: await loadLoops('sha512', load),
        };
        const runs: Runs = { loops, chain: await loadHmacChains('sha1', load) };
        return (jobs) => deriveMany(runs, hashes, jobs);
      },
    },
    (job) => {
      if (!isLoop(job)) return job.scheme === 'sha1_crypt' ? undefined : `no kernel of ${job.scheme}`;
      const fits = fitsLoop(LOOPS[job.scheme].algorithm, measure(job));
      return fits ? undefined : 'the password is too long for the kernel';
    },
  );
}

function hasLoop(scheme: CryptScheme): scheme is LoopScheme {
  return Object.hasOwn(LOOPS, scheme);
}

function isLoop(job: CryptJob): job is LoopJob {
  return hasLoop(job.scheme);
}

/** Passwords of up to 15 bytes with a salt of 16 go together in SHA-512, of up to 11 with one of 8 in MD5. */
function nameGroup(job: CryptJob): string {
  if (!isLoop(job)) return `${job.scheme} ${job.scheme === 'sha1_crypt' ? job.rounds : ''}`;
  const { algorithm } = LOOPS[job.scheme];
  const blocks = measure(job).map((length) => countBlocks(algorithm, length));
  return `${job.scheme} ${countRounds(job)} ${blocks}`;
}

/** Bytes of each message. */
function measure({ scheme, password, salt }: LoopJob): number[] {
  return measureMessages(password.length, salt.length, LOOPS[scheme].digestBytes);
}

function countRounds(job: LoopJob): number {
  return job.scheme === 'md5_crypt' ? MD5_CRYPT_ROUNDS : job.rounds;
}

function deriveMany({ loops, chain }: Runs, hashes: CryptHashes, jobs: readonly CryptJob[]): Slices {
  const { scheme } = jobs[0] as CryptJob;
  if (hasLoop(scheme)) return deriveLoops(loops[scheme], hashes, jobs as readonly LoopJob[]);
  return deriveChains(chain, jobs as readonly JobOf<'sha1_crypt'>[]);
}

function* deriveLoops(run: RunLoops, hashes: CryptHashes, jobs: readonly LoopJob[]): Slices {
  const job = jobs[0] as LoopJob;
  const loops: Loop[] = [];
  try {
    for (const one of jobs) {
      const [first, messages] =
        one.scheme === 'md5_crypt' ? beginMd5Crypt(one, hashes) : yield* beginShaCrypt(one, hashes);
      loops.push({ first, messages });
    }
    const found = yield* run(loops, ORDER, countRounds(job));
    return found.map((h) => (job.scheme === 'md5_crypt' ? orderMd5Crypt(h) : orderShaCrypt(job, h)));
  } finally {
    for (const { messages } of loops) for (const { bytes } of messages) bytes.fill(0);
  }
}

function* deriveChains(chain: ChainHmacs, jobs: readonly JobOf<'sha1_crypt'>[]): Slices {
  const { rounds } = jobs[0] as JobOf<'sha1_crypt'>;
  const chains = jobs.map(({ password, salt }) => ({ password, message: firstMessage(salt, rounds) }));
  return (yield* chain(chains, rounds)).map(orderSha1Crypt);
}
