/** How long calls took, in a bounded structure: counts in fixed buckets. */

/** Upper ends in milliseconds: 1, 2, 5 in each decade that logins live in. The last bucket has no end. */
const ENDS_MS = [
  0.1,
  ...[1, 2, 5],
  ...[10, 20, 50],
  ...[100, 200, 500],
  ...[1000, 2000, 5000],
  ...[10_000, Number.POSITIVE_INFINITY],
] as const;

export interface LatencyStats {
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** The end of the quantile's bucket, at most `maxMs`; 0 if nothing was counted. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Those that took up to `leMs`, and longer than the bucket before. */
  readonly buckets: readonly { readonly leMs: number; readonly count: number }[];
}

export interface Latency {
  add(durationMs: number): void;
  stats(): LatencyStats;
}

export function createLatency(): Latency {
  const counts = ENDS_MS.map(() => 0);
  let count = 0;
  let sumMs = 0;
  let maxMs = 0;

  function quantile(share: number): number {
    let left = share * count;
    for (const [index, leMs] of ENDS_MS.entries()) {
      left -= counts[index] as number;
      if (left <= 0) return Math.min(leMs, maxMs);
    }
    return maxMs;
  }

  return {
    add(durationMs) {
      let index = 0;
      while (durationMs > (ENDS_MS[index] as number)) index++;
      counts[index] = (counts[index] as number) + 1;
      count++;
      sumMs += durationMs;
      if (durationMs > maxMs) maxMs = durationMs;
    },
    stats: () => ({
      count,
      sumMs,
      maxMs,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      buckets: ENDS_MS.map((leMs, index) => ({ leMs, count: counts[index] as number })),
    }),
  };
}
