/** Where an output goes: a file that is replaced, or something that is written to. */
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OutputProblem, writeProblem } from './output-problem.js';

export interface Destination {
  /**
   * `file`: replaced, or not there yet; `pipe`: has a reader; `device`: such as /dev/null; `descriptor`: an open file of
   * this process, such as /dev/stdout.
   */
  readonly kind: 'file' | 'pipe' | 'device' | 'descriptor';
  /** Without symbolic links: what a link names is replaced, and not the link. */
  readonly path: string;
}

/** As many as Linux follows. */
const MAX_LINKS = 40;
const DESCRIPTOR = /^\/(?:dev\/fd|proc\/(?:self|thread-self|\d+)\/fd)\/\d+$/;

/** @throws {OutputProblem} where nothing can be written there. */
export async function findDestination(file: string): Promise<Destination> {
  // `dir/name/` names a folder, whatever is there.
  if (/[/\\]$/.test(file)) throw writeProblem(file, { code: 'EISDIR' });
  const { path, isDescriptor } = await followLinks(file);
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw writeProblem(file, { code: 'EISDIR' });
  if (existing?.isFIFO()) return { kind: 'pipe', path };
  if (existing !== undefined && !existing.isFile()) return { kind: 'device', path };
  return { kind: isDescriptor ? 'descriptor' : 'file', path };
}

/** Follows links one by one: the last may name a file that is not there yet. */
async function followLinks(file: string): Promise<{ readonly path: string; readonly isDescriptor: boolean }> {
  let path = resolve(file);
  for (let links = 0; links <= MAX_LINKS; links++) {
    if (DESCRIPTOR.test(path)) return { path, isDescriptor: true };
    const folder = await realpath(dirname(path)).catch((error: unknown) => {
      throw writeProblem(file, error);
    });
    path = join(folder, basename(path));
    if (DESCRIPTOR.test(path)) return { path, isDescriptor: true };
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isSymbolicLink()) return { path, isDescriptor: false };
    path = resolve(folder, await readlink(path));
  }
  throw writeProblem(file, { code: 'ELOOP' });
}

/**
 * @param read none of these is written over, under whatever name.
 * @throws {OutputProblem} where one would be, or two outputs go to one file.
 */
export async function refuseOverwriting(written: readonly string[], read: readonly string[]): Promise<void> {
  const inputs = new Set(await Promise.all(read.filter((file) => file !== '-').map(readIdentity)));
  const outputs = new Set<string>();
  for (const file of written) {
    const identity = file === '-' ? '-' : await readIdentity(file);
    if (inputs.has(identity)) {
      const message = 'this is one of the files that are read';
      throw new OutputProblem('is-input', file, message, 'name another file to write to');
    }
    if (outputs.has(identity) && !identity.startsWith('special ')) {
      const message = 'two outputs would go to the same file';
      throw new OutputProblem('same-output', file, message, 'name another file for one of them');
    }
    outputs.add(identity);
  }
}

/** The same for all names of a file: links, hard ones too. A file that is not there yet is its folder and its name. */
async function readIdentity(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found !== undefined) return `${found.isFile() ? '' : 'special '}${found.dev}:${found.ino}`;
  const folder = await stat(dirname(path), { bigint: true }).catch(() => undefined);
  return folder === undefined ? path : `${folder.dev}:${folder.ino}/${basename(path)}`;
}
