/** An output that replaces a file: written under a temporary name in the same folder, and renamed at the end. */
import { constants } from 'node:fs';
import { copyFile, link, open, rename, stat, unlink } from 'node:fs/promises';
import type { Destination } from './destination.js';
import { createBuffer, ignore, type Output, withProblem } from './output.js';
import { writeProblem } from './output-problem.js';
import {
  beginReplacement,
  endReplacement,
  keepTemporary,
  type Replacement,
  removeTemporary,
  temporaryName,
} from './temporary.js';

/** It holds digests. */
const OWNER_ONLY = 0o600;

export async function openTemporary(file: string, { path }: Destination): Promise<Output> {
  const temporary = temporaryName(path, 'tmp');
  const handle = await open(temporary, 'wx', OWNER_ONLY).catch((error: unknown) => {
    keepTemporary(temporary);
    throw writeProblem(file, error);
  });
  let there = true;
  let replacement: Replacement | undefined;
  const buffered = createBuffer((text) => handle.writeFile(text));
  return {
    write: (text) => withProblem(file, () => buffered.write(text)),
    finish: () =>
      withProblem(file, async () => {
        await buffered.flush();
        await handle.sync();
        await handle.close();
      }),
    commit: (undoable) =>
      withProblem(file, async () => {
        const old = undoable ? await keepAside(path) : undefined;
        const begun: Replacement = { temporary, path, old };
        if (undoable) beginReplacement(begun);
        await rename(temporary, path).catch((error: unknown) => {
          endReplacement(begun);
          if (old !== undefined) removeTemporary(old);
          throw error;
        });
        there = false;
        if (undoable) replacement = begun;
        else keepTemporary(temporary);
      }),
    async undo() {
      if (replacement === undefined) return;
      const { old } = replacement;
      if (old === undefined) {
        await unlink(path).catch(ignore);
      } else {
        await rename(old, path).catch(ignore);
        // Where it could not be put back, it is all that is left of what was there before.
        keepTemporary(old);
      }
      endReplacement(replacement);
    },
    async settle() {
      if (replacement === undefined) return;
      endReplacement(replacement);
      if (replacement.old !== undefined) removeTemporary(replacement.old);
    },
    async discard() {
      if (!there) return;
      there = false;
      await handle.close().catch(ignore);
      removeTemporary(temporary);
    },
  };
}

/** A second name for what is there, or a copy where a disk has no second names; undefined where nothing is. */
async function keepAside(path: string): Promise<string | undefined> {
  const existing = await stat(path).catch(() => undefined);
  if (!existing?.isFile()) return undefined;
  const old = temporaryName(path, 'old');
  try {
    await link(path, old).catch(() => copyFile(path, old, constants.COPYFILE_EXCL));
    return old;
  } catch (error) {
    removeTemporary(old);
    throw error;
  }
}
