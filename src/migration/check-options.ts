/** The options of a check. */
import type { Readable } from 'node:stream';
import type { Registry } from '../registry.js';
import type { Shard } from '../reports/check-report.js';
import type { ImportTarget, TargetName } from '../targets/index.js';
import type { LimitOptions } from '../types.js';
import type { OutputOptions } from './output/outputs.js';
import type { SourceName, SourceOptions } from './sources/index.js';

export interface CheckOptions extends Omit<SourceOptions, 'saltField'>, OutputOptions {
  readonly source?: SourceName | 'auto' | undefined;
  readonly target?: TargetName | ImportTarget | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly registry?: Registry | undefined;
  /** Read for the file `-`. */
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For one large file; one per core by default. The result is the same. */
  readonly threads?: number | undefined;
  /** Only this part of the files, `index` from 0: the blocks that begin in it. Plain files in UTF-8. */
  readonly shard?: Shard | undefined;
  /** A CSV of `id,password`: known passwords, which are verified against the digests of their rows. */
  readonly canaries?: string | undefined;
  /** Tried where canaries do not match. Secret: reported by their number. */
  readonly canaryPeppers?: readonly string[] | undefined;
  /** Files of the caller's that no output may be written over. */
  readonly reads?: readonly string[] | undefined;
  /**
   * Called after each batch with the rows and bytes so far, and with all bytes of the files; undefined where one of them
   * is a pipe.
   */
  readonly onProgress?: ((rows: number, bytes: number, totalBytes: number | undefined) => void) | undefined;
}
