/** The page of a report, with what its logins will cost. Loads the charts, so it is imported where a page is wanted. */
import { defaultRegistry } from '../../library.js';
import type { Registry } from '../../registry.js';
import type { Cost } from '../../types.js';
import type { AnyReport } from '../verdict.js';
import type { BenchReport } from './bench-report.js';
import { loadsOf, loginsOf } from './logins.js';
import { type PageOptions, reportPage } from './page.js';
import { ESTIMATED, NO_SPEEDS, type Speeds, speedsFrom } from './speeds.js';

export type MeasureSpeeds = (costs: readonly Cost[], signal?: AbortSignal) => Promise<Omit<Speeds, 'origin'>>;

export interface MakePageOptions extends Omit<PageOptions, 'logins'> {
  readonly registry?: Registry | undefined;
  /** Of the machine that logins will be on. */
  readonly bench?: BenchReport | undefined;
  /** Measures this machine where there is no `bench`. Absent: the page says no times. */
  readonly measureSpeeds?: MeasureSpeeds | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The report as one page of HTML, see `reportPage`.
 * @throws the signal's reason after an abort.
 */
export async function makePage(report: AnyReport, options: MakePageOptions = {}): Promise<string> {
  const { registry = defaultRegistry, bench, measureSpeeds, signal } = options;
  const loads = loadsOf(report, registry);
  const measured = async (): Promise<Speeds> =>
    measureSpeeds === undefined
      ? NO_SPEEDS
      : {
          origin: ESTIMATED,
          ...(await measureSpeeds(
            loads.map(({ cost }) => cost),
            signal,
          )),
        };
  const speeds = bench === undefined ? await measured() : speedsFrom(bench, registry);
  return reportPage(report, { ...options, logins: loginsOf(loads, speeds) });
}
