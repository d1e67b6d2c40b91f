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

/** Of a backend that has no other scheme of crypt(3): what shadow files have today. */
const YESCRYPT: CryptJob = {
  scheme: 'yescrypt',
  password: new Uint8Array(16),
  salt: new Uint8Array(16),
  ...{ flags: 182, N: 4096, r: 32, p: 1, t: 0 },
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
  const { hasher, params } = REFERENCES[kdf];
  const set = parameterSet(hasher, params);
  const job = findCostlyJob(set.hasher, set.parsed)?.job;
  return kdf === 'crypt' && backend.unsupported?.(job as never) !== undefined ? YESCRYPT : job;
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
