/** One check, with what its caller adds to it. */

import type { Output } from '../files/output-file.js';
import type { CheckReport } from '../reports/check-report.js';
import type { VerifyCanaries } from './assess/canaries/contract.js';
import { type CheckOptions, checkOptions } from './check-options.js';
import { CheckRun } from './check-run.js';
import { createRunContext } from './run-context.js';

export interface CheckParts {
  /** Further outputs, made from the report: they get their names together with those of the check. */
  createOutputs(report: CheckReport): Promise<readonly Output[]>;
  /** Called where passwords are given: the command line loads all KDFs only then. */
  readonly verifyCanaries: VerifyCanaries;
}

/** As `check`. */
export async function checkAlong(
  files: readonly string[],
  options: CheckOptions,
  { createOutputs, verifyCanaries }: CheckParts,
): Promise<CheckReport> {
  const run = new CheckRun(await createRunContext(files, checkOptions(files, options)), verifyCanaries);
  try {
    await run.read();
    return await run.finish(createOutputs);
  } finally {
    await run.discard();
  }
}
