/** An output whose reader is another process. */
import { constants } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createBuffer, ignore, nothing, type Output } from './output.js';
import { writeProblem } from './output-problem.js';
import { openFd } from './reading.js';

/** Between two attempts to open a pipe that has no reader yet. */
const READER_MS = 50;

/** Its reader is waited for by the event loop: a thread that waited could not be ended. */
export async function openPipe(file: string, path: string, signal: AbortSignal | undefined): Promise<Output> {
  const socket = new Socket({ fd: await openWithReader(file, path, signal), readable: false, writable: true });
  socket.on('error', ignore);
  const stop = () => socket.destroy(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const sent = (text: string) =>
    new Promise<void>((resolve, reject) => {
      socket.write(text, (error) => (error ? reject(error) : resolve()));
    });
  const buffered = createBuffer(sent);
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

async function openWithReader(file: string, path: string, signal: AbortSignal | undefined): Promise<number> {
  for (;;) {
    try {
      return await openFd(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw writeProblem(file, error);
    }
    await setTimeout(READER_MS, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}
