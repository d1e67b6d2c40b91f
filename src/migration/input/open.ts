/** Opens a file or stdin. The first bytes say what it is. */
import { createReadStream, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { isBytes } from '../../encoding/brand.js';
import { describeReceived } from '../../encoding/received.js';
import { InputProblem, readProblem } from '../../files/input-problem.js';
import { openForReading } from '../../files/reading.js';
import { decompress } from './decompress.js';
import { isArchive, peekKind, refuseOtherKinds } from './file-kinds.js';

/** Large enough that a call for each costs nothing, small enough to stay in the cache. */
const CHUNK_BYTES = 256 * 1024;

/** Milliseconds after which signals of the system are listened to. */
const TURN_MS = 50;

/** A regular file whose bytes are the content. */
export interface PlainFile {
  /** May be read at any place, by several threads. */
  readonly fd: number;
  /** When it was opened. */
  readonly opened: Stats;
}

export interface Input {
  /** Chunks of the decompressed content. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes read from the file so far, before decompression. */
  bytesRead(): number;
  /**
   * Ends the chunks, to read the same open file at any place.
   * @returns undefined for a pipe and for a compressed file, whose chunks go on.
   */
  takePlain(): PlainFile | undefined;
  /** Of a workbook; undefined where the content says it. */
  readonly format?: 'xlsx' | undefined;
  /** Closes the file, wherever reading ended. */
  close(): void;
}

/**
 * Opens a file, or stdin for `-`.
 * @param sheet of a workbook; the first by default.
 * @throws {InputProblem} if it cannot be read, is empty, or is not text.
 * @throws the signal's reason after an abort; so do the chunks.
 */
export async function openInput(file: string, stdin: Readable, signal?: AbortSignal, sheet?: string): Promise<Input> {
  const opened = file === '-' ? openStream(stdin, signal) : await openFile(file, signal);
  let bytes = 0;
  let other: unknown;
  async function* counted(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of opened.stream) {
        if (!isBytes(chunk)) {
          other = chunk;
          break;
        }
        bytes += chunk.length;
        yield toBuffer(chunk);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw readProblem(error);
    }
    if (other !== undefined) {
      throw new TypeError(`check: stdin must give bytes, without an encoding (gave ${describeReceived(other)})`);
    }
    const change = await opened.changed();
    if (change !== undefined) throw change;
  }
  const raw = counted();
  try {
    const { first, whole } = await peekKind(raw, file !== '-');
    if (first.length === 0) throw new InputProblem('empty', 'the file is empty', { fix: 'export it again' });
    const workbook = await openAsWorkbook(first, opened, sheet);
    if (workbook !== undefined) return { ...workbook, chunks: abortable(workbook.chunks, signal) };
    refuseOtherKinds(first);
    const chunks = decompress(first, whole, opened.again);
    return {
      chunks: abortable(chunks, signal),
      bytesRead: () => bytes,
      takePlain: () => (chunks === whole ? opened.takePlain() : undefined),
      close: opened.close,
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** A stream of the caller's may give any bytes. */
function toBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

/**
 * Chunks that are there already come without a turn of the event loop, and only there is an abort heard: gigabytes may
 * come out of some kilobytes of gzip.
 */
async function* abortable(chunks: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let turnedAt = performance.now();
  try {
    for await (const chunk of chunks) {
      if (performance.now() - turnedAt > TURN_MS) {
        await setImmediate();
        turnedAt = performance.now();
      }
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

interface Opened {
  readonly stream: Readable;
  /** Once it was read to its end. */
  changed(): Promise<InputProblem | undefined>;
  takePlain(): PlainFile | undefined;
  /** Opens a regular file once more; undefined for others. */
  readonly again: (() => AsyncIterable<Buffer>) | undefined;
  close(): void;
}

function openStream(stream: Readable, signal: AbortSignal | undefined): Opened {
  // What waits for more input would wait for ever.
  const stop = () => stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  return {
    stream,
    changed: unknown,
    takePlain: () => undefined,
    again: undefined,
    close() {
      signal?.removeEventListener('abort', stop);
      stream.destroy();
    },
  };
}

/** The code that reads it is loaded where one is. */
async function openAsWorkbook(first: Buffer, opened: Opened, sheet: string | undefined): Promise<Input | undefined> {
  if (!isArchive(first)) return undefined;
  const plain = opened.takePlain();
  if (plain === undefined) return undefined;
  const { openWorkbook } = await import('./xlsx.js');
  const workbook = await openWorkbook(plain.fd, sheet);
  return (
    workbook && {
      chunks: workbook.csv,
      bytesRead: () => plain.opened.size,
      takePlain: () => undefined,
      format: 'xlsx',
      close: opened.close,
    }
  );
}

async function unknown(): Promise<undefined> {}

async function openFile(file: string, signal: AbortSignal | undefined): Promise<Opened> {
  try {
    const { fd, stream, stats, ...opened } = await openForReading(file, { signal, chunkBytes: CHUNK_BYTES });
    return {
      stream,
      changed: async () => findChange(stats, await opened.statsNow()),
      takePlain() {
        if (!stats.isFile()) return undefined;
        opened.keepOpen();
        return { fd, opened: stats };
      },
      again: stats.isFile() ? () => createReadStream(file, { highWaterMark: CHUNK_BYTES }) : undefined,
      close: opened.close,
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw readProblem(error);
  }
}

/**
 * A file that another program writes while it is read: what was read of it is then no export that ever was.
 * @param before as it was opened. @param after of the same open file, read to its end.
 */
export function findChange(before: Stats, after: Stats): InputProblem | undefined {
  if (!before.isFile() || (before.size === after.size && before.mtimeMs === after.mtimeMs)) return undefined;
  const what =
    after.size > before.size ? 'grew' : after.size < before.size ? 'was cut off' : 'was written to by another program';
  return new InputProblem('changed', `the file ${what} while it was read`, {
    byteOffset: Math.min(before.size, after.size),
    fix: 'wait until the export is complete, and check it again',
  });
}
