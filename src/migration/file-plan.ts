/** How the rows of one file are assessed. */

import type { Format } from '../reports/check-report.js';
import type { AssessmentRules } from './assess/classify.js';
import type { DuplicateTables } from './count/duplicate-tables.js';
import type { LineRange } from './input/ranges.js';
import type { CollectOptions } from './output/row-collector.js';
import type { SourceOptions } from './sources/index.js';

/** Plain data, which may cross threads. Secret: the options may hold a pepper or a key. */
export interface FilePlan<F extends Format = Format> {
  /** Its place in the list of files. */
  readonly file: number;
  readonly range: LineRange;
  readonly format: F;
  /** Undefined if the fields of the records decide. */
  readonly source: string | undefined;
  readonly options: SourceOptions;
  readonly rules: AssessmentRules;
  readonly collect: CollectOptions;
  readonly tables: DuplicateTables;
}
