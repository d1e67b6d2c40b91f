/** How long one password of a usual digest takes on a backend, on the thread that calls it. */
import type { CostlyJobs, CostlyKdf, CryptJob } from '../../jobs.js';
import type { Backend } from '../../kdf/contract.js';
import { inTurns } from '../../kdf/lanes.js';
import { wallMs } from './clock.js';
import { REFERENCES } from './login-speeds.js';
import { parameterSet } from './parameter-set.js';
import { findCostlyJob } from './placement.js';
import { sampleUntilStable } from './sampler.js';
import { median } from './statistics.js';

export interface BackendSpeed {
  /** Milliseconds of one password alone. */
  readonly aloneMs: number;
  /** Milliseconds a password where `together` of them go together; absent where the backend does one at a time. */
  readonly batchMs?: number;
  readonly together?: number;
}

const SAMPLING = { clock: wallMs, targetSpread: 0.05, budgetMs: 60, leastRuns: 1 } as const;
const RUN = { tickMs: Number.POSITIVE_INFINITY };

/** What shadow files have. */
const CRYPT: { readonly title: string; readonly job: CryptJob; readonly others: readonly CryptJob[] } = {
  title: 'sha512_crypt, 5000 rounds (its backend yescrypt: N=4096, r=32)',
  job: { scheme: 'sha512_crypt', password: new Uint8Array(16), salt: new Uint8Array(16), rounds: 5000 },
  others: [
    {
      scheme: 'yescrypt',
      password: new Uint8Array(16),
      salt: new Uint8Array(16),
      ...{ flags: 182, N: 4096, r: 32, p: 1, t: 0 },
    },
  ],
};

/** What each KDF is measured with. */
export const TITLES: { readonly [K in CostlyKdf]: string } = {
  bcrypt: REFERENCES.bcrypt.title,
  pbkdf2: REFERENCES.pbkdf2.title,
  scrypt: REFERENCES.scrypt.title,
  argon2: REFERENCES.argon2.title,
  iteratedHash: REFERENCES.iteratedHash.title,
  crypt: CRYPT.title,
};

/** Takes some tenths of a second. Rejects where the backend does not load. */
export async function measureBackend<K extends CostlyKdf>(
  kdf: K,
  backend: Backend<CostlyJobs[K]>,
): Promise<BackendSpeed> {
  const job = findReferenceJob(kdf, backend as Backend<never>) as CostlyJobs[K];
  const derive = await backend.load();
  calibrateNow(backend, job);
  const aloneMs = await medianMs(async () => derive(job, RUN));
  const together = backend.lanes?.width(job) ?? 1;
  if (backend.lanes === undefined || together === 1) return { aloneMs };
  const deriveMany = await backend.lanes.load();
  const jobs = Array.from({ length: together }, () => job);
  const batchMs = (await medianMs(() => inTurns(deriveMany(jobs), RUN))) / together;
  return { aloneMs, batchMs, together };
}

function findReferenceJob(kdf: CostlyKdf, backend: Backend<never>): CostlyJobs[CostlyKdf] | undefined {
  if (kdf === 'crypt') {
    const { unsupported } = backend as Backend<CryptJob>;
    return [CRYPT.job, ...CRYPT.others].find((one) => unsupported?.(one) === undefined);
  }
  const { hasher, params } = REFERENCES[kdf];
  const set = parameterSet(hasher, params);
  return findCostlyJob(set.hasher, set.parsed)?.job;
}

/** What a thread measures between jobs, all at once. The backend is loaded. */
export function calibrateNow<Job>(backend: Backend<Job>, job: Job): void {
  const steps = backend.calibrate?.(job);
  while (steps !== undefined && !steps.next().done);
}

/** The first run compiles. Seconds of bcrypt in JavaScript are not repeated to warm up. */
async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const since = wallMs();
  await run();
  return median(await sampleUntilStable(run, wallMs() - since, SAMPLING));
}
