/**
 * Timings taken on this machine now, through the same verifier that logins go through.
 *
 * What is counted is the time that this process had a core, as the system knows it, and not what a clock on the wall
 * says: other programs that want the cores meanwhile would be in that. Medians and not the fastest: native Argon2 asks
 * the system for its memory anew in some runs and not in others, and logins meet both.
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { createNodeEngine } from '../../engine/node.js';
import { nodeCatalogue } from '../../kdf/catalogue-node.js';
import { defaultRegistry } from '../../library.js';
import { type Verifier, verifierOn } from '../../login/verifier.js';
import { lanesMeasured } from '../lanes.js';
import { centre, median } from '../statistics.js';
import type { ParameterSet } from './parameter-set.js';
import { placementOf, type UsedBackends } from './placement.js';
import { filledIn, middle, type Timing } from './timing.js';
import type { MeasuredSet } from './timings.js';

/** @param brief fewer and shorter samples. */
export type Measure = (set: ParameterSet, signal?: AbortSignal, brief?: boolean) => Promise<Timing>;

export type MeasureAlone = (set: ParameterSet, signal?: AbortSignal) => Promise<number>;

export interface Measurer extends AsyncDisposable {
  readonly measure: Measure;
  /** Milliseconds of one alone: enough to look for parameters, and soon done. */
  readonly alone: MeasureAlone;
  /** The backends that are used here, by KDF. */
  readonly used: UsedBackends;
}

const PASSWORD = 'correct horse battery staple';
/** The system may count what a thread did up to a tick of 10 ms too late: one sample is of at least so long. */
const SAMPLE_MS = 80;
/** How much is measured of one set in one round. */
interface Effort {
  /** Of each number of jobs. Seconds of bcrypt are not repeated as often. */
  readonly samples: number;
  readonly longMs: number;
  readonly lanes: (width: number) => readonly number[];
}
const WHOLE: Effort = { samples: 5, longMs: 1000, lanes: lanesMeasured };
const BRIEF: Effort = { samples: 3, longMs: 300, lanes: (width) => (width === 1 ? [1] : [1, width]) };
/** All sets are gone through so often. */
const ROUNDS = 3;
/** More sets are measured briefly, and another round of them is begun only where it will end in time. */
const FEW = 4;
const LONGEST_MS = 60_000;
/** V8 compiles a kernel in two stages, and the first runs are in the slow one. */
const WARM_UP_MS = 150;
/** All cores are kept busy with so many batches each at least, before anything is counted too. */
const LEAST_BATCHES = 2;
/** Lanes of many cores take many jobs at a time: what is asked for here was asked for on purpose. */
const MAX_QUEUE = 1_000_000;
/** That is enough for any spread, and no heap of promises. */
const MOST_AT_ONCE = 10_000;
/** What verifies at once takes microseconds: so many between two looks at the clock. */
const AT_ONCE = 2000;

/** Close it: it holds worker threads. */
export async function createMeasurer(): Promise<Measurer> {
  const platform = { catalogue: nodeCatalogue, registry: defaultRegistry, engine: createNodeEngine };
  const one = verifierOn(platform, { threads: 1, maxQueue: MAX_QUEUE });
  const all = verifierOn(platform, { maxQueue: MAX_QUEUE });
  const close = async () => {
    await Promise.all([one.close(), all.close()]);
  };
  const reports = await one.backends();
  const used = Object.fromEntries(reports.filter(({ state }) => state === 'used').map(({ kdf, name }) => [kdf, name]));
  return {
    used,
    measure: (set, signal, brief) => measured(set, used, one, all, signal, brief ? BRIEF : WHOLE),
    alone: (set, signal) => aloneMs(set, used, one, signal),
    [Symbol.asyncDispose]: close,
  };
}

/**
 * All of them, round after round.
 * @param tell is called before each.
 * @param now milliseconds; another clock in tests.
 */
export async function measuredSets(
  sets: readonly ParameterSet[],
  measure: Measure,
  tell: (set: ParameterSet, done: number, of: number) => void = () => {},
  signal?: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<MeasuredSet[]> {
  const rounds: Timing[][] = sets.map(() => []);
  const isMany = sets.length > FEW;
  const since = now();
  for (let done = 0; done < ROUNDS * sets.length; done++) {
    const index = done % sets.length;
    const roundsDone = done / sets.length;
    if (index === 0 && done > 0 && isMany && ((now() - since) * (roundsDone + 1)) / roundsDone > LONGEST_MS) break;
    const set = sets[index] as ParameterSet;
    tell(set, done, ROUNDS * sets.length);
    rounds[index]?.push(await measure(set, signal, isMany));
  }
  return sets.map((set, index) => ({ set, timing: middle(rounds[index] as [Timing]) }));
}

async function measured(
  set: ParameterSet,
  used: UsedBackends,
  one: Verifier,
  all: Verifier,
  signal: AbortSignal | undefined,
  effort: Effort,
): Promise<Timing> {
  const { where, width } = placementOf(set, used);
  const cores = availableParallelism();
  const runOf = (verifier: Verifier, count: number) => () => run(verifier, set, count, where === 'caller', signal);
  if (where === 'caller') {
    const here = runOf(one, AT_ONCE);
    await warmUp(here);
    const times = (await samples(here, effort)).map(({ coreMs }) => coreMs / AT_ONCE);
    const eachMs = median(times);
    return { batchMs: [eachMs], callerMs: eachMs, crowding: 1, spread: centre(times).spread };
  }
  await warmUp(runOf(one, width));
  const runs = new Map<number, readonly Sample[]>();
  for (const count of effort.lanes(width)) runs.set(count, await samples(runOf(one, count), effort));
  const callerMs = median((runs.get(width) as readonly Sample[]).map((full) => full.callerMs / width));
  // The calling thread has its own part in the model.
  const known = [...runs].map(([count, some]): [number, number] => {
    const coreMs = median(some.map((each) => each.coreMs));
    return [count, Math.max(coreMs / 2, coreMs - count * callerMs)];
  });
  const batchMs = filledIn(new Map(known), width);
  const spread = centre((runs.get(1) as readonly Sample[]).map(({ coreMs }) => coreMs)).spread;
  if (cores === 1) return { batchMs, callerMs, crowding: 1, spread };
  const eachMs = (batchMs[width - 1] as number) / width;
  const most = Math.max(LEAST_BATCHES, Math.floor(MOST_AT_ONCE / (cores * width)));
  const batches = Math.ceil(SAMPLE_MS / (width * eachMs));
  const count = cores * width * Math.min(most, Math.max(LEAST_BATCHES, batches));
  await runOf(all, cores * width * LEAST_BATCHES)();
  const loadedMs = median((await samples(runOf(all, count), effort)).map(({ coreMs }) => coreMs / count)) - callerMs;
  return { batchMs, callerMs, crowding: Math.max(1, loadedMs / eachMs), spread };
}

/** With the calling thread's part. */
async function aloneMs(
  set: ParameterSet,
  used: UsedBackends,
  one: Verifier,
  signal: AbortSignal | undefined,
): Promise<number> {
  const once = () => run(one, set, 1, placementOf(set, used).where === 'caller', signal);
  await once();
  return median((await samples(once, WHOLE)).map(({ coreMs }) => coreMs));
}

interface Sample {
  /** Milliseconds that all threads of this process together had a core, in one run. */
  readonly coreMs: number;
  /** Milliseconds that the event loop was busy with it. */
  readonly callerMs: number;
}

/** So many that are asked for at once: one thread takes as many of them as go together. */
async function run(
  verifier: Verifier,
  { credential }: ParameterSet,
  count: number,
  inTurns: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const verify = async (): Promise<void> => {
    const verdict = await verifier.verify(PASSWORD, credential, { signal });
    if (verdict.outcome === 'rejected') throw verdict.error;
  };
  if (inTurns) for (let i = 0; i < count; i++) await verify();
  else await Promise.all(Array.from({ length: count }, verify));
}

async function warmUp(once: () => Promise<unknown>): Promise<void> {
  const since = performance.now();
  for (let runs = 0; runs < 2 || performance.now() - since < WARM_UP_MS; runs++) await once();
}

/** Each the mean of some runs. */
async function samples(once: () => Promise<void>, effort: Effort): Promise<Sample[]> {
  const found: Sample[] = [];
  const since = performance.now();
  while (found.length < effort.samples && (found.length === 0 || performance.now() - since < effort.longMs)) {
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    let runs = 0;
    // By a clock on the wall, as nothing else tells one thread from the others.
    const active: number[] = [];
    for (; runs === 0 || performance.now() - from < SAMPLE_MS; runs++) {
      const loop = performance.eventLoopUtilization();
      await once();
      active.push(performance.eventLoopUtilization(loop).active);
    }
    const { user, system } = process.cpuUsage(cpu);
    found.push({ coreMs: (user + system) / 1000 / runs, callerMs: median(active) });
  }
  return found;
}
