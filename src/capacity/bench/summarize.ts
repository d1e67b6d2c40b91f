/** The numbers of a bench report, from samples. */
import type { Alone, ByCallers, ByLanes, Rate } from '../../reports/bench-report.js';
import type { Load } from '../measure/closed-loop.js';
import { estimateMedian, quantile } from '../measure/statistics.js';

export function summarizeAlone(runs: readonly number[]): Alone {
  const { median, spread } = estimateMedian(runs);
  return {
    medianMs: median,
    p95Ms: quantile(runs, 0.95),
    p99Ms: quantile(runs, 0.99),
    spread,
    runs: runs.length,
  };
}

export function findRate({ msEach }: Load): Rate {
  const { median, spread, runs } = estimateMedian(msEach);
  return { perSecond: 1000 / median, spread, runs };
}

export function byOneLane({ medianMs }: Alone): ByLanes {
  return summarizeLanes(1, medianMs);
}

export function summarizeLanes(lanes: number, msEach: number): ByLanes {
  return { lanes, perSecond: 1000 / msEach, batchMs: lanes * msEach };
}

export function byOneCaller({ medianMs, p95Ms, p99Ms }: Alone): ByCallers {
  return { callers: 1, perSecond: 1000 / medianMs, p50Ms: medianMs, p95Ms, p99Ms };
}

export function summarizeCallers(callers: number, load: Load): ByCallers {
  const { latencies } = load;
  return {
    callers,
    perSecond: findRate(load).perSecond,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
    p99Ms: quantile(latencies, 0.99),
  };
}
