/**
 * A file that is there whole or not at all: written under a temporary name in the same folder, and renamed at the end.
 * It holds digests, so only its owner may read it.
 */
import { once } from 'node:events';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type Destination, destinationOf } from './destination.js';
import { writeProblem } from './output-problem.js';
import { openFd } from './reading.js';
import {
  beginReplacement,
  endReplacement,
  keepTemporary,
  type Replacement,
  removeTemporary,
  temporaryName,
} from './temporary.js';

const OWNER_ONLY = 0o600;
/** A write for each takes next to no time, and little memory. */
const BUFFER_CHARS = 256 * 1024;
/** Between two looks whether a pipe has a reader. */
const READER_MS = 50;

export interface Output {
  /** Resolves when there is room for more. @throws {OutputProblem} */
  write(text: string): Promise<void>;
  /** All of it is on the disk; nothing can go wrong any more but the renaming. @throws {OutputProblem} */
  finish(): Promise<void>;
  /** After `finish`: gives the file its name. @param undoable what it replaces is kept until `settle`. @throws {OutputProblem} */
  commit(undoable: boolean): Promise<void>;
  /** After an undoable `commit`: puts back what was there before. */
  undo(): Promise<void>;
  /** After an undoable `commit`: lets go of what was there before. */
  settle(): Promise<void>;
  /** Removes all files. Without effect after `commit`. */
  discard(): Promise<void>;
}

/**
 * @param signal ends the wait for the reader of a pipe.
 * @throws {OutputProblem} where the file cannot be written; the signal's reason after an abort.
 */
export async function openOutput(file: string, signal?: AbortSignal): Promise<Output> {
  signal?.throwIfAborted();
  const destination = await destinationOf(file);
  const { kind } = destination;
  if (kind === 'pipe') return await openPipe(file, destination.path, signal);
  return kind === 'file' ? await openTemporary(file, destination) : await openInPlace(file, destination);
}

/**
 * All of the outputs get their names, or none: where one cannot, what was there before is put back. What went into a
 * pipe or a device stays there.
 * @throws {OutputProblem} of the first that cannot be written.
 */
export async function commitTogether(outputs: readonly Output[]): Promise<void> {
  for (const output of outputs) await output.finish();
  const committed: Output[] = [];
  try {
    for (const output of outputs) {
      await output.commit(outputs.length > 1);
      committed.push(output);
    }
  } catch (error) {
    for (const output of committed.reverse()) await output.undo();
    throw error;
  }
  for (const output of committed) await output.settle();
}

async function openTemporary(file: string, { path }: Destination): Promise<Output> {
  const temporary = temporaryName(path, 'tmp');
  const handle = await open(temporary, 'wx', OWNER_ONLY).catch((error: unknown) => {
    keepTemporary(temporary);
    throw writeProblem(file, error);
  });
  let there = true;
  let replacement: Replacement | undefined;
  const buffered = bufferOf((text) => handle.writeFile(text));
  return {
    write: (text) => orProblem(file, () => buffered.write(text)),
    finish: () =>
      orProblem(file, async () => {
        await buffered.flush();
        await handle.sync();
        await handle.close();
      }),
    commit: (undoable) =>
      orProblem(file, async () => {
        const old = undoable ? await keptAside(path) : undefined;
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
async function keptAside(path: string): Promise<string | undefined> {
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

/** A device, or an open file of this process: written to, never replaced. */
async function openInPlace(file: string, { path, kind }: Destination): Promise<Output> {
  // What a shell opened for us may be appended to.
  const flags = kind === 'descriptor' ? constants.O_WRONLY | constants.O_APPEND : constants.O_WRONLY;
  const handle: FileHandle = await open(path, flags | (constants.O_NOCTTY ?? 0)).catch((error: unknown) => {
    throw writeProblem(file, error);
  });
  const buffered = bufferOf((text) => handle.writeFile(text));
  return {
    write: (text) => orProblem(file, () => buffered.write(text)),
    finish: () => orProblem(file, () => buffered.flush()),
    commit: () => orProblem(file, () => handle.close()),
    undo: nothing,
    settle: nothing,
    discard: () => handle.close().catch(ignore),
  };
}

/** Its reader is waited for by the event loop: a thread that waited could not be ended. */
async function openPipe(file: string, path: string, signal: AbortSignal | undefined): Promise<Output> {
  const socket = new Socket({ fd: await fdWithReader(file, path, signal), readable: false, writable: true });
  socket.on('error', ignore);
  const stop = () => socket.destroy(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const sent = (text: string) =>
    new Promise<void>((resolve, reject) => {
      socket.write(text, (error) => (error ? reject(error) : resolve()));
    });
  const buffered = bufferOf(sent);
  const orReason = async (task: () => Promise<void>) => {
    try {
      await task();
    } catch (error) {
      signal?.throwIfAborted();
      throw writeProblem(file, error);
    }
  };
  return {
    write: (text) => orReason(() => buffered.write(text)),
    finish: () => orReason(() => buffered.flush()),
    async commit() {
      signal?.removeEventListener('abort', stop);
      await new Promise<void>((resolve) => socket.end(resolve));
    },
    undo: nothing,
    settle: nothing,
    async discard() {
      signal?.removeEventListener('abort', stop);
      socket.destroy();
    },
  };
}

async function fdWithReader(file: string, path: string, signal: AbortSignal | undefined): Promise<number> {
  for (;;) {
    try {
      return await openFd(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw writeProblem(file, error);
    }
    await setTimeout(READER_MS, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/**
 * What is written to a stream stays there: a reader has to look at how the command ended.
 * @param signal ends the wait for a reader that takes nothing.
 */
export function streamOutput(stream: Writable, signal?: AbortSignal): Output {
  const buffered = bufferOf(async (text) => {
    if (stream.write(text)) return;
    await once(stream, 'drain', { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  });
  return {
    write: buffered.write,
    finish: buffered.flush,
    commit: nothing,
    undo: nothing,
    settle: nothing,
    discard: nothing,
  };
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
