/** The page of a report, with what its logins will cost. Loads the charts, so it is imported where a page is wanted. */

import { clerkRegistry } from '../../library.js';
import type { Registry } from '../../registry.js';
import type { BenchReport } from '../../reports/bench-report.js';
import type { CheckReport } from '../../reports/check-report.js';
import { type PageOptions, reportPage } from './check-page.js';
import { costLogins, countLoads, speedsFrom, speedsHere } from './logins.js';

export interface MakePageOptions extends Omit<PageOptions, 'logins'> {
  readonly registry?: Registry | undefined;
  /** Of the machine that logins will be on; absent: this one is measured, some tenths of a second for each KDF. */
  readonly bench?: BenchReport | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The report as one page of HTML, see `reportPage`.
 * @throws the signal's reason after an abort.
 */
export async function makePage(report: CheckReport, options: MakePageOptions = {}): Promise<string> {
  const { registry = clerkRegistry, bench, signal } = options;
  const loads = countLoads(report, registry);
  const costs = loads.map(({ cost }) => cost);
  const speeds = bench === undefined ? await speedsHere(costs, signal) : speedsFrom(bench);
  return reportPage(report, { ...options, logins: costLogins(loads, speeds) });
}
