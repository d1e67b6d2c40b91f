/** A file that another program writes while it is read: what was read of it is then no export that ever was. */
import type { Stats } from 'node:fs';
import { InputProblem } from '../problem.js';

/** @param before as it was opened. @param after of the same open file, read to its end. */
export function changeOf(before: Stats, after: Stats): InputProblem | undefined {
  if (!before.isFile() || (before.size === after.size && before.mtimeMs === after.mtimeMs)) return undefined;
  const what =
    after.size > before.size ? 'grew' : after.size < before.size ? 'was cut off' : 'was written to by another program';
  return new InputProblem(`the file ${what} while it was read`, {
    byteOffset: Math.min(before.size, after.size),
    fix: 'wait until the export is complete, and check it again',
  });
}
