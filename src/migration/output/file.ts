/**
 * A file that is there whole or not at all: written under a temporary name in the same folder, and renamed at the end.
 * It holds digests, so nobody but its owner may read it.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { unlinkSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { writeProblem } from './problem.js';

const OWNER_ONLY = 0o600;
/** A write for each takes next to no time, and little memory. */
const BUFFER_CHARS = 256 * 1024;

export interface Output {
  /** Resolves when there is room for more. @throws {OutputProblem} */
  write(text: string): Promise<void>;
  /** All of it is on the disk; nothing can go wrong any more but the renaming. @throws {OutputProblem} */
  finish(): Promise<void>;
  /** After `finish`: gives the file its name. @throws {OutputProblem} */
  commit(): Promise<void>;
  /** Leaves nothing behind. Without effect after `commit`. */
  discard(): Promise<void>;
}

/** @throws {OutputProblem} where the file cannot be written. */
export async function openOutput(file: string): Promise<Output> {
  const path = await targetOf(file);
  const existing = await stat(path).catch(() => undefined);
  // A pipe or a device is written to, not replaced.
  return existing === undefined || existing.isFile() || existing.isDirectory()
    ? openTemporary(file, path, existing?.isDirectory() === true)
    : openSpecial(file, path);
}

/** Through symbolic links, so that what a link names is replaced and not the link. */
async function targetOf(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

async function openTemporary(file: string, path: string, isFolder: boolean): Promise<Output> {
  if (isFolder) throw writeProblem(file, { code: 'EISDIR' });
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', OWNER_ONLY).catch((error: unknown) => {
    throw writeProblem(file, error);
  });
  // Also where the process ends in the middle, for example since nobody reads its output any more.
  const remove = () => {
    try {
      unlinkSync(temporary);
    } catch {
      // It is gone already.
    }
  };
  process.once('exit', remove);
  let there = true;
  const buffered = bufferOf((text) => handle.writeFile(text));
  return {
    write: (text) => orProblem(file, () => buffered.write(text)),
    finish: () =>
      orProblem(file, async () => {
        await buffered.flush();
        await handle.sync();
        await handle.close();
      }),
    commit: () =>
      orProblem(file, async () => {
        await rename(temporary, path);
        there = false;
        process.off('exit', remove);
      }),
    async discard() {
      if (!there) return;
      there = false;
      process.off('exit', remove);
      await handle.close().catch(ignore);
      remove();
    },
  };
}

async function openSpecial(file: string, path: string): Promise<Output> {
  const handle: FileHandle = await open(path, 'w').catch((error: unknown) => {
    throw writeProblem(file, error);
  });
  const buffered = bufferOf((text) => handle.writeFile(text));
  return {
    write: (text) => orProblem(file, () => buffered.write(text)),
    finish: () => orProblem(file, () => buffered.flush()),
    commit: () => orProblem(file, () => handle.close()),
    discard: () => handle.close().catch(ignore),
  };
}

/** What is written to a stream stays there: a reader has to look at how the command ended. */
export function streamOutput(stream: Writable): Output {
  const buffered = bufferOf(async (text) => {
    if (!stream.write(text)) await once(stream, 'drain');
  });
  return { write: buffered.write, finish: buffered.flush, commit: nothing, discard: nothing };
}

function bufferOf(flushText: (text: string) => Promise<void>): {
  write(text: string): Promise<void>;
  flush(): Promise<void>;
} {
  let waiting = '';
  async function flush(): Promise<void> {
    const text = waiting;
    waiting = '';
    if (text !== '') await flushText(text);
  }
  return {
    flush,
    async write(text) {
      waiting += text;
      if (waiting.length >= BUFFER_CHARS) await flush();
    },
  };
}

async function orProblem(file: string, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    throw writeProblem(file, error);
  }
}

async function nothing(): Promise<void> {}

function ignore(): void {}
