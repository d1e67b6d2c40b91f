/** Whether a hot path has become slower: certain, or not seen. */
import { type Estimate, estimateMedian } from '../../src/capacity/measure/statistics.js';

/** Ratios to the reference loop, a process each: their median and its 95 % interval. */
export type Guarded = Readonly<Record<string, Pick<Estimate, 'median' | 'low' | 'high'>>>;

/** As bench/results/hot-paths.json has it. */
export interface Baseline {
  /** `Intel Xeon Processor, Node 20`: where the ratios are the same but for what this code does. */
  readonly where: string;
  readonly commit?: string;
  readonly ratios: Guarded;
}

export type GuardVerdict = 'as before' | 'slower' | 'faster' | 'new';

export interface GuardRow {
  readonly name: string;
  readonly now: Guarded[string];
  readonly before?: Guarded[string];
  readonly verdict: GuardVerdict;
}

/** Between the whole intervals: less is not worth an alarm. */
const TOLERANCE = 0.1;
/** Another processor and another V8 are better at one thing than at another. */
const TOLERANCE_ELSEWHERE = 0.5;

export function guardedOf(processes: readonly Readonly<Record<string, number>>[]): Guarded {
  const names = Object.keys(processes[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const { median, low, high } = estimateMedian(processes.map((ratios) => ratios[name] as number));
      return [name, { median, low, high }];
    }),
  );
}

/** Of several the one that was made here; otherwise the first. */
export function baselineFor(baselines: readonly Baseline[], where: string): Baseline | undefined {
  return baselines.find((one) => one.where === where) ?? baselines[0];
}

export function judged(now: Guarded, baseline: Baseline | undefined, where: string): GuardRow[] {
  const tolerance = baseline?.where === where ? TOLERANCE : TOLERANCE_ELSEWHERE;
  return Object.entries(now).map(([name, ratio]) => {
    const before = baseline?.ratios[name];
    if (before === undefined) return { name, now: ratio, verdict: 'new' };
    return { name, now: ratio, before, verdict: verdictOf(ratio, before, tolerance) };
  });
}

/** Certain only where the two intervals lie apart by more than what is tolerated. */
function verdictOf(now: Guarded[string], before: Guarded[string], tolerance: number): GuardVerdict {
  if (now.low > before.high * (1 + tolerance)) return 'slower';
  return now.high * (1 + tolerance) < before.low ? 'faster' : 'as before';
}
