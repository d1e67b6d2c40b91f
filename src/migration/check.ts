/** Pre-validates exports: reads each file as a stream, tallies its rows, and answers with one report. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { namedReceived } from '../encoding/received.js';
import { defaultRegistry } from '../library.js';
import { limitsFrom } from '../policy.js';
import { isSystemName } from '../recognize/systems/index.js';
import type { Registry } from '../registry.js';
import type { Target } from '../targets/contract.js';
import { type TargetName, targetNamed } from '../targets/index.js';
import type { LimitOptions } from '../types.js';
import { gather } from './assess/canaries/found.js';
import { readCanaries } from './assess/canaries/read.js';
import { NO_CANARIES, verifyCanaries } from './assess/canaries/verify.js';
import { createClassifier } from './assess/classify.js';
import { emptyTables, Intake, sharedIn } from './assess/row-assessor.js';
import { openBytes } from './bytes.js';
import { judgedBy } from './canaries/judge.js';
import { summaryOf } from './count/summary.js';
import { emptyTally, merge } from './count/tally.js';
import type { Format } from './format.js';
import { originOf } from './input/origin.js';
import { peekText } from './input/sniff.js';
import { inTurns } from './input/turns.js';
import { commitTogether, type Output } from './output/file.js';
import type { LineOptions } from './output/lines.js';
import { type OutputOptions, openOutputs } from './output/outputs.js';
import { type Taken, type TakingOptions, takingOf } from './output/row-collector.js';
import { openUtf8, takeFile } from './plain-file.js';
import { InputProblem, inFile } from './problem.js';
import type { Report } from './report.js';
import type { Bind } from './rows/contract.js';
import { readers } from './rows/index.js';
import { streamBlocks } from './rows/stream.js';
import type { SourceOptions } from './sources/contract.js';
import { type SourceName, sourceNamed } from './sources/index.js';
import { decodeText } from './text.js';
import { blockReader, isBlockFormat } from './threads/block-reader.js';
import type { Range } from './threads/protocol.js';

export interface CheckOptions extends SourceOptions, OutputOptions {
  readonly source?: SourceName | 'auto' | undefined;
  readonly target?: TargetName | Target | undefined;
  readonly limits?: LimitOptions | undefined;
  readonly registry?: Registry | undefined;
  /** Read for the file `-`. */
  readonly stdin?: Readable | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For one large file in CSV or NDJSON; as many as the machine has cores where absent. The result is the same. */
  readonly threads?: number | undefined;
  /** Only this part of the files, `index` from 0: the blocks that begin in it. Plain files in CSV or NDJSON. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** A CSV of `id,password`: known passwords, which are verified against the digests of their rows. */
  readonly canaries?: string | undefined;
  /** Tried where canaries do not match. Secret: told by their number. */
  readonly canaryPeppers?: readonly string[] | undefined;
  /** Files of the caller's that no output may be written over. */
  readonly reads?: readonly string[] | undefined;
  /**
   * Called after each batch with the rows and bytes so far, and with all bytes of the files; undefined where one of them
   * is a pipe.
   */
  readonly onProgress?: ((rows: number, bytes: number, totalBytes: number | undefined) => void) | undefined;
}

/**
 * Checks the files, in their order, as one export.
 * A file that cannot be read to its end is told in `input.problem`; the report is of what was read, and no output is left.
 * @throws {TypeError} on unknown names in the options.
 * @throws {InputProblem} where the canaries cannot be read.
 * @throws {OutputProblem} where an output cannot be written; nothing of it is left.
 * @throws the signal's reason after an abort; nothing of an output is left.
 */
export function check(files: readonly string[], options: CheckOptions = {}): Promise<Report> {
  return checkAlong(files, options, noOutputs);
}

async function noOutputs(): Promise<readonly Output[]> {
  return [];
}

/**
 * As `check`.
 * @param along further outputs of the run, made from its report: they get their names together with those of `check`.
 */
export async function checkAlong(
  files: readonly string[],
  options: CheckOptions,
  along: (report: Report) => Promise<readonly Output[]>,
): Promise<Report> {
  const started = performance.now();
  const { registry = defaultRegistry, target, source = 'auto', signal, onProgress, stdin = process.stdin } = options;
  const fixedSource = source === 'auto' ? undefined : sourceNamed(source);
  const profile = typeof target === 'string' ? targetNamed(target) : target;
  if (options.hasher !== undefined && registry.get(options.hasher) === undefined && !isSystemName(options.hasher)) {
    const known = registry.names.join(', ');
    throw new TypeError(`hasher: unknown hasher (received ${namedReceived(options.hasher)}); known: ${known}`);
  }
  const limits = limitsFrom(options.limits);
  const rules = { limits, target: profile };
  const threads = registry === defaultRegistry ? threadsFrom(options.threads) : 1;
  const mends = options.out !== undefined;
  const classify = createClassifier(registry, rules, { mends });
  const formsHold = registry === defaultRegistry;
  const tally = emptyTally();
  const formats = new Set<Format>();
  const sourceNames = new Set<string>();
  const reasons = new Set<string>();
  const sizes = await sizesOf(files);
  const ranges = rangesOf(files, sizes, options.shard);
  const totalBytes = sizes.every((size) => size !== undefined)
    ? ranges.reduce((sum, { start, end }, i) => sum + Math.min(end, sizes[i] ?? 0) - start, 0)
    : undefined;
  const tables = emptyTables(totalBytes);
  let bytes = 0;
  let peakRssBytes = 0;
  /** Of a shard: files in whose part no record has a field for a digest. */
  const lacking: InputProblem[] = [];
  let hasDigests = false;
  let problem: InputProblem | undefined;

  signal?.throwIfAborted();
  const known = options.canaries === undefined ? undefined : await readCanaries(options.canaries, stdin, signal);
  const canaries = known && gather(registry, known);
  const read = [...files, ...(options.canaries === undefined ? [] : [options.canaries]), ...(options.reads ?? [])];
  const wantsOutputs = options.out !== undefined || options.rejects !== undefined;
  const outputs = wantsOutputs ? await openOutputs(options, read) : undefined;

  function watch(rows: number, fileBytes: number): void {
    peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
    onProgress?.(rows, bytes + fileBytes, totalBytes);
  }

  async function checkFile(name: string, file: number): Promise<void> {
    // Nobody hears an abort from now on that was there before.
    signal?.throwIfAborted();
    let opened: Awaited<ReturnType<typeof openBytes>> | undefined;
    let bytesRead = 0;
    const before = tally.totals.rows;
    const range = ranges[file] as Range;
    const lines: LineOptions = {
      ready: options.out === undefined ? undefined : (options.outFormat ?? 'ndjson'),
      refused: options.rejects !== undefined,
      file: files.length > 1 ? name : undefined,
    };
    const takingOptions = { lines, wanted: new Set(known?.keys()) };
    async function write({ lines, known }: Taken): Promise<void> {
      for (const row of known) canaries?.take(row, file);
      await outputs?.write(lines);
    }
    try {
      opened = await openBytes(name, stdin, signal);
      const { chunks, plain } = opened;
      const { beginning, isBlank, text } = await peekText(decodeText(chunks));
      if (beginning === '') {
        const message = isBlank ? 'the file has nothing in it but white space' : 'the file is empty';
        throw new InputProblem(message, { fix: 'export it again' });
      }
      const { format, bind, source: origin, reason, saltField } = await originOf(beginning, fixedSource, options);
      formats.add(format);
      if (origin !== undefined) sourceNames.add(origin);
      if (reason !== undefined) reasons.add(reason);
      const utf8 = plain && isBlockFormat(format) ? openUtf8(name) : undefined;
      if (options.shard !== undefined && utf8 === undefined) throw noParts();
      if (utf8 !== undefined && isBlockFormat(format)) {
        opened.close();
        const size = sizes[file] ?? 0;
        const found = await takeFile(
          utf8,
          {
            ...{
              bind,
              classify,
              formsHold,
              size,
              threads,
              file,
              range,
              format,
              tables,
              signal,
              mends,
              limits,
              target: profile,
            },
            ...{ source: origin, options: { ...sourceOptionsOf(options), saltField }, taking: takingOptions, write },
            onProgress(rows, offset) {
              bytesRead = Math.max(0, offset - range.start);
              watch(before + rows, bytesRead);
            },
          },
          tally,
          options.shard !== undefined,
        );
        if (found.source !== undefined) sourceNames.add(found.source);
        if (found.withoutDigests !== undefined) lacking.push(found.withoutDigests);
        else if (tally.totals.rows > before) hasDigests = true;
      } else {
        await checkText(format, text, bind, takingOptions);
      }
      if (tally.totals.rows === before && options.shard === undefined) {
        throw new InputProblem('the file has no rows', { fix: 'export it again' });
      }
    } finally {
      bytes += Math.max(bytesRead, options.shard === undefined ? (opened?.bytesRead() ?? 0) : 0);
      opened?.close();
    }

    async function checkText(
      format: Format,
      text: AsyncIterable<string>,
      bind: Bind,
      takingOptions: TakingOptions,
    ): Promise<void> {
      const taking = takingOf(takingOptions);
      const intake = new Intake(classify, file, tables, { taker: taking, formsHold });
      try {
        if (isBlockFormat(format)) {
          const reader = blockReader(format, bind);
          for await (const _ of streamBlocks(text, reader, intake)) await after(reader.source);
          reader.end();
          return;
        }
        for await (const { source, rows } of readers[format](inTurns(text, signal), bind)) {
          for (const row of rows) intake.row(row);
          await after(source);
        }
      } finally {
        intake.finish();
        merge(tally, intake.tally);
      }

      async function after(source: string | undefined): Promise<void> {
        signal?.throwIfAborted();
        if (taking !== undefined) await write(taking.drain());
        if (source !== undefined) sourceNames.add(source);
        watch(before + intake.rows, opened?.bytesRead() ?? 0);
      }
    }
  }

  async function checkAll(): Promise<Report> {
    for (const [i, file] of files.entries()) {
      const { start, end } = ranges[i] as Range;
      // Of a single one the source is told in any case.
      if (start >= end && options.shard !== undefined && files.length > 1) continue;
      try {
        await checkFile(file, i);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof InputProblem)) throw error;
        problem = inFile(error, file);
        break;
      }
    }
    signal?.throwIfAborted();
    const verified =
      canaries && known
        ? await verifyCanaries(canaries.found(), known.size, {
            ...{ registry, limits: options.limits, peppers: options.canaryPeppers ?? [], files, signal },
          })
        : { report: NO_CANARIES, verified: new Map() };
    const own = problem === undefined ? ((await outputs?.end()) ?? []) : [];
    const output = problem === undefined ? outputs?.report() : undefined;
    const durationMs = performance.now() - started;
    const { rows } = tally.totals;
    const summary = summaryOf(tally, sharedIn(tables), files);
    const report: Report = {
      input: {
        files,
        bytes,
        rows,
        format: formats.size > 1 ? 'mixed' : ([...formats][0] ?? 'csv'),
        source: sourceNames.size > 1 ? 'mixed' : ([...sourceNames][0] ?? source),
        ...(reasons.size > 0 && { sourceReason: [...reasons].join('; ') }),
        ...(options.shard && { shard: options.shard }),
        ...(!hasDigests && lacking[0] !== undefined && { withoutDigests: withoutPlace(lacking[0]) }),
        ...(problem && { problem: shownProblem(problem) }),
      },
      target: profile?.name ?? null,
      ...summary,
      ...judgedBy(verified.verified, summary, options.shard !== undefined),
      canaries: verified.report,
      ...(output && { output }),
      timing: {
        durationMs: Math.round(durationMs),
        rowsPerSecond: Math.round((1000 * rows) / durationMs),
        peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
      },
    };
    const others = await along(report);
    signal?.throwIfAborted();
    await commitTogether([...own, ...others]);
    return report;
  }

  try {
    return await checkAll();
  } finally {
    await outputs?.discard();
  }
}

/** Undefined for what has no size: stdin, a pipe, one that is not there. */
async function sizesOf(files: readonly string[]): Promise<readonly (number | undefined)[]> {
  return Promise.all(
    files.map(async (file) => {
      const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
      return found?.isFile() ? found.size : undefined;
    }),
  );
}

/** Of each file the bytes that are checked: all, or the shard's part of all files together. */
function rangesOf(
  files: readonly string[],
  sizes: readonly (number | undefined)[],
  shard: CheckOptions['shard'],
): readonly Range[] {
  if (shard === undefined) return sizes.map(() => ({ start: 0, end: Number.POSITIVE_INFINITY }));
  const { index, of } = shard;
  if (!Number.isSafeInteger(of) || of < 1 || !Number.isSafeInteger(index) || index < 0 || index >= of) {
    throw new TypeError('shard: index must be a whole number from 0 to of - 1');
  }
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const start = Math.floor((total * index) / of);
  const end = Math.floor((total * (index + 1)) / of);
  let before = 0;
  return files.map((_, i) => {
    const size = sizes[i] ?? 0;
    const range = { start: Math.max(0, start - before), end: Math.min(size, end - before) };
    before += size;
    return range;
  });
}

/** More would only share the same memory. */
const MAX_THREADS = 64;

/** @throws {TypeError} where it is no number of threads. */
function threadsFrom(threads: number = availableParallelism()): number {
  if (!Number.isSafeInteger(threads) || threads < 1) throw new TypeError('threads must be a whole number from 1 on');
  return Math.min(threads, MAX_THREADS);
}

function noParts(): InputProblem {
  return new InputProblem('parts can be checked of plain files in CSV or NDJSON only', {
    fix: 'check all of it at once, or decompress it; a JSON array becomes NDJSON by: jq -c ".[]"',
  });
}

/** What may cross threads. */
function sourceOptionsOf({
  idField,
  hasherField,
  digestField,
  hasher,
  firebase,
  pepper,
}: SourceOptions): SourceOptions {
  return { idField, hasherField, digestField, hasher, firebase, pepper };
}

function withoutPlace({ message, fix }: InputProblem): NonNullable<Report['input']['withoutDigests']> {
  return { message, ...(fix !== undefined && { fix }) };
}

function shownProblem({ message, file, line, byteOffset, fix }: InputProblem): NonNullable<Report['input']['problem']> {
  return {
    message,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(byteOffset !== undefined && { byteOffset }),
    ...(fix !== undefined && { fix }),
  };
}
