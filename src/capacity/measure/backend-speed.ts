/** How long one password of a usual digest takes on a backend, here and now. */
import type { CostlyJobs, CostlyKdf } from '../../jobs.js';
import type { Backend } from '../../kdf/contract.js';
import { inTurns } from '../../kdf/lanes.js';
import { OWASP_ARGON2_DEFAULT } from '../../owasp.js';

export interface Speed {
  /** Milliseconds of one password alone. */
  readonly aloneMs: number;
  /** Milliseconds a password where `together` of them go together; absent where the backend does one at a time. */
  readonly batchMs?: number;
  readonly together?: number;
}

const password: Uint8Array = Uint8Array.from('correct horse battery staple', (character) => character.charCodeAt(0));
const salt = new Uint8Array(16);

/** What each KDF is measured with: what products write, or a part of it where that takes long without native code. */
export const REFERENCE: { readonly [K in CostlyKdf]: { readonly title: string; readonly job: CostlyJobs[K] } } = {
  bcrypt: { title: 'cost 10', job: { password, salt, cost: 10, variant: '2b' } },
  pbkdf2: { title: 'SHA-256, 100,000 iterations', job: { prf: 'sha256', password, salt, c: 100_000, dkLen: 32 } },
  scrypt: { title: 'N=2^14, r=8, p=1', job: { password, salt, N: 2 ** 14, r: 8, p: 1, dkLen: 64 } },
  argon2: {
    title: 'argon2id, 19 MiB, t=2, p=1',
    job: { type: 'argon2id', version: 19, password, salt, ...OWASP_ARGON2_DEFAULT, dkLen: 32 },
  },
  chain: { title: 'MD5, 2^13 (phpass)', job: { algorithm: 'md5', first: salt, suffix: password, rounds: 2 ** 13 } },
};

/** Repeated for so long, and at least twice: the first run compiles. */
const ENOUGH_MS = 60;
const LEAST_RUNS = 2;
const RUN = { tickMs: Number.POSITIVE_INFINITY };

/** Computes on the thread that calls it, some tenths of a second. Rejects where the backend does not load. */
export async function measure<K extends CostlyKdf>(kdf: K, backend: Backend<CostlyJobs[K]>): Promise<Speed> {
  const { job } = REFERENCE[kdf];
  const derive = await backend.load();
  calibrateNow(backend, job);
  const aloneMs = await fastest(async () => derive(job, RUN));
  const together = backend.lanes?.width(job) ?? 1;
  if (backend.lanes === undefined || together === 1) return { aloneMs };
  const deriveMany = await backend.lanes.load();
  const jobs = Array.from({ length: together }, () => job);
  const batchMs = (await fastest(() => inTurns(deriveMany(jobs), RUN))) / together;
  return { aloneMs, batchMs, together };
}

/** What a thread measures between jobs, all at once. The backend is loaded. */
export function calibrateNow<Job>(backend: Backend<Job>, job: Job): void {
  const steps = backend.calibrate?.(job);
  while (steps !== undefined && !steps.next().done);
}

/** Milliseconds of the fastest run. */
async function fastest(run: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let runs = 1; ; runs++) {
    const since = performance.now();
    await run();
    const now = performance.now();
    best = Math.min(best, now - since);
    if (runs >= LEAST_RUNS && now - start >= ENOUGH_MS) return best;
  }
}
