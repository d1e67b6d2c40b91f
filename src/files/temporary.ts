/** Names of temporary files, which are gone when the process ends, and those that a killed process left. */
import { Buffer } from 'node:buffer';
import { renameSync, unlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A name may have 255 bytes, and what is added takes some 30. */
const MAX_NAME_BYTES = 200;
/** What it replaces, kept until all outputs of a run are in their places. */
export type TemporaryKind = 'tmp' | 'old';

const present = new Set<string>();

/** A file that gets its name, with others that are to get theirs or none. */
export interface Replacement {
  readonly temporary: string;
  readonly path: string;
  /** What it replaces; undefined where nothing was there. */
  readonly old: string | undefined;
}

const replacements = new Set<Replacement>();

/** A new name in the folder of `path`; the file is removed with `removeTemporary`, or when the process ends. */
export function temporaryName(path: string, kind: TemporaryKind): string {
  if (present.size === 0) process.once('exit', removeTemporaries);
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  const name = join(dirname(path), `${makePrefix(path)}${process.pid}-${random}.${kind}`);
  present.add(name);
  return name;
}

/** Without effect where it has another name by now. */
export function removeTemporary(name: string): void {
  // Or it is gone already.
  unlinked(name);
  keepTemporary(name);
}

/** The file is not temporary any more. */
export function keepTemporary(name: string): void {
  present.delete(name);
  if (present.size === 0) process.off('exit', removeTemporaries);
}

/** From now on, and until it is settled, the end of the process puts back what was there before. */
export function beginReplacement(replacement: Replacement): void {
  replacements.add(replacement);
}

/** All have their names, or what was there before is back. */
export function endReplacement(replacement: Replacement): void {
  replacements.delete(replacement);
  keepTemporary(replacement.temporary);
}

/** Before the process ends in a way that `exit` does not hear of. */
export function removeTemporaries(): void {
  for (const replacement of [...replacements].reverse()) takeBack(replacement);
  for (const name of present) removeTemporary(name);
}

function takeBack(replacement: Replacement): void {
  const { temporary, path, old } = replacement;
  endReplacement(replacement);
  // It has not got its name yet, and cannot get it any more.
  if (unlinked(temporary)) return;
  if (old === undefined) {
    unlinked(path);
    return;
  }
  try {
    renameSync(old, path);
  } catch {
    // It is all that is left of what was there before.
  }
  keepTemporary(old);
}

function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A temporary file of a process that has ended. */
export interface Leftover {
  readonly file: string;
  readonly kind: TemporaryKind;
}

/**
 * Temporary files next to `path` of runs that were killed. They are not removed: on a shared disk, the process may be
 * one of another machine, and still write.
 */
export async function findLeftovers(path: string): Promise<readonly Leftover[]> {
  const folder = dirname(path);
  const prefix = makePrefix(path);
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    if (!name.startsWith(prefix)) return [];
    const [, pid, kind] = /^(\d{1,10})-[0-9a-f]{12}\.(tmp|old)$/.exec(name.slice(prefix.length)) ?? [];
    if (pid === undefined || isAlive(Number(pid))) return [];
    return [{ file: join(folder, name), kind: kind as TemporaryKind }];
  });
}

function makePrefix(path: string): string {
  const name = basename(path);
  let cut = Buffer.from(name).subarray(0, MAX_NAME_BYTES).toString();
  // Half a character became another one.
  while (!name.startsWith(cut)) cut = cut.slice(0, -1);
  return `.${cut}.`;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
