/**
 * Lanes, or the native function on the same thread: whichever was faster here for this number of jobs.
 *
 * Four lanes of PBKDF2-SHA256 beat OpenSSL 3.0, one lane does not, and OpenSSL 3.5 with SHA instructions beats both. No
 * rule says which it will be on a machine; some measuring does. It comes after the first job of a kind on a thread, in
 * steps between jobs: until then the choice is the one that was right on most machines.
 */
import type { Backend, DeriveMany, Lanes, Slices } from './contract.js';
import { exhaust, laneBackend } from './lanes.js';

/** The native function that lanes are raced against, and what both are timed with. */
export interface CandidateBackend<Job> {
  /** On the calling thread. */
  derive(job: Job): Uint8Array;
  /** Jobs of one kind compare alike: the hash function. */
  kind(job: Job): string;
  /** Lanes that one job fills. */
  lanes(job: Job): number;
  /** Filled lanes from which on they are taken to be faster before anything was measured. */
  guess(job: Job): number;
  /** A job of the same kind that fills one lane for about a millisecond. */
  probe(job: Job): Job;
}

const REPETITIONS = 3;
/** A smaller difference is noise, and what was taken before stays. */
const CLEARLY = 0.97;

/** @param backend of lanes. */
export function raceBackends<Job>(backend: Backend<Job>, native: CandidateBackend<Job>): Backend<Job> {
  const lanes = backend.lanes as Lanes<Job>;
  /** By kind and number of filled lanes: whether the lanes win. Absent while it is measured. */
  const known = new Map<string, readonly boolean[]>();
  const begun = new Set<string>();
  let loaded: DeriveMany<Job> | undefined;
  const both = laneBackend<Job>(
    {
      ...lanes,
      async load() {
        loaded = await lanes.load();
        return (jobs) => derive(loaded as DeriveMany<Job>, jobs);
      },
    },
    backend.unsupported,
  );
  return { ...both, name: 'measured', kind: 'measured', threadOnly: true, calibrate };

  function* derive(deriveMany: DeriveMany<Job>, jobs: readonly Job[]): Slices {
    const first = jobs[0] as Job;
    const filled = jobs.length * native.lanes(first);
    const wins = known.get(native.kind(first));
    if (wins?.[Math.min(filled, wins.length) - 1] ?? filled >= native.guess(first)) return yield* deriveMany(jobs);
    const hashes: Uint8Array[] = [];
    for (const job of jobs) {
      hashes.push(native.derive(job));
      yield;
    }
    return hashes;
  }

  function calibrate(job: Job): Generator<void, void, void> | undefined {
    const kind = native.kind(job);
    if (loaded === undefined || begun.has(kind)) return undefined;
    begun.add(kind);
    return compare(loaded, kind, job);
  }

  /** For one filled lane, two, and so on: whether the lanes take less time than the native function one after the other. */
  function* compare(deriveMany: DeriveMany<Job>, kind: string, job: Job): Generator<void, void, void> {
    const probe = native.probe(job);
    const alone = yield* fastest(() => native.derive(probe));
    // V8 compiles a kernel in two stages, and the first calls run in the slow one.
    exhaust(deriveMany([probe]));
    yield;
    const wins: boolean[] = [];
    for (let filled = 1; filled <= lanes.width(probe); filled++) {
      const jobs = Array.from({ length: filled }, () => probe);
      const together = yield* fastest(() => exhaust(deriveMany(jobs)));
      const guessed = filled >= native.guess(job);
      wins.push(together < alone * filled * (guessed ? 1 / CLEARLY : CLEARLY));
    }
    known.set(kind, wins);
  }
}

/** Milliseconds of the fastest run: what slows others down is not the function's. */
function* fastest(run: () => unknown): Generator<void, number, void> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPETITIONS; i++) {
    const since = performance.now();
    run();
    best = Math.min(best, performance.now() - since);
    yield;
  }
  return best;
}
