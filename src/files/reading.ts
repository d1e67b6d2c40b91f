/** Files opened for reading so that an abort is heard in every state, also while a pipe has no writer yet. */
import { close, constants, createReadStream, fstat, open, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';

/** Not blocking where the flags say so. */
export const openFd: (path: string, flags: number) => Promise<number> = promisify(open);
const statFd: (fd: number) => Promise<Stats> = promisify(fstat);
const closeFd: (fd: number) => Promise<void> = promisify(close);

/**
 * A blocking open of a pipe waits in a thread of libuv, where nothing can cancel it: even `process.exit` waits for that
 * thread. Windows has neither flag.
 */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export interface OpenedFile {
  /** Of a regular file: may be read at any place, whatever the stream has read. */
  readonly fd: number;
  /** Destroyed with the signal's reason by an abort. */
  readonly stream: Readable;
  /** When it was opened. */
  readonly stats: Stats;
  /** Of the same open file, now; as it was opened where it is not a regular file. */
  statsNow(): Promise<Stats>;
  /** An abort no longer closes the file, since `fd` is read; the stream is not read any further. */
  keepOpen(): void;
  close(): void;
}

export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly chunkBytes?: number;
}

/**
 * Opens what may be a file, a pipe or a device.
 * @throws {NodeJS.ErrnoException}, or the signal's reason.
 */
export async function openForReading(file: string, { signal, chunkBytes }: ReadingOptions = {}): Promise<OpenedFile> {
  signal?.throwIfAborted();
  const fd = await openFd(file, FLAGS);
  let stats: Stats;
  try {
    stats = await statFd(fd);
    signal?.throwIfAborted();
    if (stats.isDirectory()) throw Object.assign(new Error('the path is a folder'), { code: 'EISDIR' });
  } catch (error) {
    await closeFd(fd);
    throw error;
  }
  const stream = makeStream(fd, stats, chunkBytes);
  // The iterating code gets the error; an abort may come before that.
  stream.on('error', ignore);
  const stop = () => stream.destroy(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const keepOpen = () => signal?.removeEventListener('abort', stop);
  return {
    fd,
    stream,
    stats,
    statsNow: async () => (stats.isFile() ? statFd(fd) : stats),
    keepOpen,
    close() {
      keepOpen();
      stream.destroy();
    },
  };
}

/** A pipe is waited for by the event loop, not by a thread. A regular file stays open at its end, for `statsNow`. */
function makeStream(fd: number, stats: Stats, highWaterMark: number | undefined): Readable {
  if (stats.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  if (stats.isCharacterDevice() && isatty(fd)) return new ReadStream(fd);
  return createReadStream('', { fd, autoClose: false, ...(highWaterMark !== undefined && { highWaterMark }) });
}

export interface WholeOptions extends ReadingOptions {
  readonly maxBytes: number;
  /** What the file `-` stands for; without it, `-` is a name like any other. */
  readonly stdin?: Readable | undefined;
}

/**
 * All of a file.
 * @returns undefined where it is longer than `maxBytes`.
 * @throws {NodeJS.ErrnoException}, or the signal's reason.
 */
export async function readWhole(
  file: string,
  { maxBytes, stdin, ...options }: WholeOptions,
): Promise<Buffer | undefined> {
  if (file === '-' && stdin !== undefined) {
    if (options.signal !== undefined) addAbortSignal(options.signal, stdin);
    return await readAll(stdin, maxBytes);
  }
  const opened = await openForReading(file, options);
  try {
    return await readAll(opened.stream, maxBytes);
  } finally {
    opened.close();
  }
}

async function readAll(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function ignore(): void {}
