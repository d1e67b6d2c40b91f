/** The files of a check: rows that are ready, and rows that are rejected. Both come into being at its end, or neither. */
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { Outcome } from '../classify.js';
import type { OutFormat, OutputReport } from '../report.js';
import type { Row } from '../row.js';
import { type Output, openOutput, streamOutput } from './file.js';
import { readyFormats, rejectLine } from './formats.js';
import { OutputProblem } from './problem.js';

export interface OutputOptions {
  /** Rows that will verify, converted and canonical, are written to this file; `-` for stdout. */
  readonly out?: string | undefined;
  readonly outFormat?: OutFormat | undefined;
  /** Rejected rows, without their digests; `-` for stdout. */
  readonly rejects?: string | undefined;
  /** Written to for the file `-`. */
  readonly stdout?: Writable | undefined;
}

export interface Outputs {
  take(row: Row, outcome: Outcome, file: number): void;
  /** Resolves when there is room for more rows. @throws {OutputProblem} */
  flush(): Promise<void>;
  /** Both files get their names. @throws {OutputProblem} */
  commit(): Promise<OutputReport>;
  discard(): Promise<void>;
}

/**
 * @param read all files that are read: none of them is written over.
 * @throws {OutputProblem} where one cannot be written.
 */
export async function openOutputs(
  options: OutputOptions,
  files: readonly string[],
  read: readonly string[],
): Promise<Outputs> {
  const { out, outFormat = 'ndjson', rejects, stdout = process.stdout } = options;
  const asked = [out, rejects].filter((file) => file !== undefined);
  await refuseOverwriting(asked, read);
  const open = async (file: string | undefined) =>
    file === undefined ? undefined : file === '-' ? streamOutput(stdout) : openOutput(file);
  const ready = await open(out);
  const refused = await open(rejects).catch(async (error: unknown) => {
    await ready?.discard();
    throw error;
  });
  const format = readyFormats[outFormat];
  const both: readonly Output[] = [ready, refused].filter((output) => output !== undefined);
  const counts = { rows: 0, converted: 0, repaired: 0, canonical: 0 };
  let rejected = 0;
  let readyText = format.head;
  let refusedText = '';

  function takeReady(row: Row, { hasher, kinds, mended }: Outcome): void {
    counts.rows++;
    for (const { code } of kinds) if (Object.hasOwn(DONE, code)) counts[DONE[code as keyof typeof DONE]]++;
    const passwordDigest = mended ?? (row.passwordDigest as string);
    readyText += format.line({ id: row.id, passwordHasher: hasher as string, passwordDigest });
  }

  async function flush(): Promise<void> {
    const [text, other] = [readyText, refusedText];
    readyText = '';
    refusedText = '';
    if (text !== '') await ready?.write(text);
    if (other !== '') await refused?.write(other);
  }

  return {
    take(row, outcome, file) {
      const { verdict, hasher, rejection } = outcome;
      if (rejection !== undefined) {
        if (refused === undefined) return;
        rejected++;
        const { line, id } = row;
        refusedText += rejectLine({ file: files.length > 1 ? files[file] : undefined, line, id, hasher, ...rejection });
      } else if (ready !== undefined && (verdict === 'ok' || verdict === 'warned')) takeReady(row, outcome);
    },
    flush,
    async commit() {
      await flush();
      for (const output of both) await output.finish();
      for (const output of both) await output.commit();
      return {
        ...(out !== undefined && { out: { file: out, format: outFormat, ...counts } }),
        ...(rejects !== undefined && { rejects: { file: rejects, rows: rejected } }),
      };
    },
    async discard() {
      for (const output of both) await output.discard();
    },
  };
}

const DONE = { NOTE_CONVERTED: 'converted', NOTE_REPAIRED: 'repaired', NOTE_CANONICAL: 'canonical' } as const;

/**
 * @param read none of these is written over, under whatever name.
 * @throws {OutputProblem} where one would be, or two outputs go to one file.
 */
export async function refuseOverwriting(written: readonly string[], read: readonly string[]): Promise<void> {
  const inputs = new Set(await Promise.all(read.filter((file) => file !== '-').map(identityOf)));
  const outputs = new Set<string>();
  for (const file of written) {
    const identity = file === '-' ? '-' : await identityOf(file);
    if (inputs.has(identity)) {
      throw new OutputProblem(file, 'this is one of the files that are read', 'name another file to write to');
    }
    if (outputs.has(identity) && !identity.startsWith('special ')) {
      throw new OutputProblem(file, 'two outputs would go to the same file', 'name another file for one of them');
    }
    outputs.add(identity);
  }
}

/** The same for all names of a file: links, hard ones too. A file that is not there yet is its folder and its name. */
async function identityOf(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found !== undefined) return `${found.isFile() ? '' : 'special '}${found.dev}:${found.ino}`;
  const folder = await stat(dirname(path), { bigint: true }).catch(() => undefined);
  return folder === undefined ? path : `${folder.dev}:${folder.ino}/${basename(path)}`;
}
