/** The backends themselves, without a selection in front: for tests that compare one with another. */

import type { CostlyJobs, CostlyKdf } from '../../dist/jobs.js';
import type { Backend, Catalogue, Derive, Run } from '../../dist/kdf/contract.js';

/** A test's thread has nothing else to do. */
export const NO_PAUSE: Run = { tickMs: Number.POSITIVE_INFINITY };

export interface Loaded<Job> extends Backend<Job> {
  readonly derive: Derive<Job>;
}

/** Those of one KDF that load on this machine, in the catalogue's order. */
export async function loadedBackends<K extends CostlyKdf>(
  catalogue: Catalogue,
  kdf: K,
): Promise<readonly Loaded<CostlyJobs[K]>[]> {
  const backends = catalogue.costly[kdf] as readonly Backend<CostlyJobs[K]>[];
  const loading = backends.map(async (backend) => ({ ...backend, derive: await backend.load() }));
  const settled = await Promise.allSettled(loading);
  return settled.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
}
