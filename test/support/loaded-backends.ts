/** The backends themselves, without a selection in front: for tests that compare one with another. */

import type { CostlyJobs, CostlyKdf } from '../../dist/jobs.js';
import type { Backend, BackendLoader, Catalogue, Run } from '../../dist/kdf/contract.js';

/** A test's thread has nothing else to do. */
export const NO_PAUSE: Run = { tickMs: Number.POSITIVE_INFINITY };

/** Those of one KDF that load on this machine, in the catalogue's order. */
export async function loadedBackends<K extends CostlyKdf>(
  catalogue: Catalogue,
  kdf: K,
): Promise<readonly Backend<CostlyJobs[K]>[]> {
  const loaders = catalogue.costly[kdf] as readonly BackendLoader<CostlyJobs[K]>[];
  const settled = await Promise.allSettled(loaders.map((loader) => loader.load()));
  return settled.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
}
