/** Two reports of one machine: what got slower, and how sure that is. */
import { sanitizeForDisplay } from '../../encoding/display.js';
import type { BenchMachine, BenchReport, BenchResult } from '../../reports/bench-report.js';
import { normalQuantile } from '../measure/statistics.js';

/** How many times as fast as before; over 1 is faster. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export type CompareVerdict = 'faster' | 'slower' | 'no difference seen' | 'not comparable';

export interface Compared {
  readonly label: string;
  readonly backend: string;
  readonly alone?: Ratio;
  readonly allCores?: Ratio;
  readonly verdict: CompareVerdict;
  /** Why it is not comparable. */
  readonly reason?: string;
}

/** Of all ratios together, one in twenty comparisons of two equal programs says that there is a difference. */
const FAMILY_ERROR = 0.05;
/** Where a fixed loop varied by so much, whole seconds of a run may have been several times as slow. */
const TOO_NOISY = 0.3;
/** The reports' own spreads are at 95 %. */
const REPORTED = 1.96;

/**
 * The ratio of two medians, each known to its spread, on a logarithmic scale where the errors of independent measurements
 * add as squares (the delta method). The interval holds for all rows at once (Bonferroni), and it is widened by what the
 * reference loop varied within each run, and by what it differed between them: a difference of that size may be the
 * machine's.
 */
export function compareReports(now: BenchReport, before: BenchReport): Compared[] {
  const otherwise = unlikeMachines(now.machine, before.machine) ?? tooNoisy(now, before);
  const known = new Map(before.results.map((result) => [makeKey(result), result]));
  const comparable = now.results.filter((result) => known.has(makeKey(result)));
  const sureness = normalQuantile(1 - FAMILY_ERROR / 2 / Math.max(1, 2 * comparable.length)) / REPORTED;
  const drift = Math.abs(Math.log(now.noise.referenceMs / before.noise.referenceMs));

  function findRatio(after: number, afterSpread: number, earlier: number, earlierSpread: number): Ratio {
    const own = sureness * Math.hypot(afterSpread, earlierSpread);
    const half = Math.hypot(own, now.noise.spread, before.noise.spread) + drift;
    const ratio = after / earlier;
    return { ratio, low: ratio * Math.exp(-half), high: ratio * Math.exp(half) };
  }

  return now.results.map((result): Compared => {
    const { label, backend } = result;
    const old = known.get(makeKey(result));
    const reason = otherwise ?? (old === undefined ? 'it is not in the old report' : undefined);
    if (old === undefined || reason !== undefined) {
      return { label, backend, verdict: 'not comparable', ...(reason !== undefined && { reason }) };
    }
    const alone = findRatio(1 / result.alone.medianMs, result.alone.spread, 1 / old.alone.medianMs, old.alone.spread);
    const sameThreads = result.allCores.threads === old.allCores.threads;
    const allCores = findRatio(
      result.allCores.perSecond,
      result.allCores.spread,
      old.allCores.perSecond,
      old.allCores.spread,
    );
    const ratios = sameThreads ? [alone, allCores] : [alone];
    return { label, backend, alone, ...(sameThreads && { allCores }), verdict: judgeRatio(ratios) };
  });
}

function judgeRatio(ratios: readonly Ratio[]): CompareVerdict {
  if (ratios.some(({ high }) => high < 1)) return 'slower';
  return ratios.some(({ low }) => low > 1) ? 'faster' : 'no difference seen';
}

function makeKey({ label, backend }: BenchResult): string {
  return `${backend} ${label}`;
}

const SAME: readonly (readonly [keyof BenchMachine, string])[] = [
  ['cpu', 'another processor'],
  ['cores', 'another number of cores'],
  ['platform', 'another platform'],
  ['node', 'another Node'],
  ['openssl', 'another OpenSSL'],
];

function unlikeMachines(now: BenchMachine, before: BenchMachine): string | undefined {
  const unlike = SAME.filter(([field]) => now[field] !== before[field]);
  if (unlike.length === 0) return undefined;
  return unlike
    .map(([field, title]) => `${title} (${sanitizeForDisplay(String(before[field]), 60)}, now ${now[field]})`)
    .join('; ');
}

function tooNoisy(now: BenchReport, before: BenchReport): string | undefined {
  const [then, here] = [before.noise.spread > TOO_NOISY, now.noise.spread > TOO_NOISY];
  if (!then && !here) return undefined;
  const where = then && here ? 'both reports' : then ? 'the older report' : 'this report';
  return `the machine was too noisy in ${where} to compare them`;
}
