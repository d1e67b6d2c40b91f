/** What a check and its threads send each other. */

import type { InputProblemCode, InputProblemDetail } from '../../files/input-problem.js';
import type { Tally } from '../count/tally.js';
import type { FilePlan } from '../file-plan.js';
import type { CollectedRows } from '../output/row-collector.js';
import type { BlockFormat, Settled } from '../rows/index.js';
import type { Turn } from './turn.js';

/** A plain file whose first block was read. */
export interface OpenedPlan extends FilePlan<BlockFormat> {
  /** Of the open file; the whole process may read it. */
  readonly fd: number;
  readonly settled: Settled | undefined;
}

/** All that a thread needs. Secret, as a plan is. */
export interface Assignment extends OpenedPlan {
  /** Number of the thread. */
  readonly thread: number;
  readonly turn: Turn;
  /** The kernel that finds the ends of fields, compiled; undefined where this runtime cannot. */
  readonly structure: WebAssembly.Module | undefined;
}

export interface PlainProblem extends Pick<InputProblemDetail, 'line' | 'byteOffset' | 'fix'> {
  readonly code: InputProblemCode;
  readonly message: string;
}

export type ThreadMessage =
  /** The rows of a block. The numbers of all threads together are in the order of the rows. */
  | { readonly kind: 'collected'; readonly number: number; readonly collected: CollectedRows }
  /** The file cannot be read any further. */
  | { readonly kind: 'problem'; readonly problem: PlainProblem }
  | { readonly kind: 'done'; readonly tally: Tally; readonly digestSeen: boolean };
