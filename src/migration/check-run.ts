/** One check: each file is opened, sniffed and assessed; the report is made at the end. */

import { InputProblem, inFile } from '../files/input-problem.js';
import { commitTogether, type Output } from '../files/output-file.js';
import type { Format } from '../reports/check-report.js';
import { type CheckReport, REPORT_VERSION } from '../reports/check-report.js';
import { judgeByCanaries } from '../reports/judge-canaries.js';
import { NO_CANARIES, type VerifyCanaries } from './assess/canaries/contract.js';
import { assessChunks, assessPlainFile, type FileRun } from './assess-file.js';
import { readTables } from './count/duplicate-tables.js';
import { summarize } from './count/summary.js';
import { createTally } from './count/tally.js';
import type { FilePlan } from './file-plan.js';
import type { TextEncoding } from './input/encoding.js';
import { isJsonTables, takeTable } from './input/json-tables.js';
import { type Input, openInput } from './input/open.js';
import { bindSource, checkTableUse, findOrigin, type Origin } from './input/origin.js';
import { peekBytes } from './input/peek.js';
import type { LineRange } from './input/ranges.js';
import { isDump, peekText } from './input/sniff.js';
import { decodeText, encodeText, openText } from './input/text.js';
import type { CollectedRows } from './output/row-collector.js';
import type { RunContext } from './run-context.js';
import type { SourceOptions } from './sources/index.js';

const PLAIN: TextEncoding = { name: 'utf-8', markBytes: 0 };

/** A file that was opened and looked into. */
interface SniffedFile extends Origin {
  readonly chunks: AsyncIterable<Buffer>;
  /** Where the text begins in the bytes; undefined where they are not in UTF-8. */
  readonly utf8Start: number | undefined;
}

export class CheckRun {
  readonly #context: RunContext;
  readonly #verify: VerifyCanaries;
  readonly #tally = createTally();
  readonly #formats = new Set<Format>();
  readonly #sources = new Set<string>();
  readonly #reasons = new Set<string>();
  #bytes = 0;
  #peakRssBytes = 0;
  /** What ended the reading before its time. */
  #problem: InputProblem | undefined;
  /** Of a shard: a record had a field for a digest. */
  #hasDigests = false;
  /** Of a shard: what is wrong with the first file none of whose records had one. */
  #withoutDigests: InputProblem | undefined;

  constructor(context: RunContext, verifyCanaries: VerifyCanaries) {
    this.#context = context;
    this.#verify = verifyCanaries;
  }

  /**
   * Reads the files in their order, up to the first that cannot be read to its end.
   * @throws the signal's reason after an abort, and {OutputProblem}.
   */
  async read(): Promise<void> {
    const { files, ranges, options, signal } = this.#context;
    for (const [i, file] of files.entries()) {
      const { start, end } = ranges[i] as LineRange;
      // The source of a single file is detected in any case.
      if (start >= end && options.shard !== undefined && files.length > 1) continue;
      try {
        await this.#readFile(file, i);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof InputProblem)) throw error;
        this.#problem = inFile(error, file);
        break;
      }
    }
    signal?.throwIfAborted();
  }

  /**
   * Verifies the canaries, makes the report, and gives all outputs their names.
   * @param createOutputs further outputs, made from the report.
   */
  async finish(createOutputs: (report: CheckReport) => Promise<readonly Output[]>): Promise<CheckReport> {
    const { outputs, signal } = this.#context;
    const canaries = await this.#verifyCanaries();
    const own = this.#problem === undefined ? ((await outputs?.end()) ?? []) : [];
    const report = this.#createReport(canaries);
    const others = await createOutputs(report);
    signal?.throwIfAborted();
    await commitTogether([...own, ...others]);
    return report;
  }

  /** Removes outputs that have not got their names. */
  async discard(): Promise<void> {
    await this.#context.outputs?.discard();
  }

  async #readFile(name: string, file: number): Promise<void> {
    const { stdin, signal, options } = this.#context;
    // An already-aborted signal never fires its event.
    signal?.throwIfAborted();
    const input = await openInput(name, stdin, signal, options.table);
    const rowsBefore = this.#tally.totals.rows;
    const progress = { bytes: 0 };
    try {
      const sniffed = await this.#sniff(input);
      const withoutDigests = await this.#assess(input, sniffed, file, progress);
      const rows = this.#tally.totals.rows - rowsBefore;
      if (rows === 0 && options.shard === undefined) {
        throw new InputProblem('no-rows', 'the file has no rows', { fix: 'export it again' });
      }
      if (withoutDigests !== undefined) this.#withoutDigests ??= withoutDigests;
      else if (rows > 0) this.#hasDigests = true;
    } finally {
      this.#bytes += Math.max(progress.bytes, options.shard === undefined ? input.bytesRead() : 0);
      input.close();
    }
  }

  /** Detects encoding, format and source from the beginning of a file. */
  async #sniff(input: Input): Promise<SniffedFile> {
    const { source, options } = this.#context;
    const { first, whole } = await peekBytes(input.chunks, (bytes) => isDump(bytes, false) !== undefined);
    // The first line of a dump may hold bytes of any kind.
    const opened = isDump(first, true) === true ? { encoding: PLAIN, chunks: whole } : await openText(whole);
    const peeked = await peekText(opened.chunks);
    const isTables = isJsonTables(peeked.beginning);
    const { beginning, isBlank, chunks } = isTables
      ? await peekText(encodeText(takeTable(decodeText(peeked.chunks), bindSource(source?.name, options))))
      : peeked;
    if (beginning === '') {
      const message = isBlank ? 'the file contains only white space' : 'the file is empty';
      throw new InputProblem('empty', message, { fix: 'export it again' });
    }
    const found = await findOrigin(beginning, source, options);
    const origin = input.format === undefined ? found : { ...found, format: input.format };
    checkTableUse(origin.format, isTables, options);
    this.#formats.add(origin.format);
    if (origin.source !== undefined) this.#sources.add(origin.source);
    if (origin.reason !== undefined) this.#reasons.add(origin.reason);
    const { name, markBytes } = opened.encoding;
    return { ...origin, chunks, utf8Start: name === 'utf-8' && !isTables ? markBytes : undefined };
  }

  async #assess(
    input: Input,
    { format, utf8Start, chunks, ...origin }: SniffedFile,
    file: number,
    progress: { bytes: number },
  ): Promise<InputProblem | undefined> {
    const { shard } = this.#context.options;
    const plan = this.#planFile(file, { format, ...origin });
    const plain = utf8Start === undefined || input.format !== undefined ? undefined : input.takePlain();
    const rowsBefore = this.#tally.totals.rows;
    const run = this.#createFileRun(file, (rows, offset) => {
      progress.bytes = offset === undefined ? input.bytesRead() : Math.max(0, offset - plan.range.start);
      this.#noteProgress(rowsBefore + rows, progress.bytes);
    });
    if (plain !== undefined && utf8Start !== undefined) {
      return assessPlainFile(plain, utf8Start, plan, run, shard !== undefined);
    }
    if (shard !== undefined) throw noShards();
    await assessChunks(chunks, plan, run);
    return undefined;
  }

  #planFile(file: number, { format, source, saltField }: Origin): FilePlan {
    const { files, ranges, options, rules, tables, canaries } = this.#context;
    const lines = {
      ready: options.out === undefined ? undefined : (options.outFormat ?? 'ndjson'),
      refused: options.rejects !== undefined,
      file: files.length > 1 ? files[file] : undefined,
    };
    return {
      ...{ file, range: ranges[file] as LineRange, format, source, rules, tables },
      options: { ...pickSourceOptions(options), saltField },
      collect: { lines, wanted: canaries?.ids ?? new Set() },
    };
  }

  #createFileRun(file: number, onProgress: FileRun['onProgress']): FileRun {
    const { assessor, threads, signal, canaries, outputs } = this.#context;
    const write = async ({ lines, known }: CollectedRows): Promise<void> => {
      for (const row of known) canaries?.take(row, file);
      await outputs?.write(lines);
    };
    const onSource = (name: string | undefined) => name !== undefined && this.#sources.add(name);
    return { assessor, threads, signal, tally: this.#tally, write, onProgress, onSource };
  }

  #noteProgress(rows: number, fileBytes: number): void {
    const { options, totalBytes } = this.#context;
    this.#peakRssBytes = Math.max(this.#peakRssBytes, process.memoryUsage.rss());
    options.onProgress?.(rows, this.#bytes + fileBytes, totalBytes);
  }

  async #verifyCanaries(): ReturnType<VerifyCanaries> {
    const { canaries, registry, options, files, signal } = this.#context;
    if (canaries === undefined) return { report: NO_CANARIES, verified: new Map() };
    const { limits, canaryPeppers: peppers = [] } = options;
    return this.#verify(canaries.found(), canaries.ids.size, { registry, limits, peppers, files, signal });
  }

  #createReport(canaries: Awaited<ReturnType<VerifyCanaries>>): CheckReport {
    const { files, options, outputs, rules, tables, startedAt } = this.#context;
    const durationMs = performance.now() - startedAt;
    const output = this.#problem === undefined ? outputs?.report() : undefined;
    const summary = summarize(this.#tally, readTables(tables), files);
    return {
      version: REPORT_VERSION,
      input: this.#describeInput(),
      target: rules.target?.name ?? null,
      ...summary,
      ...judgeByCanaries(canaries.verified, summary, options.shard !== undefined),
      canaries: canaries.report,
      ...(output && { output }),
      timing: {
        durationMs: Math.round(durationMs),
        rowsPerSecond: Math.round((1000 * this.#tally.totals.rows) / durationMs),
        peakRssBytes: Math.max(this.#peakRssBytes, process.memoryUsage.rss()),
      },
    };
  }

  #describeInput(): CheckReport['input'] {
    const { files, options } = this.#context;
    const lacksDigests = this.#withoutDigests !== undefined && !this.#hasDigests;
    return {
      files,
      bytes: this.#bytes,
      rows: this.#tally.totals.rows,
      format: this.#formats.size > 1 ? 'mixed' : ([...this.#formats][0] ?? 'csv'),
      source: this.#sources.size > 1 ? 'mixed' : ([...this.#sources][0] ?? options.source ?? 'auto'),
      ...(this.#reasons.size > 0 && { sourceReason: [...this.#reasons].join('; ') }),
      ...(options.shard && { shard: options.shard }),
      ...(lacksDigests && { withoutDigests: describeWithoutPlace(this.#withoutDigests as InputProblem) }),
      ...(this.#problem && { problem: describeProblem(this.#problem) }),
    };
  }
}

function noShards(): InputProblem {
  return new InputProblem('not-sharded', 'only plain files in UTF-8 can be checked in shards', {
    fix: 'check all of it at once, or decompress it and convert it to UTF-8',
  });
}

/** What may cross threads. */
function pickSourceOptions(options: SourceOptions): SourceOptions {
  const { idField, hasherField, digestField, hasher, firebase, pepper, table, columns } = options;
  return { idField, hasherField, digestField, hasher, firebase, pepper, table, columns };
}

function describeWithoutPlace({ message, fix }: InputProblem): NonNullable<CheckReport['input']['withoutDigests']> {
  return { message, ...(fix !== undefined && { fix }) };
}

function describeProblem(problem: InputProblem): NonNullable<CheckReport['input']['problem']> {
  const { code, message, file, line, byteOffset, fix } = problem;
  return {
    code,
    message,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(byteOffset !== undefined && { byteOffset }),
    ...(fix !== undefined && { fix }),
  };
}
