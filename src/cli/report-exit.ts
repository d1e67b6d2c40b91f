/** What a report means for the process that prints it. */
import type { Report } from '../migration/index.js';
import { EXIT, type ExitCode } from './terminal.js';

/** @param exitZero findings do not count; input that was not read to its end does. */
export function exitCodeOf({ input, totals, canaries }: Report, exitZero: boolean): ExitCode {
  if (input.problem !== undefined) return EXIT.usage;
  return totals.rejected + canaries.mismatched > 0 && !exitZero ? EXIT.findings : EXIT.fine;
}
