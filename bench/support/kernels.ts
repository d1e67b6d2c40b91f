/** Backends of digestry as contestants, on the thread that asks: what a worker thread does, without the way to it. */

import { calibrateNow } from '../../src/capacity/measure/backend-speed.js';
import { findCostlyJob } from '../../src/capacity/measure/placement.js';
import { clerkHashers } from '../../src/hashers/index.js';
import { type Credential, parse } from '../../src/index.js';
import type { CostlyJobs, CostlyKdf } from '../../src/jobs.js';
import { nodeCatalogue } from '../../src/kdf/catalogue-node.js';
import { exhaust } from '../../src/kdf/lanes.js';
import { PASSWORD, WRONG_PASSWORD } from './digests.js';
import { type Contestant, contestant } from './race.js';

/** What the KDF is asked for a digest, and its answer. */
export interface Task<K extends CostlyKdf> {
  readonly kdf: K;
  readonly job: CostlyJobs[K];
  readonly hash: Uint8Array;
}

/** As the digest's hasher asks it. */
export function taskOf<K extends CostlyKdf>(kdf: K, credential: Credential, password: string = PASSWORD): Task<K> {
  const hasher = clerkHashers.find(({ name }) => name === credential.passwordHasher);
  const parsed = parse(credential);
  const found = hasher && findCostlyJob(hasher, parsed, new TextEncoder().encode(password));
  if (found?.kdf !== kdf) throw new Error(`${credential.passwordHasher} does not ask ${kdf}`);
  return { kdf, job: found.job as CostlyJobs[K], hash: parsed.hash };
}

/** @param count of equal jobs that go together; `all`: as many as the backend has lanes for. */
export function kernel<K extends CostlyKdf>(
  kdf: K,
  credential: Credential,
  backend: string,
  count: number | 'all',
): Promise<Contestant & { readonly count: number }> {
  return kernelFor(taskOf(kdf, credential), taskOf(kdf, credential, WRONG_PASSWORD).job, backend, count);
}

/** @param wrong a job with another answer. */
export async function kernelFor<K extends CostlyKdf>(
  { kdf, job, hash }: Task<K>,
  wrong: CostlyJobs[K],
  backend: string,
  count: number | 'all',
): Promise<Contestant & { readonly count: number }> {
  const found = nodeCatalogue.costly[kdf].find(({ name }) => name === backend);
  const lanes = found?.lanes;
  if (found === undefined || lanes === undefined) throw new Error(`${kdf} has no backend ${backend} with lanes`);
  const together = count === 'all' ? lanes.width(job) : count;
  const deriveMany = await lanes.load();
  calibrateNow(found, job);
  const jobs = Array.from({ length: together }, () => job);
  const one = contestant(
    backend === 'lanes' ? 'our lanes' : backend,
    together,
    () => exhaust(deriveMany(jobs)),
    () => {
      const right = exhaust(deriveMany(jobs)).every((derived) => sameBytes(derived, hash));
      const [other] = exhaust(deriveMany([wrong]));
      return right && other !== undefined && !sameBytes(other, hash);
    },
  );
  return { ...one, count: together };
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
