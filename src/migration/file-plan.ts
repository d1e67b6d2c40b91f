/** How the rows of one file are assessed. */

import type { Target } from '../targets/contract.js';
import type { Limits } from '../types.js';
import type { DuplicateTables } from './count/duplicate-tables.js';
import type { Format } from './format.js';
import type { Range } from './input/ranges.js';
import type { CollectOptions } from './output/row-collector.js';
import type { SourceOptions } from './sources/contract.js';

/** What is said of a digest. */
export interface AssessmentRules {
  readonly limits: Limits;
  readonly target: Target | undefined;
  /** Digests are assessed as they can be imported, repaired; otherwise as they are in the row. */
  readonly repairs: boolean;
}

/** Plain data, which may cross threads. Secret: the options may hold a pepper or a key. */
export interface FilePlan<F extends Format = Format> {
  /** Its place in the list of files. */
  readonly file: number;
  readonly range: Range;
  readonly format: F;
  /** Undefined where the fields of the records tell. */
  readonly source: string | undefined;
  readonly options: SourceOptions;
  readonly rules: AssessmentRules;
  readonly collect: CollectOptions;
  readonly tables: DuplicateTables;
}
