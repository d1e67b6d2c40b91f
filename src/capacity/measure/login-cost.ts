/**
 * What a login costs on this machine now, through the same verifier that logins go through: for plan, calibrate and the
 * page of a check.
 *
 * What is counted is the time that this process had a core, as the system knows it, and not what a clock on the wall
 * says: other programs that want the cores meanwhile would be in that. Medians and not the fastest: native Argon2 asks
 * the system for its memory again in some runs and not in others, and logins meet both.
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createNodeEngine } from '../../engine/node.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import { defaultRegistry } from '../../library.js';
import type { Verifier } from '../../login/contract.js';
import { createVerifierFor } from '../../login/verifier.js';
import { type Clock, cpuMs, wallMs } from './clock.js';
import { selectLaneCounts } from './lane-counts.js';
import type { ParameterSet } from './parameter-set.js';
import { findPlacement, type UsedBackends } from './placement.js';
import { type Sampling, sampleUntilStable, warmUp } from './sampler.js';
import { estimateMedian, median } from './statistics.js';
import { combineTimings, interpolateBatches, type MeasuredSet, type Timing } from './timing.js';

/** @param brief fewer samples, and no numbers of jobs between one and all that go together. */
export type Measure = (set: ParameterSet, signal?: AbortSignal, brief?: boolean) => Promise<Timing>;

export type MeasureRoughly = (set: ParameterSet, signal?: AbortSignal) => Promise<Timing>;

export type MeasureAlone = (set: ParameterSet, signal?: AbortSignal) => Promise<number>;

export interface Measurer extends AsyncDisposable {
  readonly measure: Measure;
  /** One alone and all that go together, on one thread, in a few runs: `crowding` is 1. */
  readonly measureRoughly: MeasureRoughly;
  /** Milliseconds of one alone: enough to look for parameters, and soon done. */
  readonly alone: MeasureAlone;
  /** The backends that are used here, by KDF. */
  readonly used: UsedBackends;
}

const PASSWORD = 'correct horse battery staple';
/** The system may count what a thread did up to a tick of 10 ms too late: one sample is of at least so long. */
const SAMPLE_MS = 80;
/** Of each number of jobs; seconds of bcrypt are not repeated as often. */
const SAMPLING = { clock: wallMs, timer: cpuMs, targetSpread: 0.02, budgetMs: 500, leastRuns: 1 } as const;
const BRIEF_MS = 300;
const ROUGH_MS = SAMPLE_MS;
/** All sets are gone through so often. */
const ROUNDS = 3;
/** More sets are measured briefly, and another round of them is begun only where it will end in time. */
const FEW = 4;
const LONGEST_MS = 60_000;
/** At least this number of batches keeps each core busy, also before counting begins. */
const LEAST_BATCHES = 2;
/** Lanes of many cores take many jobs at a time: what is asked for here was asked for on purpose. */
const MAX_QUEUE = 1_000_000;
/** That is enough for any spread, and no heap of promises. */
const MOST_AT_ONCE = 10_000;
/** What verifies at once takes microseconds: the number of runs between two looks at the clock. */
const AT_ONCE = 2000;

/** Close it: it holds worker threads. */
export async function createMeasurer(): Promise<Measurer> {
  const platform = { catalogue: nodeCatalogue, registry: defaultRegistry, engine: createNodeEngine };
  const one = createVerifierFor(platform, { threads: 1, maxQueue: MAX_QUEUE });
  const all = createVerifierFor(platform, { maxQueue: MAX_QUEUE });
  const reports = await one.backends();
  const used = Object.fromEntries(reports.filter(({ state }) => state === 'used').map(({ kdf, name }) => [kdf, name]));
  const createSubject = (set: ParameterSet, signal: AbortSignal | undefined, budgetMs: number = SAMPLING.budgetMs) => ({
    ...{ set, used, one, all },
    sampling: { ...SAMPLING, budgetMs, signal },
  });
  return {
    used,
    measure: (set, signal, brief) =>
      brief
        ? measureSet(createSubject(set, signal, BRIEF_MS), ENDS)
        : measureSet(createSubject(set, signal), selectLaneCounts),
    measureRoughly: (set, signal) => measureOneThread(createSubject(set, signal, ROUGH_MS), ENDS),
    alone: (set, signal) => measureAlone(createSubject(set, signal)),
    async [Symbol.asyncDispose]() {
      await Promise.all([one.close(), all.close()]);
    },
  };
}

/**
 * All of them, round after round.
 * @param onSet is called before each.
 */
export async function measureSets(
  sets: readonly ParameterSet[],
  measure: Measure,
  onSet: (set: ParameterSet, done: number, of: number) => void = () => {},
  signal?: AbortSignal,
  clock: Clock = wallMs,
): Promise<MeasuredSet[]> {
  const rounds: Timing[][] = sets.map(() => []);
  const isMany = sets.length > FEW;
  const since = clock();
  for (let done = 0; done < ROUNDS * sets.length; done++) {
    const index = done % sets.length;
    const roundsDone = done / sets.length;
    if (index === 0 && done > 0 && isMany && ((clock() - since) * (roundsDone + 1)) / roundsDone > LONGEST_MS) break;
    const set = sets[index] as ParameterSet;
    onSet(set, done, ROUNDS * sets.length);
    rounds[index]?.push(await measure(set, signal, isMany));
  }
  return sets.map((set, index) => ({ set, timing: combineTimings(rounds[index] as [Timing]) }));
}

/** Numbers of jobs that are measured, by the most that go together: one and all among them. */
type LaneCounts = (width: number) => readonly number[];
const ENDS: LaneCounts = (width) => [1, width];

interface CostSubject {
  readonly set: ParameterSet;
  readonly used: UsedBackends;
  /** With one thread. */
  readonly one: Verifier;
  /** With all threads. */
  readonly all: Verifier;
  readonly sampling: Sampling;
}

async function measureSet(subject: CostSubject, counts: LaneCounts): Promise<Timing> {
  const { set, used, all, sampling } = subject;
  const timing = await measureOneThread(subject, counts);
  const { batchMs, callerMs } = timing;
  const cores = availableParallelism();
  if (cores === 1 || findPlacement(set, used).where === 'caller') return timing;
  const width = batchMs.length;
  const eachMs = (batchMs[width - 1] as number) / width;
  const most = Math.max(LEAST_BATCHES, Math.floor(MOST_AT_ONCE / (cores * width)));
  const batches = Math.ceil(SAMPLE_MS / (width * eachMs));
  const count = cores * width * Math.min(most, Math.max(LEAST_BATCHES, batches));
  await verifyTogether(subject, all, cores * width * LEAST_BATCHES);
  const { coreMs } = await sampleRuns(() => verifyTogether(subject, all, count), sampling);
  const loadedMs = median(coreMs) / count - callerMs;
  return { ...timing, crowding: Math.max(1, loadedMs / eachMs) };
}

async function measureOneThread(subject: CostSubject, counts: LaneCounts): Promise<Timing> {
  const { set, used, one, sampling } = subject;
  const { where, width } = findPlacement(set, used);
  const createRun = (count: number) => () => verifyTogether(subject, one, count);
  if (where === 'caller') {
    await warmUp(createRun(AT_ONCE), sampling);
    const { coreMs } = await sampleRuns(createRun(AT_ONCE), sampling);
    const { median: allMs, spread } = estimateMedian(coreMs);
    const eachMs = allMs / AT_ONCE;
    return { batchMs: [eachMs], callerMs: eachMs, crowding: 1, spread };
  }
  await warmUp(createRun(width), sampling);
  const samples = new Map<number, Samples>();
  for (const count of new Set(counts(width))) samples.set(count, await sampleRuns(createRun(count), sampling));
  const callerMs = (samples.get(width) as Samples).callerMs / width;
  // The calling thread has its own part in the model.
  const known = [...samples].map(([count, { coreMs }]): [number, number] => {
    const wholeMs = median(coreMs);
    return [count, Math.max(wholeMs / 2, wholeMs - count * callerMs)];
  });
  const { spread } = estimateMedian((samples.get(1) as Samples).coreMs);
  return { batchMs: interpolateBatches(new Map(known), width), callerMs, crowding: 1, spread };
}

/** With the calling thread's part. */
async function measureAlone(subject: CostSubject): Promise<number> {
  const once = () => verifyTogether(subject, subject.one, 1);
  await once();
  return median((await sampleRuns(once, subject.sampling)).coreMs);
}

interface Samples {
  /** Milliseconds that all threads of this process together had a core, in one run: each the mean of some. */
  readonly coreMs: readonly number[];
  /** Milliseconds that the event loop was busy with one. */
  readonly callerMs: number;
}

/** Asked for at once: one thread takes as many of them as go together. */
async function verifyTogether({ set, used, sampling }: CostSubject, verifier: Verifier, count: number): Promise<void> {
  const { signal } = sampling;
  const verify = async (): Promise<void> => {
    const verdict = await verifier.verify(PASSWORD, set.credential, { signal });
    if (verdict.outcome === 'rejected') throw verdict.error;
  };
  if (findPlacement(set, used).where === 'caller') for (let i = 0; i < count; i++) await verify();
  else await Promise.all(Array.from({ length: count }, verify));
}

async function sampleRuns(run: () => Promise<void>, sampling: Sampling): Promise<Samples> {
  const since = wallMs();
  await run();
  const runs = Math.max(1, Math.ceil(SAMPLE_MS / (wallMs() - since)));
  // By the wall clock: CPU time does not distinguish one thread from the others.
  const active: number[] = [];
  const some = async (): Promise<void> => {
    for (let i = 0; i < runs; i++) {
      const loop = performance.eventLoopUtilization();
      await run();
      active.push(performance.eventLoopUtilization(loop).active);
    }
  };
  const samples = await sampleUntilStable(some, SAMPLE_MS, sampling);
  return { coreMs: samples.map((ms) => ms / runs), callerMs: median(active) };
}
