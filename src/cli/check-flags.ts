/** The flags of digestry check: which contradict each other, and the options that they stand for. */
import { MAX_THREADS } from '../engine/thread.js';
import type { CheckOptions, OutFormat, SourceName } from '../migration/index.js';
import { isSystemName } from '../recognize/systems/index.js';
import type { TargetName } from '../targets/index.js';
import { checkHasher, parseLimits } from './digest-flags.js';
import { checkInputs, checkOutputs, nameStdout, parseWhole } from './flags.js';
import { canaryPeppers } from './peppers.js';
import { UsageError } from './problem.js';
import { sourceSecrets } from './source-secrets.js';
import { dataStream, type Terminal } from './terminal.js';

export interface Flags {
  readonly source: SourceName | 'auto';
  readonly firebaseConfig?: string;
  readonly pepperFile?: string;
  readonly hasher?: string;
  readonly idField?: string;
  readonly hasherField?: string;
  readonly digestField?: string;
  readonly table?: string;
  readonly columns?: string;
  readonly target?: TargetName;
  readonly limit?: readonly string[];
  readonly out?: string | undefined;
  readonly outFormat?: OutFormat;
  readonly rejects?: string | undefined;
  readonly canaries?: string;
  readonly canaryPepper?: readonly string[];
  readonly threads?: string;
  readonly shard?: string;
  readonly report?: string | undefined;
  readonly bench?: string;
  readonly json?: boolean;
  readonly exitZero?: boolean;
}

export function nameStdouts(flags: Flags): Flags {
  const { out, rejects, report } = flags;
  return { ...flags, out: nameStdout(out), rejects: nameStdout(rejects), report: nameStdout(report) };
}

/** Reads the files that flags name. */
export async function readOptions(
  terminal: Terminal,
  flags: Flags,
  signal: AbortSignal,
): Promise<{ readonly options: CheckOptions; readonly reads: readonly string[] }> {
  const { source, hasher, idField, hasherField, digestField, table, target, out, outFormat, rejects, canaries } = flags;
  const candidates = flags.canaryPepper ?? [];
  const peppers = canaries === undefined ? [] : await canaryPeppers(candidates, terminal, signal);
  const secrets = await sourceSecrets(flags, terminal, signal);
  const reads = [flags.firebaseConfig, flags.pepperFile, flags.bench, ...candidates].filter((one) => one !== undefined);
  const options: CheckOptions = {
    ...{ source, hasher, idField, hasherField, digestField, table, out, outFormat, rejects, canaries },
    columns: flags.columns?.split(',').map((name) => name.trim()),
    canaryPeppers: peppers,
    ...secrets,
    threads: flags.threads === undefined ? undefined : parseWhole('--threads', flags.threads, MAX_THREADS),
    shard: parseShard(flags.shard),
    limits: parseLimits(flags.limit),
    stdin: terminal.stdin,
    stdout: dataStream(terminal),
    signal,
    ...(target && { target }),
  };
  return { options, reads };
}

export function checkFlags(files: readonly string[], flags: Flags): void {
  const { hasher, out, outFormat, rejects, canaries, canaryPepper, report, bench, firebaseConfig, pepperFile } = flags;
  checkInputs({
    FILE: files,
    ...{ '--canaries': canaries, '--canary-pepper': canaryPepper, '--bench': bench },
    ...{ '--firebase-config': firebaseConfig, '--pepper-file': pepperFile },
  });
  checkOutputs({ '--out': out, '--rejects': rejects, '--report': report });
  if (bench !== undefined && report === undefined) throw new UsageError('--bench needs --report');
  if (out === undefined && outFormat !== undefined && outFormat !== 'ndjson') {
    throw new UsageError('--out-format needs --out');
  }
  if (canaryPepper !== undefined && canaries === undefined) throw new UsageError('--canary-pepper needs --canaries');
  if (hasher === undefined || !isSystemName(hasher)) checkHasher(hasher);
}

function parseShard(text: string | undefined): CheckOptions['shard'] {
  if (text === undefined) return undefined;
  const [, i = '', n = ''] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const [index, of] = [Number(i), Number(n)];
  if (i !== '' && index < of) return { index, of };
  throw new UsageError('--shard: must be I/N with I from 0 to N - 1', 'for four parts, pass 0/4, 1/4, 2/4 and 3/4');
}
