/** Pre-validates exports: reads each file as a stream, counts what its rows are, and answers with one report. */

import type { Output } from '../files/output-file.js';
import type { CheckReport } from '../reports/check-report.js';
import { verifyCanaries } from './assess/canaries/verify.js';
import { checkAlong } from './check-along.js';
import type { CheckOptions } from './check-options.js';

export type { CheckOptions } from './check-options.js';

/**
 * Checks the files, in their order, as one export.
 * `input.problem` of the report names a file that cannot be read to its end; the counts are of what was read, and no output
 * is left.
 * @throws {TypeError} on unknown names in the options.
 * @throws {InputProblem} where the canaries cannot be read.
 * @throws {OutputProblem} where an output cannot be written; nothing of it is left.
 * @throws the signal's reason after an abort; nothing of an output is left.
 */
export function check(files: readonly string[], options: CheckOptions = {}): Promise<CheckReport> {
  return checkAlong(files, options, { createOutputs: createNoOutputs, verifyCanaries });
}

async function createNoOutputs(): Promise<readonly Output[]> {
  return [];
}
