/** digestry bench: measures hashers on this machine. */
import type { Command } from 'commander';
import {
  type BenchCase,
  backendNames,
  bench,
  budgetFor,
  type Compared,
  compareReports,
  type GivenParams,
  selectCases,
} from '../capacity/bench/index.js';
import { findHasher } from '../capacity/measure/parameter-set.js';
import { MAX_THREADS } from '../engine/thread.js';
import { refuseOverwriting } from '../files/destination.js';
import { commitTogether, type Output } from '../files/output-file.js';
import type { BackendChoice } from '../kdf/select.js';
import { COSTLY_KDFS } from '../kdf/select.js';
import { benchLines, comparisonLines } from '../present/bench/bench-text.js';
import type { BenchReport } from '../reports/bench-report.js';
import { readBenchReport } from '../reports/read-bench-report.js';
import { VERSION } from '../version.js';
import { benchProgressOn } from './bench-progress.js';
import { checkChoice, checkOutputs, collect, nameStdout, openOutputFlag, parseWhole, printerBeside } from './flags.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { inFlag, tellProblem, UsageError } from './problem.js';
import { type Context, EXIT, type Exit, type ExitCode, print, printJson, type Terminal } from './terminal.js';

const HELP = `
Without arguments, every hasher is measured with the parameters that real
systems write, in under two minutes. Each hasher is tested on known answers
first, then measured until its median is known to 2 % or its share of the time
is spent.

Examples:
  digestry bench
  digestry bench bcrypt argon2id --seconds 20
  digestry bench argon2id --params m=19456,t=2,p=1 --params m=65536,t=3,p=4
  digestry bench bcrypt --backend all
  digestry bench --save before.json
  digestry bench --compare before.json

--compare prints the ratios of the medians. Their intervals hold for all rows
together at 95 %, and are widened by the noise of both runs.

Ctrl-C prints the results so far.

Exit codes: 0 measured; 1 --compare finds a certain slowdown, or nothing could
be measured; 2 wrong usage.`;

/** Longer is a mistake. */
const MAX_SECONDS = 24 * 60 * 60;

interface Flags {
  readonly params?: readonly string[];
  readonly backend?: string;
  readonly threads?: string;
  readonly seconds?: string;
  readonly json?: boolean;
  readonly save?: string | undefined;
  readonly report?: string | undefined;
  readonly compare?: string;
}

export function defineBench(command: Command, { terminal, exit }: Context): void {
  command
    .argument('[hasher...]', 'hashers to measure (default: all)')
    .option('--params <set>', "parameters as name=value,name=value in the hasher's own names; repeatable", collect)
    .option('--backend <backend>', "a backend's name or kind, or all (default: as in use)")
    .option('--threads <n>', 'threads for "all cores" (default: one per core)')
    .option('--seconds <n>', 'time to spend; more gives narrower intervals')
    .option('--compare <file.json>', 'report what got slower or faster since this JSON report')
    .option('--save <file.json>', 'write the JSON report, for --compare; - for stdout')
    .option('--report <file.html>', 'write the report as an HTML page with charts; - for stdout')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action((hashers: string[], flags: Flags) => run(terminal, exit, hashers, flags));
}

async function run(terminal: Terminal, exit: Exit, hashers: readonly string[], given: Flags): Promise<void> {
  const flags = { ...given, save: nameStdout(given.save), report: nameStdout(given.report) };
  const cases = chooseCases(hashers, flags);
  const threads = flags.threads === undefined ? undefined : parseWhole('--threads', flags.threads, MAX_THREADS);
  const seconds = flags.seconds === undefined ? undefined : parseWhole('--seconds', flags.seconds, MAX_SECONDS);
  checkOutputs({ '--save': flags.save, '--report': flags.report });
  const writes = [flags.save, flags.report].filter((file) => file !== undefined);
  const interruption = interruptible({ graceMs: GRACE_MS, onGrace: () => tellProblem(terminal, ENDING) });
  const { signal } = interruption;
  const progress = benchProgressOn(terminal);
  let files: Files | undefined;
  try {
    // Before a minute is spent on what then cannot be written or compared.
    const old =
      flags.compare === undefined ? undefined : await readBenchReport(flags.compare, { signal, stdin: terminal.stdin });
    await refuseOverwriting(writes, flags.compare === undefined ? [] : [flags.compare]);
    await tellLeftovers(terminal, writes);
    files = await openFiles(terminal, flags, signal);
    const budgetMs = seconds === undefined ? budgetFor(cases) : 1000 * seconds;
    const report = await bench({ cases, digestry: VERSION, threads, budgetMs, signal, onProgress: progress.show });
    progress.end();
    const compared = old && compareReports(report, old);
    exit(interruption.code() ?? exitCodeFor(report, compared));
    // The results so far are printed. They are not written: they would replace a whole report.
    if (!report.interrupted) await writeFiles(files, report, compared);
    const printer = printerBeside(terminal, writes);
    if (flags.json) await printJson(printer, compared === undefined ? report : { ...report, comparison: compared });
    else {
      await print(printer, ...benchLines(report, printer));
      if (compared !== undefined) await print(printer, ...comparisonLines(compared, printer));
    }
    if (report.interrupted) {
      const unwritten = writes.length === 0 ? '' : '; no file was written';
      tellProblem(terminal, { message: `interrupted: these are the results so far${unwritten}` });
    }
  } catch (error) {
    const code = interruption.code();
    if (code === undefined) throw error;
    exit(code);
  } finally {
    progress.end();
    interruption.end();
    await files?.save?.discard();
    await files?.page?.discard();
  }
}

/** A derivation that is under way may take seconds, and what was measured before it is shown after it. */
const GRACE_MS = 5000;
const ENDING = {
  message: 'interrupted: waiting for the derivation that is running',
  fix: 'press Ctrl-C again to stop now',
};

interface Files {
  readonly save: Output | undefined;
  readonly page: Output | undefined;
}

async function openFiles(terminal: Terminal, { save: file, report }: Flags, signal: AbortSignal): Promise<Files> {
  const save = file === undefined ? undefined : await openOutputFlag(terminal, file, signal);
  try {
    return { save, page: report === undefined ? undefined : await openOutputFlag(terminal, report, signal) };
  } catch (error) {
    await save?.discard();
    throw error;
  }
}

/** Both, or none. */
async function writeFiles({ save, page }: Files, report: BenchReport, compared?: readonly Compared[]): Promise<void> {
  await save?.write(`${JSON.stringify(report, null, 2)}\n`);
  if (page !== undefined) {
    const { benchPage } = await import('../present/bench/bench-page.js');
    await page.write(benchPage(report, compared));
  }
  await commitTogether([save, page].filter((output) => output !== undefined));
}

function exitCodeFor({ results }: BenchReport, compared: readonly Compared[] | undefined): ExitCode {
  const slower = compared?.some(({ verdict }) => verdict === 'slower') === true;
  return slower || results.length === 0 ? EXIT.findings : EXIT.fine;
}

/** @throws {UsageError} @throws {DigestError} */
function chooseCases(hashers: readonly string[], { params, backend }: Flags): BenchCase[] {
  if (params !== undefined && hashers.length === 0) throw new UsageError('--params needs the name of a hasher');
  if (backend !== undefined) checkBackend(backend);
  // An unknown name has its own place.
  for (const name of hashers) findHasher(name);
  try {
    return selectCases({ hashers, params: params?.map(parseParams), backend });
  } catch (error) {
    throw params === undefined ? error : inFlag('--params', error);
  }
}

const ANY: readonly string[] = ['auto', 'all'];
const KDFS = ['hash', ...COSTLY_KDFS] as const satisfies readonly (keyof BackendChoice)[];

function checkBackend(name: string): void {
  if (ANY.includes(name) || KDFS.some((kdf) => backendNames(kdf, name).length > 0)) return;
  checkChoice('--backend: unknown backend', name, backendChoices());
}

export function backendChoices(): string[] {
  return [...new Set([...ANY, ...KDFS.flatMap((kdf) => backendNames(kdf))])];
}

/** `m=19456,t=2,p=1` */
function parseParams(text: string): GivenParams {
  const pairs = text.split(',').map((pair): [string, number | string] => {
    const [, name, value] = /^([A-Za-z]\w*)=(\w+)$/.exec(pair.trim()) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError('--params: must be name=value, separated by commas: m=19456,t=2,p=1');
    }
    return [name, /^\d+$/.test(value) ? Number(value) : value];
  });
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new UsageError('--params: duplicate parameter', 'give each set its own --params');
  }
  return Object.fromEntries(pairs);
}
