/** A plain file in blocks: its beginning on this thread, and the rest of a large one on several. */
import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { FileBlocks } from './blocks/file.js';
import { readProblem } from './bytes.js';
import type { Outcome } from './classify.js';
import { Intake, reserveAll } from './intake.js';
import type { Bind } from './readers/contract.js';
import type { Row } from './row.js';
import { takingOf } from './taking.js';
import { merge, type Tally } from './tally.js';
import { blockReader } from './threads/block-reader.js';
import { type ManyOptions, takeByMany } from './threads/many.js';

/** Below it threads would take longer to start than they save. */
const MIN_BYTES = 24 * 1024 * 1024;

export interface PlainFileOptions extends Omit<ManyOptions, 'fd' | 'place' | 'settled'> {
  readonly bind: Bind;
  /** What is said of a digest depends on its form and its parameters alone. */
  readonly formsHold: boolean;
  readonly classify: (row: Row) => Outcome;
  /** Bytes when it was opened. */
  readonly size: number;
}

/**
 * Opens what was looked into before.
 * @returns where its text begins; undefined where it is not in UTF-8.
 * @throws {InputProblem} where the file cannot be opened.
 */
export function openUtf8(path: string): { readonly fd: number; readonly offset: number } | undefined {
  try {
    const fd = openSync(path, 'r');
    const mark = new Uint8Array(3);
    const length = readSync(fd, mark, 0, 3, 0);
    if (length >= 2 && ((mark[0] === 0xff && mark[1] === 0xfe) || (mark[0] === 0xfe && mark[1] === 0xff))) {
      closeSync(fd);
      return undefined;
    }
    return { fd, offset: mark[0] === 0xef && mark[1] === 0xbb && mark[2] === 0xbf ? 3 : 0 };
  } catch (error) {
    throw readProblem(error);
  }
}

/**
 * @param tally that the rows are counted in, also where the file cannot be read to its end.
 * @returns name of the source, where the records told it.
 * @throws {InputProblem} where the file cannot be read, or not to its end.
 * @throws the signal's reason after an abort, and what `write` throws.
 */
export async function takeFile(
  { fd, offset: start }: { readonly fd: number; readonly offset: number },
  options: PlainFileOptions,
  tally: Tally,
): Promise<string | undefined> {
  const { bind, classify, formsHold, size, ...rest } = options;
  const { threads, file, range, format, tables, signal, taking: takingOptions, write, onProgress } = rest;
  const taking = takingOf(takingOptions);
  const intake = new Intake(classify, file, tables, { taker: taking, formsHold });
  const reader = blockReader(format, bind);
  const blocks = new FileBlocks(fd);
  let place = { offset: start, line: 1 };
  try {
    for (;;) {
      const { settled } = reader;
      const many = settled !== undefined && threads > 1 && Math.min(size, range.end) - place.offset > MIN_BYTES;
      if (many) {
        const before = intake.rows;
        intake.finish();
        reserveAll(tables);
        const onRows = (rows: number, offset: number) => onProgress(before + rows, offset);
        const found = await takeByMany({ ...rest, fd, settled, place, onProgress: onRows }, tally);
        reader.digestSeen ||= found.digestSeen;
        if (found.problem !== undefined) throw found.problem;
        break;
      }
      const { consumed, lines, last, problem } = blocks.scan(reader, place.offset, place.line);
      if (place.offset >= range.start) reader.deliver(intake);
      place = { offset: place.offset + consumed, line: place.line + lines };
      if (taking !== undefined) await write(taking.drain());
      onProgress(intake.rows, place.offset);
      if (problem !== undefined) throw problem;
      if (last || place.offset >= range.end) break;
      await setImmediate();
      signal?.throwIfAborted();
    }
    reader.end();
    return reader.source;
  } finally {
    intake.finish();
    merge(tally, intake.tally);
    closeSync(fd);
  }
}
