/** The backends themselves, without a selection in front: for tests that compare one with another. */

import type { CostlyJobs, CostlyKdf } from '../../src/jobs.js';
import type { Backend, Catalogue, Derive, DeriveMany, KernelRun, Lanes } from '../../src/kdf/contract.js';

/** A test's thread has nothing else to do. */
export const NO_PAUSE: KernelRun = { tickMs: Number.POSITIVE_INFINITY };

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

export interface LoadedLanes<Job> extends Omit<Lanes<Job>, 'load'>, Pick<Backend<Job>, 'unsupported'> {
  readonly deriveMany: DeriveMany<Job>;
}

/** The lanes of a backend that has them, with their own words for what goes together. */
export async function loadedLanes<Job>({ lanes, unsupported }: Backend<Job>): Promise<LoadedLanes<Job>> {
  if (lanes === undefined) throw new Error('a backend with lanes is expected');
  return { ...lanes, ...(unsupported !== undefined && { unsupported }), deriveMany: await lanes.load() };
}
