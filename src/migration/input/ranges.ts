/** Which bytes of the files are checked: all of them, or one shard. */
import { stat } from 'node:fs/promises';
import type { Shard } from '../../reports/check-report.js';

/** The blocks that begin in it. In bytes of one file. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface Ranges {
  /** Of each file. */
  readonly ranges: readonly LineRange[];
  /** Of all ranges together; undefined where a file is a pipe. */
  readonly totalBytes: number | undefined;
}

/** @throws {TypeError} on numbers that are not of a shard. */
export async function measureRanges(files: readonly string[], shard: Shard | undefined): Promise<Ranges> {
  const sizes = await Promise.all(files.map(measureFile));
  const ranges =
    shard === undefined ? sizes.map(() => ({ start: 0, end: Number.POSITIVE_INFINITY })) : cut(sizes, shard);
  if (sizes.includes(undefined)) return { ranges, totalBytes: undefined };
  const lengths = ranges.map(({ start, end }, i) => Math.max(0, Math.min(end, sizes[i] ?? 0) - start));
  const totalBytes = lengths.reduce((sum, length) => sum + length, 0);
  return { ranges, totalBytes };
}

/** Undefined for stdin, a pipe, and a file that is not there. */
async function measureFile(file: string): Promise<number | undefined> {
  const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

/** The shard's part of all files together. */
function cut(sizes: readonly (number | undefined)[], { index, of }: Shard): readonly LineRange[] {
  if (!Number.isSafeInteger(of) || of < 1 || !Number.isSafeInteger(index) || index < 0 || index >= of) {
    throw new TypeError('shard: index must be an integer from 0 to of - 1');
  }
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const start = Math.floor((total * index) / of);
  const end = Math.floor((total * (index + 1)) / of);
  let before = 0;
  return sizes.map((size = 0) => {
    const range = { start: Math.max(0, start - before), end: Math.min(size, end - before) };
    before += size;
    return range;
  });
}
