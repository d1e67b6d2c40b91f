/**
 * How long the calling thread computes without a turn of the event loop, where it has no other threads: each KDF with the
 * backends of the portable entry, with costly parameters.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CostlyJobs, CostlyKdf } from '../src/jobs.js';
import { portableCatalogue } from '../src/kdf/catalogue-portable.js';
import type { Backend, KernelRun } from '../src/kdf/contract.js';
import { loadTested, TICK_MS } from '../src/kdf/in-process.js';
import { type Ask, ms, type Row } from './support/row.js';

const MOST_MS = 20;
/** The best of some runs: what others on this machine do is in each of them, and what the code does is in all. */
const RUNS = 3;
const password = new Uint8Array(64).fill(97);
const long = new Uint8Array(4096).fill(97);
const salt = new Uint8Array(16).fill(7);

const JOBS: { readonly [K in CostlyKdf]: Readonly<Record<string, CostlyJobs[K]>> } = {
  bcrypt: { 'cost 12': { password, salt, cost: 12, variant: '2b' } },
  pbkdf2: {
    'SHA-256, 600 000': { prf: 'sha256', password, salt, c: 600_000, dkLen: 32 },
    'SHA-512, 210 000': { prf: 'sha512', password, salt, c: 210_000, dkLen: 64 },
    'SHA-1, 500, 1024 bytes': { prf: 'sha1', password, salt, c: 500, dkLen: 1024 },
  },
  scrypt: {
    'N=2^17, r=8, p=1': { password, salt, N: 2 ** 17, r: 8, p: 1, dkLen: 64 },
    'N=2^14, r=8, p=5': { password, salt, N: 2 ** 14, r: 8, p: 5, dkLen: 64 },
  },
  argon2: {
    'Argon2id, 64 MiB, t=3, p=4': { type: 'argon2id', version: 19, password, salt, m: 65_536, t: 3, p: 4, dkLen: 32 },
    'Argon2i, 64 MiB, t=3, p=1': { type: 'argon2i', version: 19, password, salt, m: 65_536, t: 3, p: 1, dkLen: 32 },
  },
  iteratedHash: {
    'MD5, 2^16': { algorithm: 'md5', first: password, suffix: password, rounds: 2 ** 16 },
    'MD5, 2^13, 4 kB': { algorithm: 'md5', first: long, suffix: long, rounds: 2 ** 13 },
    'SHA-512, 5000, 4 kB': { algorithm: 'sha512', first: long, suffix: long, rounds: 5000 },
  },
  crypt: {
    'SHA-512, 100 000': { scheme: 'sha512_crypt', password, salt, rounds: 100_000 },
    'SHA-512, 1000, 4 kB': { scheme: 'sha512_crypt', password: long, salt, rounds: 1000 },
    MD5: { scheme: 'md5_crypt', password: long, salt },
    'Sun MD5': { scheme: 'sun_md5_crypt', password, salt, rounds: 904 },
    'BSDi, 100 000': { scheme: 'bsdi_crypt', password, salt, rounds: 100_000 },
    'yescrypt, j9T': { scheme: 'yescrypt', password, salt, flags: 182, N: 4096, r: 32, p: 1, t: 0 },
    'yescrypt, N=2^15, r=32': { scheme: 'yescrypt', password, salt, flags: 182, N: 2 ** 15, r: 32, p: 1, t: 0 },
  },
};

interface Longest {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** The longest time between two turns of the event loop while `work` runs. */
async function longestOf(work: () => Promise<unknown>): Promise<Longest> {
  let longest: Longest = { wallMs: 0, cpuMs: 0 };
  let isDone = false;
  const watch = async () => {
    let [since, cpu] = [performance.now(), process.cpuUsage()];
    while (!isDone) {
      await nextTurn();
      const { user, system } = process.cpuUsage(cpu);
      const wallMs = performance.now() - since;
      longest = { wallMs: Math.max(longest.wallMs, wallMs), cpuMs: Math.max(longest.cpuMs, (user + system) / 1000) };
      [since, cpu] = [performance.now(), process.cpuUsage()];
    }
  };
  const watched = watch();
  await work();
  isDone = true;
  await watched;
  return longest;
}

function row(what: string, wall: number, cpu: number): Row {
  return { what: `${what}: ${cpu.toFixed(1)} ms of CPU`, measured: ms(wall), wanted: { most: MOST_MS } };
}

async function rowsOf<K extends CostlyKdf>(kdf: K, backend: Backend<CostlyJobs[K]>): Promise<Row[]> {
  const name = `${kdf}, ${backend.kind === 'lanes' ? 'lanes' : 'JavaScript'}`;
  const loading = await longestOf(() => loadTested({ kdf, backend }, { tickMs: TICK_MS }));
  const rows = [row(`${name}, loading`, loading.wallMs, loading.cpuMs)];
  const derive = await backend.load();
  for (const [what, job] of Object.entries(JOBS[kdf]) as [string, CostlyJobs[K]][]) {
    const runs = async (tickMs: number): Promise<Longest> => {
      const all: Longest[] = [];
      const run: KernelRun = { tickMs };
      for (let i = 0; i < RUNS; i++) all.push(await longestOf(async () => derive(job, run)));
      return all.reduce((a, b) => ({ wallMs: Math.min(a.wallMs, b.wallMs), cpuMs: Math.min(a.cpuMs, b.cpuMs) }));
    };
    const turn = await runs(TICK_MS);
    const slice = await runs(0);
    rows.push(row(`${name}, ${what}, between turns`, turn.wallMs, turn.cpuMs));
    rows.push(row(`${name}, ${what}, one slice`, slice.wallMs, slice.cpuMs));
  }
  return rows;
}

export const ask: Ask = async () => {
  const rows: Row[] = [];
  for (const kdf of Object.keys(JOBS) as CostlyKdf[]) {
    for (const backend of portableCatalogue.costly[kdf] as readonly Backend<CostlyJobs[typeof kdf]>[]) {
      if (backend.kind !== 'native') rows.push(...(await rowsOf(kdf, backend as never)));
    }
  }
  return rows;
};
