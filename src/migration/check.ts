/** Pre-validates exports: reads each file as a stream, tallies its rows, and answers with one report. */
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { defaultRegistry } from '../library.js';
import { limitsFrom } from '../policy.js';
import type { Registry } from '../registry.js';
import type { Target } from '../targets/contract.js';
import { type TargetName, targetNamed } from '../targets/index.js';
import type { Limits } from '../types.js';
import { openBytes } from './bytes.js';
import { gather } from './canaries/found.js';
import { readCanaries } from './canaries/read.js';
import { NO_CANARIES, verifyCanaries } from './canaries/verify.js';
import { createClassifier } from './classify.js';
import type { Format } from './format.js';
import { originOf } from './origin.js';
import { type OutputOptions, openOutputs } from './output/outputs.js';
import { InputProblem, inFile } from './problem.js';
import { readers } from './readers/index.js';
import type { Report } from './report.js';
import { peekText } from './sniff.js';
import type { SourceOptions } from './sources/contract.js';
import { type SourceName, sourceNamed } from './sources/index.js';
import { summaryOf } from './summary.js';
import { count, emptyTally } from './tally.js';
import { decodeText } from './text.js';

export interface CheckOptions extends SourceOptions, OutputOptions {
  readonly source?: SourceName | 'auto';
  readonly target?: TargetName | Target;
  readonly limits?: Partial<Limits>;
  readonly registry?: Registry;
  /** Read for the file `-`. */
  readonly stdin?: Readable;
  readonly signal?: AbortSignal;
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
  readonly onProgress?: (rows: number, bytes: number, totalBytes: number | undefined) => void;
}

/**
 * Checks the files, in their order, as one export.
 * A file that cannot be read to its end is told in `input.problem`; the report is of what was read, and no output is left.
 * @throws {TypeError} on unknown names in the options.
 * @throws {InputProblem} where the canaries cannot be read.
 * @throws {OutputProblem} where an output cannot be written; nothing of it is left.
 * @throws the signal's reason after an abort; nothing of an output is left.
 */
export async function check(files: readonly string[], options: CheckOptions = {}): Promise<Report> {
  const started = performance.now();
  const { registry = defaultRegistry, target, source = 'auto', signal, onProgress, stdin = process.stdin } = options;
  const fixedSource = source === 'auto' ? undefined : sourceNamed(source);
  const profile = typeof target === 'string' ? targetNamed(target) : target;
  if (options.hasher !== undefined && registry.get(options.hasher) === undefined) {
    throw new TypeError(`hasher: there is no hasher of this name; known: ${registry.names.join(', ')}`);
  }
  const rules = { limits: limitsFrom(options.limits), target: profile };
  const classify = createClassifier(registry, rules, { mends: options.out !== undefined });
  const tally = emptyTally();
  const formats = new Set<Format>();
  const sourceNames = new Set<string>();
  const reasons = new Set<string>();
  const totalBytes = await sizeOf(files);
  let bytes = 0;
  let peakRssBytes = 0;
  let problem: InputProblem | undefined;

  signal?.throwIfAborted();
  const known = options.canaries === undefined ? undefined : await readCanaries(options.canaries, stdin);
  const canaries = known && gather(registry, known);
  const read = [...files, ...(options.canaries === undefined ? [] : [options.canaries]), ...(options.reads ?? [])];
  const wantsOutputs = options.out !== undefined || options.rejects !== undefined;
  const outputs = wantsOutputs ? await openOutputs(options, files, read) : undefined;

  async function checkFile(name: string, file: number): Promise<void> {
    // What waits for more input would wait for ever.
    const stop = () => (name === '-' ? stdin.destroy() : opened?.close());
    signal?.addEventListener('abort', stop, { once: true });
    let opened: Awaited<ReturnType<typeof openBytes>> | undefined;
    try {
      opened = await openBytes(name, stdin);
      const { beginning, text } = await peekText(decodeText(opened.chunks));
      if (beginning.trim() === '') throw new InputProblem('the file is empty', { fix: 'export it again' });
      const { format, bind, source: origin, reason } = await originOf(beginning, fixedSource, options);
      formats.add(format);
      if (origin !== undefined) sourceNames.add(origin);
      if (reason !== undefined) reasons.add(reason);
      const before = tally.totals.rows;
      for await (const { source, rows } of readers[format](text, bind)) {
        signal?.throwIfAborted();
        for (const row of rows) {
          const outcome = classify(row);
          count(tally, outcome, { file, line: row.line, id: row.id });
          outputs?.take(row, outcome, file);
          canaries?.take(row, file);
        }
        await outputs?.flush();
        if (source !== undefined) sourceNames.add(source);
        peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
        onProgress?.(tally.totals.rows, bytes + opened.bytesRead(), totalBytes);
      }
      if (tally.totals.rows === before) throw new InputProblem('the file has no rows', { fix: 'export it again' });
    } finally {
      signal?.removeEventListener('abort', stop);
      bytes += opened?.bytesRead() ?? 0;
      opened?.close();
    }
  }

  async function checkAll(): Promise<Report> {
    for (const [i, file] of files.entries()) {
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
        : NO_CANARIES;
    const output = problem === undefined ? await outputs?.commit() : undefined;
    const durationMs = performance.now() - started;
    const { rows } = tally.totals;
    return {
      input: {
        files,
        bytes,
        rows,
        format: formats.size > 1 ? 'mixed' : ([...formats][0] ?? 'csv'),
        source: sourceNames.size > 1 ? 'mixed' : ([...sourceNames][0] ?? source),
        ...(reasons.size > 0 && { sourceReason: [...reasons].join('; ') }),
        ...(problem && { problem: shownProblem(problem) }),
      },
      target: profile?.name ?? null,
      ...summaryOf(tally, files),
      canaries: verified,
      ...(output && { output }),
      timing: {
        durationMs: Math.round(durationMs),
        rowsPerSecond: Math.round((1000 * rows) / durationMs),
        peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
      },
    };
  }

  try {
    return await checkAll();
  } finally {
    await outputs?.discard();
  }
}

/** Undefined where one of the files has no size: stdin, a pipe, one that is not there. */
async function sizeOf(files: readonly string[]): Promise<number | undefined> {
  let total = 0;
  for (const file of files) {
    const found = file === '-' ? undefined : await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    total += found.size;
  }
  return total;
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
