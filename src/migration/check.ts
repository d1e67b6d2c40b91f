/** Pre-validates exports: reads each file as a stream, tallies its rows, and answers with one report. */
import type { Readable } from 'node:stream';
import { defaultRegistry } from '../library.js';
import { limitsFrom } from '../policy.js';
import type { Registry } from '../registry.js';
import type { Target } from '../targets/contract.js';
import { type TargetName, targetNamed } from '../targets/index.js';
import type { Limits } from '../types.js';
import { openBytes } from './bytes.js';
import { createClassifier } from './classify.js';
import type { Format } from './format.js';
import { originOf } from './origin.js';
import { InputProblem, inFile } from './problem.js';
import { readers } from './readers/index.js';
import type { Report } from './report.js';
import { peekText } from './sniff.js';
import type { SourceOptions } from './sources/contract.js';
import { type SourceName, sourceNamed } from './sources/index.js';
import { summaryOf } from './summary.js';
import { count, emptyTally } from './tally.js';
import { decodeText } from './text.js';

export interface CheckOptions extends SourceOptions {
  readonly source?: SourceName | 'auto';
  readonly target?: TargetName | Target;
  readonly limits?: Partial<Limits>;
  readonly registry?: Registry;
  /** Read for the file `-`. */
  readonly stdin?: Readable;
  readonly signal?: AbortSignal;
  /** Called after each batch with the rows so far. */
  readonly onProgress?: (rows: number) => void;
}

/**
 * Checks the files, in their order, as one export.
 * A file that cannot be read to its end is told in `input.problem`; the report is of what was read.
 * @throws {TypeError} on unknown names in the options.
 * @throws the signal's reason after an abort.
 */
export async function check(files: readonly string[], options: CheckOptions = {}): Promise<Report> {
  const started = performance.now();
  const { registry = defaultRegistry, target, source = 'auto', signal, onProgress } = options;
  const fixedSource = source === 'auto' ? undefined : sourceNamed(source);
  const profile = typeof target === 'string' ? targetNamed(target) : target;
  if (options.hasher !== undefined && registry.get(options.hasher) === undefined) {
    throw new TypeError(`hasher: there is no hasher of this name; known: ${registry.names.join(', ')}`);
  }
  const classify = createClassifier(registry, { limits: limitsFrom(options.limits), target: profile });
  const tally = emptyTally();
  const formats = new Set<Format>();
  const sourceNames = new Set<string>();
  const reasons = new Set<string>();
  let bytes = 0;
  let peakRssBytes = 0;
  let problem: InputProblem | undefined;

  async function checkFile(name: string, file: number): Promise<void> {
    const opened = await openBytes(name, options.stdin ?? process.stdin);
    try {
      const { beginning, text } = await peekText(decodeText(opened.chunks));
      if (beginning.trim() === '') throw new InputProblem('the file is empty', { fix: 'export it again' });
      const { format, bind, source: origin, reason } = await originOf(beginning, fixedSource, options);
      formats.add(format);
      if (origin !== undefined) sourceNames.add(origin);
      if (reason !== undefined) reasons.add(reason);
      const before = tally.totals.rows;
      for await (const { source, rows } of readers[format](text, bind)) {
        signal?.throwIfAborted();
        for (const row of rows) count(tally, classify(row), { file, line: row.line, id: row.id });
        if (source !== undefined) sourceNames.add(source);
        peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
        onProgress?.(tally.totals.rows);
      }
      if (tally.totals.rows === before) throw new InputProblem('the file has no rows', { fix: 'export it again' });
    } finally {
      bytes += opened.bytesRead();
      opened.close();
    }
  }

  for (const [i, file] of files.entries()) {
    try {
      await checkFile(file, i);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problem = inFile(error, file);
      break;
    }
  }

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
    canaries: { matched: 0, mismatched: 0, missing: 0, suggestions: [] },
    timing: {
      durationMs: Math.round(durationMs),
      rowsPerSecond: Math.round((1000 * rows) / durationMs),
      peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
    },
  };
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
