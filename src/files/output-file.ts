/**
 * A file that is there whole or not at all: written under a temporary name in the same folder, and renamed at the end.
 * It holds digests, so only its owner may read it.
 */
import { once } from 'node:events';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { type Destination, findDestination } from './destination.js';
import { createBuffer, ignore, nothing, type Output, withProblem } from './output.js';
import { writeProblem } from './output-problem.js';
import { openPipe } from './pipe-output.js';
import { openTemporary } from './replaced-file.js';

export type { Output } from './output.js';

/**
 * @param signal ends the wait for the reader of a pipe.
 * @throws {OutputProblem} where the file cannot be written; the signal's reason after an abort.
 */
export async function openOutput(file: string, signal?: AbortSignal): Promise<Output> {
  signal?.throwIfAborted();
  const destination = await findDestination(file);
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

/** A device, or an open file of this process: written to, never replaced. */
async function openInPlace(file: string, { path, kind }: Destination): Promise<Output> {
  // What a shell opened for us may be appended to.
  const flags = kind === 'descriptor' ? constants.O_WRONLY | constants.O_APPEND : constants.O_WRONLY;
  const handle: FileHandle = await open(path, flags | (constants.O_NOCTTY ?? 0)).catch((error: unknown) => {
    throw writeProblem(file, error);
  });
  const buffered = createBuffer((text) => handle.writeFile(text));
  return {
    write: (text) => withProblem(file, () => buffered.write(text)),
    finish: () => withProblem(file, () => buffered.flush()),
    commit: () => withProblem(file, () => handle.close()),
    undo: nothing,
    settle: nothing,
    discard: () => handle.close().catch(ignore),
  };
}

/**
 * What is written to a stream stays there: a reader has to look at how the command ended.
 * @param signal ends the wait for a reader that takes nothing.
 */
export function streamOutput(stream: Writable, signal?: AbortSignal): Output {
  const buffered = createBuffer(async (text) => {
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
