/** A plain file in blocks: its beginning on this thread, and the rest of a large one on several. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from './assess/classify.js';
import { Intake, reserveAll } from './assess/row-assessor.js';
import { readProblem } from './bytes.js';
import { merge, type Tally } from './count/tally.js';
import { BEGINNING_BYTES, encodingOf } from './encoding.js';
import { changeOf } from './input/unchanged.js';
import { takingOf } from './output/row-collector.js';
import { InputProblem } from './problem.js';
import type { Row } from './row.js';
import type { BlockReader } from './rows/block.js';
import type { Bind } from './rows/contract.js';
import { FileBlocks } from './rows/file.js';
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
export function openUtf8(path: string): Utf8File | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw readProblem(error);
  }
  try {
    const beginning = new Uint8Array(BEGINNING_BYTES);
    const { name, markBytes } = encodingOf(beginning.subarray(0, readSync(fd, beginning, 0, BEGINNING_BYTES, 0)));
    if (name === 'utf-8') return { fd, offset: markBytes, opened: fstatSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error instanceof InputProblem ? error : readProblem(error);
  }
  closeSync(fd);
  return undefined;
}

export interface Utf8File {
  readonly fd: number;
  /** Where its text begins. */
  readonly offset: number;
  readonly opened: Stats;
}

export interface TakenFile {
  /** Name of the source, where the records told it. */
  readonly source: string | undefined;
  /** Of a part: why the file could not be read, were all its parts so. */
  readonly withoutDigests: InputProblem | undefined;
}

function endOf(reader: BlockReader, isPart: boolean): InputProblem | undefined {
  try {
    reader.end();
    return undefined;
  } catch (error) {
    if (isPart && !reader.digestSeen && error instanceof InputProblem) return error;
    throw error;
  }
}

/**
 * @param tally that the rows are counted in, also where the file cannot be read to its end.
 * @param isPart whether there are other parts of the file: what the records of this one lack, those of another may have.
 * @throws {InputProblem} where the file cannot be read, or not to its end.
 * @throws the signal's reason after an abort, and what `write` throws.
 */
export async function takeFile(
  { fd, offset: start, opened }: Utf8File,
  options: PlainFileOptions,
  tally: Tally,
  isPart: boolean,
): Promise<TakenFile> {
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
      if (place.offset >= range.start && place.offset < range.end) reader.deliver(intake);
      place = { offset: place.offset + consumed, line: place.line + lines };
      if (taking !== undefined) await write(taking.drain());
      onProgress(intake.rows, place.offset);
      if (problem !== undefined) throw problem;
      if (last || place.offset >= range.end) break;
      await setImmediate();
      signal?.throwIfAborted();
    }
    const change = changeOf(opened, fstatSync(fd));
    if (change !== undefined) throw change;
    return { source: reader.source, withoutDigests: endOf(reader, isPart) };
  } finally {
    intake.finish();
    merge(tally, intake.tally);
    closeSync(fd);
  }
}
