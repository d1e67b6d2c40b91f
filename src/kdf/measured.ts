/**
 * Lanes, or the native function on the same thread: whichever was faster here for so many jobs.
 *
 * Four lanes of PBKDF2-SHA256 beat OpenSSL 3.0, one lane does not, and OpenSSL 3.5 with SHA instructions beats both. No
 * rule says which it will be on a machine; a few milliseconds of measuring do, at the first job of a kind on a thread.
 */
import type { Backend, DeriveMany, Lanes, Slices } from './contract.js';
import { exhaust, laneBackend } from './lanes.js';

/** The native function, and what it is measured with. */
export interface Rival<Job> {
  /** On the calling thread. */
  derive(job: Job): Uint8Array;
  /** Jobs of one kind compare alike: the hash function. */
  kind(job: Job): string;
  /** Lanes that one job fills. */
  lanes(job: Job): number;
  /** A job of the same kind that fills one lane for about a millisecond. */
  probe(job: Job): Job;
}

const REPETITIONS = 3;

/** @param backend of lanes. */
export function measured<Job>(backend: Backend<Job>, rival: Rival<Job>): Backend<Job> {
  const lanes = backend.lanes as Lanes<Job>;
  const both = laneBackend<Job>(
    {
      ...lanes,
      async load() {
        const deriveMany = await lanes.load();
        const kinds = new Map<string, readonly boolean[]>();
        return (jobs) => derive(deriveMany, rival, kinds, jobs);
      },
    },
    backend.unsupported,
  );
  return { ...both, name: 'measured', kind: 'measured' };

  function* derive(
    deriveMany: DeriveMany<Job>,
    native: Rival<Job>,
    kinds: Map<string, readonly boolean[]>,
    jobs: readonly Job[],
  ): Slices {
    const first = jobs[0] as Job;
    const kind = native.kind(first);
    let lanesWin = kinds.get(kind);
    if (lanesWin === undefined) {
      lanesWin = compare(deriveMany, native, native.probe(first));
      kinds.set(kind, lanesWin);
      yield;
    }
    const filled = jobs.length * native.lanes(first);
    if (lanesWin[Math.min(filled, lanesWin.length) - 1]) return yield* deriveMany(jobs);
    const hashes: Uint8Array[] = [];
    for (const job of jobs) {
      hashes.push(native.derive(job));
      yield;
    }
    return hashes;
  }

  /** For one filled lane, two, and so on: whether the lanes take less time than the native function one after the other. */
  function compare(deriveMany: DeriveMany<Job>, native: Rival<Job>, probe: Job): boolean[] {
    const alone = fastest(() => native.derive(probe));
    // V8 compiles a kernel in two stages, and the first calls run in the slow one.
    exhaust(deriveMany([probe]));
    return Array.from({ length: lanes.width(probe) }, (_, index) => {
      const jobs = Array.from({ length: index + 1 }, () => probe);
      return fastest(() => exhaust(deriveMany(jobs))) < alone * jobs.length;
    });
  }
}

/** Milliseconds of the fastest run: what slows others down is not the function's. */
function fastest(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPETITIONS; i++) {
    const since = performance.now();
    run();
    best = Math.min(best, performance.now() - since);
  }
  return best;
}
