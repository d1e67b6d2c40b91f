/** What is recorded of simulated logins: latencies, refusals, how busy caller and cores are. */
import { sortedQuantile } from '../measure/statistics.js';

export interface SimulatedLoad {
  /** Answered in a second, between the first and the last that count. */
  readonly perSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Refused ones took for ever: `Infinity` where there were more than one in a hundred. */
  readonly p99Ms: number;
  readonly slowestMs: number;
  /** Refused, of all that came. */
  readonly refused: number;
  /** Share of the time that the calling thread was busy. */
  readonly callerBusy: number;
  /** Of all cores. */
  readonly coresBusy: number;
  /** The longest queue. */
  readonly mostWaiting: number;
  /** Batches by the number of jobs in them. */
  readonly batches: Readonly<Record<number, number>>;
}

/** The first part of a run does not count: the queue begins empty. */
const WARM_UP = 0.1;

/** Logins at the beginning of a run, simulated or real, that do not count. */
export function countWarmUp(logins: number): number {
  return Math.floor(logins * WARM_UP);
}

export class LoadRecorder {
  /** Logins at the beginning that do not count. */
  readonly uncounted: number;
  answered = 0;
  readonly #latencies: Float64Array;
  readonly #batches: Record<number, number> = {};
  #counted = 0;
  #refused = 0;
  /** When the first part was over; undefined before. */
  #since: number | undefined;
  #answeredInTime = 0;
  #until = 0;
  #callerMs = 0;
  #coreMs = 0;
  #mostWaiting = 0;

  constructor(total: number) {
    this.uncounted = countWarmUp(total);
    this.#latencies = new Float64Array(total - this.uncounted);
    this.#since = this.uncounted === 0 ? 0 : undefined;
  }

  queued(waiting: number): void {
    this.#mostWaiting = Math.max(this.#mostWaiting, waiting);
  }

  dispatched(jobs: number): void {
    this.#batches[jobs] = (this.#batches[jobs] ?? 0) + 1;
  }

  /** @param latencyMs `Infinity` of a login that is refused. */
  answer(latencyMs: number, counts: boolean, now: number): void {
    const isRefused = latencyMs === Number.POSITIVE_INFINITY;
    this.answered++;
    if (counts) {
      if (isRefused) this.#refused++;
      this.#latencies[this.#counted++] = latencyMs;
    }
    if (this.#since !== undefined && !isRefused) {
      this.#answeredInTime++;
      this.#until = now;
    }
    if (this.answered >= this.uncounted) this.#since ??= now;
  }

  advance(ms: number, isCallerBusy: boolean, coresBusy: number): void {
    if (this.#since === undefined) return;
    if (isCallerBusy) this.#callerMs += ms;
    this.#coreMs += ms * coresBusy;
  }

  summarize(cores: number): SimulatedLoad {
    const sorted = this.#latencies.subarray(0, this.#counted).sort();
    const spanMs = this.#until - (this.#since ?? 0);
    const taken = sorted.filter((ms) => ms !== Number.POSITIVE_INFINITY);
    return {
      perSecond: (1000 * this.#answeredInTime) / spanMs,
      meanMs: taken.reduce((sum, ms) => sum + ms, 0) / taken.length,
      p50Ms: sortedQuantile(sorted, 0.5),
      p95Ms: sortedQuantile(sorted, 0.95),
      p99Ms: sortedQuantile(sorted, 0.99),
      slowestMs: sortedQuantile(sorted, 1),
      refused: this.#refused / this.#counted,
      callerBusy: this.#callerMs / spanMs,
      coresBusy: this.#coreMs / (spanMs * cores),
      mostWaiting: this.#mostWaiting,
      batches: this.#batches,
    };
  }
}
