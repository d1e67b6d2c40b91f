/** What a report means for the process that prints it. */
import type { CheckReport } from '../migration/index.js';
import { isUnread } from '../present/check/verdict.js';
import { EXIT, type ExitCode } from './terminal.js';

/** @param exitZero findings do not count; input that was not read to its end does. */
export function chooseExitCode(report: CheckReport, exitZero: boolean): ExitCode {
  const { input, totals, canaries } = report;
  if (input.problem !== undefined) return EXIT.usage;
  if (isUnread(report)) return EXIT.findings;
  // Of a shard most of the known passwords are in other shards.
  const missing = input.shard === undefined ? canaries.missing : 0;
  // What another system checks cannot be tried here.
  const tried = canaries.rejected.filter(({ code }) => code !== 'ERR_UNVERIFIABLE');
  const unverified = tried.reduce((sum, { count }) => sum + count, 0);
  return totals.rejected + canaries.mismatched + missing + unverified > 0 && !exitZero ? EXIT.findings : EXIT.fine;
}
