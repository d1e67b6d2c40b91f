/** A bench: measures each case in turn, self-tests each backend first, and keeps to a time budget. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DigestError } from '../../errors.js';
import { estimateMs } from '../../kdf/duration.js';
import type { BenchReport, BenchResult, Skipped } from '../../reports/bench-report.js';
import { thisMachine } from '../measure/machine.js';
import { findCostlyJob } from '../measure/placement.js';
import { budgetFor, weigh } from './budget.js';
import type { BenchCase } from './cases.js';
import { measureCase, type Phase } from './measure.js';
import { createNoiseMeter, METERS, type Meters } from './noise.js';
import { type BackendName, type CreateSubject, createSubject, likeness } from './subject.js';
import { open, type Subjects } from './subjects.js';
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
  /** Tests pass their own. */
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

const NO_TIME = 'no time left: give the bench more seconds, or fewer hashers';
const TARGET_SPREAD = 0.02;
/** Cases that would end past this part of the budget are left out. */
const OVERTIME = 1.2;
/** Verifications one after the other that take as long as the least that is measured of a case. */
const LEAST_WORK = 12;

export function bench(options: BenchOptions): Promise<BenchReport> {
  return new BenchRun(options).run();
}

class BenchRun {
  readonly #options: BenchOptions;
  readonly #create: CreateSubject;
  readonly #clock: Meters['clock'];
  readonly #machine = thisMachine();
  readonly #budgetMs: number;
  readonly #since: number;
  readonly #noise;
  readonly #results = new Map<BenchCase, BenchResult>();
  readonly #skipped: Skipped[] = [];
  /** By derivation: cases with the same one are measured once. */
  readonly #measured = new Map<string, BenchResult>();
  readonly #waiting: Set<BenchCase>;
  /** How much slower than usual the last costly case was here; undefined before one was measured. */
  #slowness: number | undefined;

  constructor(options: BenchOptions) {
    const { cases, meters = METERS, create = createSubject, budgetMs = budgetFor(cases) } = options;
    this.#options = options;
    this.#create = create;
    this.#clock = meters.clock;
    this.#budgetMs = budgetMs;
    this.#since = meters.clock();
    this.#noise = createNoiseMeter(meters);
    this.#waiting = new Set(cases);
  }

  async run(): Promise<BenchReport> {
    const { cases, signal, digestry } = this.#options;
    let interrupted = false;
    try {
      this.#noise.listen();
      for (const backend of new Set(cases.map((one) => one.backend))) await this.#runBackend(backend);
    } catch (error) {
      if (!signal?.aborted) throw error;
      interrupted = true;
    }
    this.#noise.listen();
    return {
      machine: this.#machine,
      digestry,
      date: new Date().toISOString(),
      noise: this.#noise.noise(),
      results: cases.flatMap((one) => this.#results.get(one) ?? []),
      skipped: this.#skipped,
      ...(interrupted && { interrupted }),
    };
  }

  async #runBackend(backend: BackendName): Promise<void> {
    const { cases, signal, threads = this.#machine.cores } = this.#options;
    // The costliest last: where a machine is slower than expected, those are what is left out.
    const ordered = cases
      .filter((one) => one.backend === backend)
      .toSorted((a, b) => estimateMs(a.cost) - estimateMs(b.cost));
    const subjects = open(this.#create, threads, backend);
    // Another backend may be ten times as slow, or as fast.
    this.#slowness = undefined;
    const trials = new Map<string, string | undefined>();
    try {
      for (const one of ordered) {
        // The event loop's own work is done before the next one is measured.
        await nextTurn();
        signal?.throwIfAborted();
        await this.#runCase(one, subjects, trials);
        this.#waiting.delete(one);
      }
    } finally {
      await subjects.close();
    }
  }

  /** @param trials of the hashers that were self-tested: what is wrong with each, undefined where nothing is. */
  async #runCase(one: BenchCase, subjects: Subjects, trials: Map<string, string | undefined>): Promise<void> {
    const { signal } = this.#options;
    const { name } = one.hasher;
    if (!trials.has(name)) {
      this.#report(name, 'self-test');
      trials.set(name, await selfTest(one, subjects.one, signal));
    }
    const fault = trials.get(name);
    if (fault !== undefined) this.#skip(one, fault);
    else if (this.#isTooLate(one)) this.#skip(one, NO_TIME);
    else await this.#measure(one, subjects).catch((error: unknown) => this.#skip(one, explainSkip(error, signal)));
  }

  async #measure(one: BenchCase, subjects: Subjects): Promise<void> {
    const derivation = findDerivation(one);
    const same = derivation === undefined ? undefined : this.#measured.get(derivation);
    if (same !== undefined) {
      const { hasher, label, shape } = one;
      this.#results.set(one, { ...same, hasher: hasher.name, label, params: shape.params, measuredAs: same.label });
      return;
    }
    this.#noise.listen();
    const result = await measureCase(one, {
      one: subjects.one,
      all: subjects.all,
      between: (count) => this.#create(count, one.backend),
      clock: this.#clock,
      budgetMs: this.#shareBudget(one),
      targetSpread: this.#options.targetSpread ?? TARGET_SPREAD,
      memoryBytes: this.#machine.memoryBytes,
      rssBytes: () => process.memoryUsage.rss(),
      signal: this.#options.signal,
      onPhase: (phase) => this.#report(one.label, phase),
    });
    this.#results.set(one, result);
    if (result.kdf !== 'hash') this.#slowness = result.alone.medianMs / estimateMs(one.cost);
    if (derivation !== undefined) this.#measured.set(derivation, result);
  }

  #skip({ hasher, label, backend }: BenchCase, reason: string): void {
    this.#skipped.push({ hasher: hasher.name, label, backend, reason });
  }

  #report(label: string, phase: BenchProgress['phase']): void {
    const { cases, onProgress } = this.#options;
    onProgress?.({
      done: cases.length - this.#waiting.size,
      cases: cases.length,
      label,
      phase,
      elapsedMs: this.#clock() - this.#since,
      budgetMs: this.#budgetMs,
    });
  }

  /** Costly cases get more of the time, but not all: the root is between equal shares and shares by work. */
  #shareBudget(one: BenchCase): number {
    const weights = [...this.#waiting].map((other) => (this.#isMeasured(other) ? 0 : weigh(other)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return Math.max(0, this.#budgetMs - (this.#clock() - this.#since)) * (weigh(one) / sum);
  }

  #isTooLate(one: BenchCase): boolean {
    if (this.#results.size === 0 || this.#isMeasured(one)) return false;
    const leastMs = this.#slowness === undefined ? 0 : LEAST_WORK * this.#slowness * estimateMs(one.cost);
    return this.#clock() - this.#since + leastMs > OVERTIME * this.#budgetMs;
  }

  #isMeasured(one: BenchCase): boolean {
    return this.#measured.has(findDerivation(one) ?? '');
  }
}

/** Cases with the same one take the same time. Undefined where the hasher itself counts. */
function findDerivation({ hasher, shape, backend }: BenchCase): string | undefined {
  const found = hasher.verifiable ? findCostlyJob(hasher, shape) : undefined;
  return found && `${backend} ${likeness(found)}`;
}

/** @throws the signal's reason where it was aborted. */
function explainSkip(error: unknown, signal: AbortSignal | undefined): string {
  signal?.throwIfAborted();
  // Any other error is a bug, and its text may quote anything.
  if (error instanceof DigestError) return error.message;
  if (error instanceof WrongAnswer) return error.message;
  throw error;
}
