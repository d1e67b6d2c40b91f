/**
 * The hot paths, each beside a fixed loop that does about the same to the same data in the plainest way. The loop is no
 * rival and never changes: a ratio to it is of our code, whatever the machine is doing.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import { createEngine } from '../../src/engine/engine.js';
import { clerkHashers, parse, verify } from '../../src/index.js';
import type { BcryptJob } from '../../src/jobs.js';
import type { Backend } from '../../src/kdf/contract.js';
import { PASSWORD } from './digests.js';

export interface HotPath {
  readonly name: string;
  /** A third of a millisecond of it: most such blocks pass without another program on the core. */
  run(): unknown;
  /** About as long. */
  reference(): unknown;
}

const example = (name: string): string => clerkHashers.find((hasher) => hasher.name === name)?.example.digest ?? '';

function parsing(name: string, names: readonly string[], times: number): HotPath {
  const credentials = names.map((passwordHasher) => ({ passwordHasher, passwordDigest: example(passwordHasher) }));
  return {
    name,
    run() {
      for (let i = 0; i < times; i++) for (const credential of credentials) parse(credential);
    },
    reference() {
      let sum = 0;
      for (let i = 0; i < times; i++) for (const { passwordDigest } of credentials) sum += read(passwordDigest).length;
      return sum;
    },
  };
}

const VALUES = Uint8Array.from({ length: 128 }, (_, code) => code & 63);

/** Six bits of each character into bytes that are made anew. */
function read(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = (held << 6) | (VALUES[text.charCodeAt(i) & 127] as number);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
    }
  }
  return bytes;
}

function verifying(passwordHasher: string, algorithm: string, times: number): HotPath {
  const credential = { passwordHasher, passwordDigest: example(passwordHasher) };
  const message = Buffer.from(PASSWORD);
  const stored = hash(algorithm, message, 'buffer');
  return {
    name: `verify ${passwordHasher}`,
    async run() {
      for (let i = 0; i < times; i++) await verify(PASSWORD, credential);
    },
    async reference() {
      for (let i = 0; i < times; i++) await matches(algorithm, message, stored);
    },
  };
}

async function matches(algorithm: string, message: Buffer, stored: Buffer): Promise<boolean> {
  return timingSafeEqual(hash(algorithm, message, 'buffer'), stored);
}

/** From a call to a batch on a thread and back, where the thread computes nothing. */
function dispatching(times: number, callers: number): HotPath {
  const answer = new Uint8Array(23);
  const backend: Backend<BcryptJob> = {
    ...{ name: 'nothing', kind: 'lanes', blocking: true },
    load: async () => () => answer,
    lanes: { width: () => 3, group: ({ cost }) => String(cost), load: () => Promise.reject(new Error('not here')) },
  };
  const engine = createEngine({
    threads: [
      {
        run: async (batch) => batch.map(() => answer),
        probe: async () => undefined,
        close: async () => {},
      },
    ],
  });
  const job: BcryptJob = { password: answer, salt: new Uint8Array(16), cost: 10, variant: '2b' };
  const call = {};
  const rounds = Math.ceil(times / callers);
  return {
    name: `dispatch, ${callers} callers`,
    async run() {
      for (let i = 0; i < rounds; i++) {
        await Promise.all(Array.from({ length: callers }, () => engine.run({ kdf: 'bcrypt', backend, job, call })));
      }
    },
    async reference() {
      for (let i = 0; i < rounds; i++) await Promise.all(Array.from({ length: callers }, () => queued(answer)));
    },
  };
}

const queue = new Map<string, Set<() => void>>();

/** Through a map of sets and three turns of the queue of microtasks. */
async function queued(answer: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const waiting = queue.get('queue') ?? new Set();
    queue.set('queue', waiting);
    const done = () => {
      waiting.delete(done);
      resolve(answer);
    };
    waiting.add(done);
    queueMicrotask(() => queueMicrotask(done));
  });
}

export function hotPaths(): HotPath[] {
  const readable = clerkHashers.map(({ name }) => name);
  return [
    parsing('parse bcrypt', ['bcrypt'], 1000),
    parsing('parse argon2id', ['argon2id'], 300),
    parsing('parse scrypt_firebase', ['scrypt_firebase'], 150),
    parsing('parse, each hasher once', readable, 15),
    verifying('md5', 'md5', 200),
    verifying('sha256', 'sha256', 200),
    dispatching(100, 1),
    dispatching(128, 64),
  ];
}

/** Paired blocks of each. */
const PAIRS = 300;
const WARM_UP_MS = 150;

/**
 * Times as long as the reference: the median of pairs, each of them path, reference, reference, path, so that what slows
 * the machine down slows both, and what grows steadily cancels out.
 */
export async function ratioOf({ run, reference }: HotPath): Promise<number> {
  for (const since = performance.now(); performance.now() - since < WARM_UP_MS; ) {
    await run();
    await reference();
  }
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const first = await timed(run);
    const references = (await timed(reference)) + (await timed(reference));
    ratios.push((first + (await timed(run))) / references);
  }
  ratios.sort((a, b) => a - b);
  return ((ratios[PAIRS / 2 - 1] as number) + (ratios[PAIRS / 2] as number)) / 2;
}

async function timed(run: () => unknown): Promise<number> {
  const since = performance.now();
  await run();
  return performance.now() - since;
}
