/** Medians, and how sure they are. */

/** The median of what was measured, and the interval that holds the true one in 95 of 100 measurements like it. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Half the interval, as a part of the median: 0.03 is ±3 %. */
  readonly spread: number;
  readonly runs: number;
}

/** Fewer have no interval of order statistics that holds the median in 95 of 100 cases: 1 − 2·(1/2)^5 is 0.94. */
export const LEAST_ORDERED = 6;
/** Student's t for 95 % with 1, 2, 3 and 4 degrees of freedom. */
const STUDENT = [12.706, 4.303, 3.182, 2.776] as const;
/** From here on a normal distribution in the place of the binomial one changes no rank. */
const LARGE = 1000;
/** Of a single run nothing is known. */
const UNKNOWN = 1;

/**
 * The interval is of order statistics, which assume no distribution and which one late run does not widen (Conover,
 * Practical Nonparametric Statistics §3.2). Of two to five runs it is Student's.
 * @throws {RangeError} on no values.
 */
export function estimateMedian(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const runs = sorted.length;
  if (runs === 0) throw new RangeError('no values');
  const median = middle(sorted);
  const [low, high] = runs < LEAST_ORDERED ? student(sorted, median) : ordered(sorted);
  return { median, low, high, spread: runs === 1 ? UNKNOWN : (high - low) / 2 / median, runs };
}

/** NaN of no values. */
export function median(values: readonly number[]): number {
  return middle([...values].sort((a, b) => a - b));
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + upper) / 2 : upper;
}

function student(sorted: readonly number[], median: number): readonly [number, number] {
  const runs = sorted.length;
  if (runs === 1) return [median, median];
  const mean = sorted.reduce((sum, value) => sum + value, 0) / runs;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
  const half = (STUDENT[runs - 2] as number) * Math.sqrt(variance / runs);
  return [median - half, median + half];
}

function ordered(sorted: readonly number[]): readonly [number, number] {
  const rank = lowRank(sorted.length);
  return [sorted[rank - 1] as number, sorted[sorted.length - rank] as number];
}

/** The highest k for which the k-th lowest to the k-th highest hold the median with 95 %: P(B(n, ½) < k) ≤ 0.025. */
export function lowRank(runs: number): number {
  if (runs > LARGE) return Math.floor((runs - 1.96 * Math.sqrt(runs)) / 2);
  let probability = 0.5 ** runs;
  let below = probability;
  let rank = 1;
  while (below + (probability * (runs - rank + 1)) / rank <= 0.025) {
    probability *= (runs - rank + 1) / rank;
    below += probability;
    rank++;
  }
  return rank;
}

/** The value that this share of all values does not exceed: one that was measured (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  return sortedQuantile(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** @param sorted ascending. */
export function sortedQuantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Half the distance of the first and the last tenth, as a part of the median: how much single values vary. */
export function variation(values: readonly number[]): number {
  return (quantile(values, 0.9) - quantile(values, 0.1)) / 2 / quantile(values, 0.5);
}

/** The inverse of the standard normal distribution function (Acklam's rational approximation, |error| < 1.2e-9). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('a probability between 0 and 1');
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_ABOVE, q) / (polynomial(TAIL_BELOW, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(CENTRE_ABOVE, r) * q) / (polynomial(CENTRE_BELOW, r) * r + 1);
}

const CENTRE_ABOVE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const CENTRE_BELOW = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const TAIL_ABOVE = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BELOW = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
