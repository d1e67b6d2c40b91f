/** Assesses the rows of one file: a plain one in blocks, on several threads where it is large, and others as text. */
import { fstatSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { InputProblem } from '../files/input-problem.js';
import type { RowAssessor } from './assess/row-assessor.js';
import { reserveTables } from './count/duplicate-tables.js';
import { RowCounter } from './count/row-counter.js';
import { merge, type Tally } from './count/tally.js';
import type { FilePlan } from './file-plan.js';
import { findChange, type PlainFile } from './input/open.js';
import { bindSource } from './input/origin.js';
import { type CollectedRows, createCollector } from './output/row-collector.js';
import { type BlockReader, createBlockReader, FileBlocks, streamBlocks } from './rows/index.js';
import { assessInParallel } from './threads/assess-in-parallel.js';
import type { BlockPlace } from './threads/turn.js';

/** Below it threads would take longer to start than they save. */
const MIN_PARALLEL_BYTES = 24 * 1024 * 1024;

/** What the files of a run have in common. */
export interface FileRun {
  readonly assessor: RowAssessor;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** The rows are counted here, also of a file that cannot be read to its end. */
  readonly tally: Tally;
  /** Called in the order of the rows. */
  write(collected: CollectedRows): Promise<void>;
  /** @param offset in the bytes of a plain file. */
  onProgress(rows: number, offset: number | undefined): void;
  /** Called with the source that the fields of the records decided on, maybe several times. */
  onSource(name: string | undefined): void;
}

/**
 * Assesses a file, or a part of one, in UTF-8.
 * @param start where its text begins.
 * @param isPart whether other parts may have what the records of this one lack.
 * @returns of a part: the problem of the file where no other part has a field for digests either.
 * @throws {InputProblem} where the file cannot be read to its end.
 * @throws the signal's reason after an abort, and what `write` throws.
 */
export async function assessPlainFile(
  { fd, opened }: PlainFile,
  start: number,
  plan: FilePlan,
  run: FileRun,
  isPart: boolean,
): Promise<InputProblem | undefined> {
  const collector = createCollector(plan.collect);
  const counter = new RowCounter(run.assessor, plan.file, plan.tables, collector);
  const reader = createBlockReader(plan.format, bindSource(plan.source, plan.options));
  const blocks = new FileBlocks(fd, plan.format);
  const end = Math.min(opened.size, plan.range.end);
  let place: BlockPlace = { offset: start, line: 1 };
  try {
    for (;;) {
      if (run.threads > 1 && reader.settled !== undefined && end - place.offset > MIN_PARALLEL_BYTES) {
        counter.finish();
        await continueInParallel(fd, place, plan, run, reader, counter.rows);
        break;
      }
      const { consumed, lines, last, problem } = blocks.scan(reader, place.offset, place.line);
      if (place.offset >= plan.range.start && place.offset < plan.range.end) reader.deliver(counter);
      place = { offset: place.offset + consumed, line: place.line + lines };
      if (collector !== undefined) await run.write(collector.drain());
      run.onProgress(counter.rows, place.offset);
      if (problem !== undefined) throw problem;
      if (last || place.offset >= plan.range.end) break;
      await setImmediate();
      run.signal?.throwIfAborted();
    }
    const change = findChange(opened, fstatSync(fd));
    if (change !== undefined) throw change;
    run.onSource(reader.source);
    return endReader(reader, isPart);
  } finally {
    counter.finish();
    merge(run.tally, counter.tally);
  }
}

/** @param rowsBefore of this file. */
async function continueInParallel(
  fd: number,
  place: BlockPlace,
  plan: FilePlan,
  run: FileRun,
  reader: BlockReader,
  rowsBefore: number,
): Promise<void> {
  reserveTables(plan.tables);
  const { digestSeen, problem } = await assessInParallel(
    { ...plan, fd, settled: reader.settled },
    { ...run, place, onProgress: (rows, offset) => run.onProgress(rowsBefore + rows, offset) },
  );
  reader.digestSeen ||= digestSeen;
  if (problem !== undefined) throw problem;
}

function endReader(reader: BlockReader, isPart: boolean): InputProblem | undefined {
  try {
    reader.end();
    return undefined;
  } catch (error) {
    if (isPart && !reader.digestSeen && error instanceof InputProblem) return error;
    throw error;
  }
}

/**
 * Assesses a file that comes in chunks of UTF-8.
 * @throws as `assessPlainFile`.
 */
export async function assessChunks(chunks: AsyncIterable<Buffer>, plan: FilePlan, run: FileRun): Promise<void> {
  const { format } = plan;
  const collector = createCollector(plan.collect);
  const counter = new RowCounter(run.assessor, plan.file, plan.tables, collector);
  const bind = bindSource(plan.source, plan.options);
  const finishBatch = async (source: string | undefined): Promise<void> => {
    run.signal?.throwIfAborted();
    if (collector !== undefined) await run.write(collector.drain());
    run.onSource(source);
    run.onProgress(counter.rows, undefined);
  };
  try {
    const reader = createBlockReader(format, bind);
    for await (const _ of streamBlocks(chunks, reader, counter, format)) await finishBatch(reader.source);
    reader.end();
  } finally {
    counter.finish();
    merge(run.tally, counter.tally);
  }
}
