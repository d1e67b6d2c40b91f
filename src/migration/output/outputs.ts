/** The files of a check: rows that are ready, and rows that are rejected. */
import type { Writable } from 'node:stream';
import { refuseOverwriting } from '../../files/destination.js';
import { type Output, openOutput, streamOutput } from '../../files/output-file.js';
import type { OutFormat, OutputReport } from '../../reports/check-report.js';
import { readyFormats } from './formats.js';
import { type Lines, noLines } from './lines.js';

export interface OutputOptions {
  /** Rows that will verify, converted and canonical, are written to this file; `-` for stdout. */
  readonly out?: string | undefined;
  readonly outFormat?: OutFormat | undefined;
  /** Rejected rows, without their digests; `-` for stdout. */
  readonly rejects?: string | undefined;
  /** Written to for the file `-`. */
  readonly stdout?: Writable | undefined;
  /** Ends the wait for the reader of an output. */
  readonly signal?: AbortSignal | undefined;
}

export interface Outputs {
  /** Resolves when there is room for more rows. @throws {OutputProblem} */
  write(lines: Lines): Promise<void>;
  /** No row follows. @returns what `commitTogether` takes. @throws {OutputProblem} */
  end(): Promise<readonly Output[]>;
  report(): OutputReport;
  discard(): Promise<void>;
}

/**
 * @param read all files that are read: none of them is written over.
 * @throws {OutputProblem} where one cannot be written.
 */
export async function openOutputs(options: OutputOptions, read: readonly string[]): Promise<Outputs> {
  const { out, outFormat = 'ndjson', rejects, stdout = process.stdout, signal } = options;
  const asked = [out, rejects].filter((file) => file !== undefined);
  await refuseOverwriting(asked, read);
  const open = async (file: string | undefined) =>
    file === undefined ? undefined : file === '-' ? streamOutput(stdout, signal) : openOutput(file, signal);
  const ready = await open(out);
  const refused = await open(rejects).catch(async (error: unknown) => {
    await ready?.discard();
    throw error;
  });
  const both: readonly Output[] = [ready, refused].filter((output) => output !== undefined);
  const { counts } = noLines();
  let rejected = 0;
  let head = readyFormats[outFormat].head;

  return {
    async write(lines) {
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += lines.counts[name];
      rejected += lines.rejected;
      const text = head + lines.ready;
      head = '';
      if (text !== '') await ready?.write(text);
      if (lines.refused !== '') await refused?.write(lines.refused);
    },
    async end() {
      if (head !== '') await ready?.write(head);
      return both;
    },
    report() {
      const { targetForm, formulas, ...others } = counts;
      return {
        ...(out !== undefined && {
          out: {
            ...{ file: out, format: outFormat, ...others },
            ...(targetForm > 0 && { targetForm }),
            ...(formulas > 0 && { formulas }),
          },
        }),
        ...(rejects !== undefined && { rejects: { file: rejects, rows: rejected } }),
      };
    },
    async discard() {
      for (const output of both) await output.discard();
    },
  };
}
