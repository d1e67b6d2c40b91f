/** The file of --report: a page, there whole or not at all. */

import { refuseOverwriting } from '../files/destination.js';
import type { Output } from '../files/output-file.js';
import type { CheckReport } from '../reports/check-report.js';
import { readBenchReport } from '../reports/read-bench-report.js';
import { VERSION } from '../version.js';
import { openOutputFlag } from './flags.js';
import type { Terminal } from './terminal.js';

export interface PageFile {
  /**
   * Writes the page; it has its name once the output is committed.
   * @throws {OutputProblem}, or the signal's reason after an abort.
   */
  write(report: CheckReport): Promise<Output>;
  /** Removes the temporary file. Without effect on a page that has its name. */
  discard(): Promise<void>;
}

export interface PageFlags {
  /** The file; `-` for stdout. */
  readonly report: string;
  /** What `digestry bench --json` wrote. */
  readonly bench?: string | undefined;
  /** Files that are written together with it. */
  readonly beside: readonly string[];
  /** Files that are read, and never written over. */
  readonly reads: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Opened before there is a report: an obstacle is reported before hours of reading, not after.
 * @throws {OutputProblem} where the file cannot be written.
 * @throws {InputProblem} where the benchmark cannot be read.
 */
export async function openPage(terminal: Terminal, flags: PageFlags): Promise<PageFile> {
  const { report: file, beside, reads, signal } = flags;
  const bench =
    flags.bench === undefined ? undefined : await readBenchReport(flags.bench, { signal, stdin: terminal.stdin });
  await refuseOverwriting([...beside, file], flags.bench === undefined ? reads : [...reads, flags.bench]);
  const output = await openOutputFlag(terminal, file, signal);
  return {
    async write(report) {
      const { makePage } = await import('../present/check/make-page.js');
      const madeBy = `digestry ${VERSION}`;
      await output.write(await makePage(report, { bench, signal, madeBy, date: new Date() }));
      return output;
    },
    discard: () => output.discard(),
  };
}
