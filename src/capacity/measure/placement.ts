/** Where the engine runs what a parameter set asks, and with which other jobs it goes together. */
import type { CostlyJobs, CostlyKdf, Kdfs } from '../../jobs.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import type { Backend } from '../../kdf/contract.js';
import { jobCost } from '../../kdf/cost.js';
import { COSTLY_KDFS } from '../../kdf/select.js';
import type { AnyHasher, Parsed } from '../../types.js';
import type { ParameterSet } from './parameter-set.js';

export interface Placement {
  /** On the thread that calls, on a worker thread, on a thread of libuv's. */
  readonly where: 'caller' | 'worker' | 'libuv';
  /** Jobs of one group go together. */
  readonly group: string;
  /** Jobs of one flow take about as long: these take turns with those of others. */
  readonly flow: string;
  /** The most jobs that go together. */
  readonly width: number;
  /** Bytes held while this number of jobs runs together. */
  memoryBytes(jobs: number): number;
}

/** The backends that are used, by KDF; the first of the catalogue by default. */
export type UsedBackends = { readonly [K in CostlyKdf]?: string };

export function findPlacement(set: ParameterSet, used: UsedBackends = {}): Placement {
  const asked = findCostlyJob(set.hasher, set.parsed);
  if (asked === undefined) {
    return { where: 'caller', group: set.hasher.name, flow: set.hasher.name, width: 1, memoryBytes: () => 0 };
  }
  return place(asked.kdf, asked.job, used[asked.kdf]);
}

function place<K extends CostlyKdf>(kdf: K, job: CostlyJobs[K], used: string | undefined): Placement {
  const backends: readonly Backend<CostlyJobs[K]>[] = nodeCatalogue.costly[kdf];
  const able = backends.filter(({ unsupported }) => unsupported?.(job) === undefined);
  const backend = able.find(({ name }) => name === used) ?? (able[0] as Backend<CostlyJobs[K]>);
  const { work, memoryBytes } = jobCost(kdf, job);
  const { lanes } = backend;
  return {
    where: backend.blocking ? 'worker' : 'libuv',
    group: `${kdf} ${backend.name} ${lanes?.group(job) ?? work}`,
    flow: `${kdf} ${backend.name} ${Math.ceil(Math.log2(work))}`,
    width: lanes?.width(job) ?? 1,
    memoryBytes: (jobs) => lanes?.memoryBytes?.(Array.from({ length: jobs }, () => job)) ?? jobs * memoryBytes,
  };
}

/** A costly job, and the KDF that does it. */
export type CostlyJob = { readonly [K in CostlyKdf]: { readonly kdf: K; readonly job: CostlyJobs[K] } }[CostlyKdf];

/**
 * The costly job that a hasher asks for to verify a digest; undefined where it asks for none.
 * @param password Usual ones fill one block of every hash function, and all of them cost the same.
 */
export function findCostlyJob(
  hasher: AnyHasher,
  parsed: Parsed,
  password: Uint8Array = new Uint8Array(16),
): CostlyJob | undefined {
  let found: CostlyJob | undefined;
  const remember = (kdf: CostlyKdf) => (job: never) => {
    found ??= { kdf, job } as unknown as CostlyJob;
    // Nothing is derived: what would come after it never does.
    return new Promise<Uint8Array>(() => {});
  };
  const [digests] = nodeCatalogue.hashFunctions;
  const { hash, hmac, aes256Ctr } = digests as NonNullable<typeof digests>;
  const costly = Object.fromEntries(COSTLY_KDFS.map((kdf) => [kdf, remember(kdf)]));
  void hasher.derive(password, parsed, { hash, hmac, aes256Ctr, ...costly } as unknown as Kdfs);
  return found;
}
