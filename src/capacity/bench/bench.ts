/** A bench: every case in its turn, each backend self-tested first, within a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DigestError } from '../../errors.js';
import { estimateMs } from '../../kdf/duration.js';
import type { BenchReport, BenchResult, Skipped } from '../../reports/bench-report.js';
import { thisMachine } from '../measure/machine.js';
import { findCostlyJob } from '../measure/placement.js';
import type { BenchCase } from './cases.js';
import { measureCase, type Phase } from './measure.js';
import { createNoiseMeter, METERS, type Meters } from './noise.js';
import { type BackendName, type CreateSubject, createSubject, likeness, type Subject } from './subject.js';
import { selfTest, WrongAnswer } from './trial.js';

export interface BenchOptions {
  readonly cases: readonly BenchCase[];
  /** Version of digestry, for the report. */
  readonly digestry: string;
  /** Default: all cores. */
  readonly threads?: number | undefined;
  /** Milliseconds for all of it; `budgetFor(cases)` by default. */
  readonly budgetMs?: number | undefined;
  /** Half the 95 % interval of the median over the median, which is enough. Default: 0.02. */
  readonly targetSpread?: number;
  /** Once it is aborted, the report is of what was measured so far. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BenchProgress) => void) | undefined;
  /** Other ones in tests. */
  readonly create?: CreateSubject;
  readonly meters?: Meters;
}

export interface BenchProgress {
  /** Cases done. */
  readonly done: number;
  readonly cases: number;
  readonly label: string;
  readonly phase: Phase | 'self-test';
  readonly elapsedMs: number;
  readonly budgetMs: number;
}

const NO_TIME = 'no time was left for it: --seconds gives more, or name the hashers';
const TARGET_SPREAD = 0.02;
/** All cases of the default together: with start and self-tests it stays under two minutes. */
const MOST_MS = 85_000;
const EACH_MS = 5000;
/** Cases that would end past this part of the budget are left out. */
const OVERTIME = 1.2;
/** Verifications one after the other that take as long as the least that is measured of a case. */
const LEAST_WORK = 12;

/** Milliseconds that a bench of these takes by default: under two minutes for each backend. */
export function budgetFor(cases: readonly Pick<BenchCase, 'backend'>[]): number {
  const backends = new Set(cases.map(({ backend }) => backend)).size;
  return Math.min(backends * MOST_MS, EACH_MS * cases.length);
}

export async function bench(options: BenchOptions): Promise<BenchReport> {
  const { cases, signal, onProgress, meters = METERS, create = createSubject } = options;
  const { clock } = meters;
  const machine = thisMachine();
  const threads = options.threads ?? machine.cores;
  const budgetMs = options.budgetMs ?? budgetFor(cases);
  const since = clock();
  const meter = createNoiseMeter(meters);
  const results = new Map<BenchCase, BenchResult>();
  const skipped: Skipped[] = [];
  const alike = new Map<string, BenchResult>();
  const waiting = new Set(cases);
  /** How much slower than usual the last costly case was here. */
  let slowness: number | undefined;
  let interrupted = false;

  function skip({ hasher, label, backend }: BenchCase, reason: string): void {
    skipped.push({ hasher: hasher.name, label, backend, reason });
  }

  /** Time goes to the costly ones, and not all of it: the root is between the same for each and a part of the work. */
  function shareOf(one: BenchCase): number {
    const weights = [...waiting].map((other) => (isKnown(other) ? 0 : weight(other)));
    const sum = weights.reduce((total, weighed) => total + weighed, 0);
    return Math.max(0, budgetMs - (clock() - since)) * (weight(one) / sum);
  }
  function leastMs({ cost }: BenchCase): number {
    return slowness === undefined ? 0 : LEAST_WORK * slowness * estimateMs(cost);
  }
  const isKnown = (one: BenchCase): boolean => alike.has(derivationOf(one) ?? '');

  async function take(one: BenchCase, subjects: Subjects): Promise<void> {
    const derivation = derivationOf(one);
    const same = derivation === undefined ? undefined : alike.get(derivation);
    if (same !== undefined) {
      const { hasher, label, shape } = one;
      results.set(one, { ...same, hasher: hasher.name, label, params: shape.params, measuredAs: same.label });
      return;
    }
    const tell = (phase: BenchProgress['phase']) =>
      onProgress?.({
        done: cases.length - waiting.size,
        cases: cases.length,
        label: one.label,
        phase,
        elapsedMs: clock() - since,
        budgetMs,
      });
    meter.listen();
    const result = await measureCase(one, {
      one: subjects.one,
      all: subjects.all,
      between: (count) => create(count, one.backend),
      clock,
      budgetMs: shareOf(one),
      targetSpread: options.targetSpread ?? TARGET_SPREAD,
      memoryBytes: machine.memoryBytes,
      rssBytes: () => process.memoryUsage.rss(),
      signal,
      onPhase: tell,
    });
    results.set(one, result);
    if (result.kdf !== 'hash') slowness = result.alone.medianMs / estimateMs(one.cost);
    if (derivation !== undefined) alike.set(derivation, result);
  }

  async function takeAll(backend: BackendName): Promise<void> {
    // The costliest last: where a machine is slower than all this was made for, those are what is left out.
    const ofIt = cases
      .filter((one) => one.backend === backend)
      .toSorted((a, b) => estimateMs(a.cost) - estimateMs(b.cost));
    const subjects = open(create, threads, backend);
    // Another backend may be ten times as slow, or as fast.
    slowness = undefined;
    const trials = new Map<string, string | undefined>();
    try {
      for (const one of ofIt) {
        const { name } = one.hasher;
        // The event loop's own work is done before the next one is measured.
        await nextTurn();
        signal?.throwIfAborted();
        if (!trials.has(name)) {
          onProgress?.({
            done: cases.length - waiting.size,
            cases: cases.length,
            label: name,
            phase: 'self-test',
            elapsedMs: clock() - since,
            budgetMs,
          });
          trials.set(name, await selfTest(one, subjects.one, signal));
        }
        const fault = trials.get(name);
        if (fault !== undefined) skip(one, fault);
        else if (results.size > 0 && !isKnown(one) && clock() - since + leastMs(one) > OVERTIME * budgetMs)
          skip(one, NO_TIME);
        else await take(one, subjects).catch((error: unknown) => skip(one, reasonOf(error, signal)));
        waiting.delete(one);
      }
    } finally {
      await subjects.close();
    }
  }

  try {
    meter.listen();
    for (const backend of new Set(cases.map((one) => one.backend))) await takeAll(backend);
  } catch (error) {
    if (!signal?.aborted) throw error;
    interrupted = true;
  }
  meter.listen();
  return {
    machine,
    digestry: options.digestry,
    date: new Date().toISOString(),
    noise: meter.noise(),
    results: cases.flatMap((one) => results.get(one) ?? []),
    skipped,
    ...(interrupted && { interrupted }),
  };
}

interface Subjects {
  readonly one: Subject;
  readonly all: Subject;
  close(): Promise<void>;
}

function open(create: CreateSubject, threads: number, backend: BackendName): Subjects {
  const one = create(1, backend);
  const all = threads === 1 ? one : create(threads, backend);
  return {
    one,
    all,
    async close() {
      await Promise.all([one.close(), all.close()]);
    },
  };
}

const LEAST_WEIGHED_MS = 20;

function weight({ cost }: BenchCase): number {
  return Math.sqrt(estimateMs(cost) + LEAST_WEIGHED_MS);
}

/** Cases with the same one take the same time. Undefined where the hasher itself counts. */
function derivationOf({ hasher, shape, backend }: BenchCase): string | undefined {
  const found = hasher.verifiable ? findCostlyJob(hasher, shape) : undefined;
  return found && `${backend} ${likeness(found)}`;
}

/** @throws the signal's reason where it was aborted. */
function reasonOf(error: unknown, signal: AbortSignal | undefined): string {
  signal?.throwIfAborted();
  // Any other error is a bug, and its text may quote anything.
  if (error instanceof DigestError) return error.message;
  if (error instanceof WrongAnswer) return error.message;
  throw error;
}
