/** What the command line uses of migration in addition to its public index. */
import type { CheckReport } from '../reports/check-report.js';
import { type CheckParts, checkAlong } from './check-along.js';
import type { CheckOptions } from './check-options.js';

export { decodeText } from './input/text.js';
export { outFormats } from './output/formats.js';
export { linesOf } from './rows/index.js';
export { sources } from './sources/index.js';

/** As `check`. All KDFs take as long to load as a thousand rows to check: only known passwords need them. */
export function checkWith(
  files: readonly string[],
  options: CheckOptions,
  createOutputs: CheckParts['createOutputs'],
): Promise<CheckReport> {
  const verifyCanaries: CheckParts['verifyCanaries'] = async (...given) => {
    const canaries = await import('./assess/canaries/verify.js');
    return canaries.verifyCanaries(...given);
  };
  return checkAlong(files, options, { createOutputs, verifyCanaries });
}
