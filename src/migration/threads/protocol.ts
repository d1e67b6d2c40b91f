/** What a check and its threads say to each other. */

import type { Target } from '../../targets/contract.js';
import type { Limits } from '../../types.js';
import type { Tables } from '../assess/row-assessor.js';
import type { Tally } from '../count/tally.js';
import type { Taken, TakingOptions } from '../output/row-collector.js';
import type { InputProblemDetail } from '../problem.js';
import type { Settled } from '../rows/block.js';
import type { SourceOptions } from '../sources/contract.js';
import type { Turn } from './turn.js';

export type BlockFormat = 'csv' | 'ndjson';

/** The part of a file whose blocks are taken in: those that begin in it. In bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** All that a thread needs. Secret: options may hold a pepper or a key. */
export interface Assignment {
  /** Number of the thread. */
  readonly thread: number;
  /** Open file, which is of the whole process. */
  readonly fd: number;
  /** Its place in the list of files. */
  readonly file: number;
  readonly range: Range;
  readonly format: BlockFormat;
  readonly settled: Settled | undefined;
  /** Undefined where the fields tell. */
  readonly source: string | undefined;
  readonly options: SourceOptions;
  readonly limits: Limits;
  readonly target: Target | undefined;
  readonly mends: boolean;
  readonly taking: TakingOptions;
  readonly tables: Tables;
  readonly turn: Turn;
  /** The kernel that finds the ends of fields, compiled; undefined where this runtime cannot. */
  readonly structure: WebAssembly.Module | undefined;
}

export interface Trouble extends Pick<InputProblemDetail, 'line' | 'byteOffset' | 'fix'> {
  readonly message: string;
}

export type Told =
  /** The rows of a block; these of all threads in the order of their numbers. */
  | { readonly kind: 'taken'; readonly number: number; readonly taken: Taken }
  /** Behind the blocks that were scanned the file cannot be read. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'done'; readonly tally: Tally; readonly digestSeen: boolean; readonly source: string | undefined };
