/** digestry bench: how fast each hasher is on this machine. */
import { Command } from 'commander';
import { bench, budgetFor } from '../capacity/bench/bench.js';
import { type BenchCase, selectCases } from '../capacity/bench/cases.js';
import { type Compared, compareReports } from '../capacity/bench/compare.js';
import type { GivenParams } from '../capacity/bench/sets.js';
import { backendNames } from '../capacity/bench/subject.js';
import { commitTogether, type Output, openOutput } from '../files/output-file.js';
import { DigestError } from '../index.js';
import type { BackendChoice } from '../kdf/select.js';
import { COSTLY_KDFS } from '../kdf/select.js';
import { refuseOverwriting } from '../migration/output/outputs.js';
import { benchLines, comparisonLines } from '../present/bench/bench-text.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import type { BenchReport } from '../reports/bench-report.js';
import { readBenchReport } from '../reports/read-bench-report.js';
import { VERSION } from '../version.js';
import { benchProgressOn } from './bench-progress.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { EXIT, type Exit, type ExitCode, print, printJson, type Terminal, talk, UsageError } from './terminal.js';

const HELP = `
Without a hasher every one is measured with the parameters that real systems
write, in under two minutes; each proves itself on known answers first. Each is
measured until its median is known to 2 % or its part of the time is spent.

Examples:
  digestry bench
  digestry bench bcrypt argon2id --seconds 20
  digestry bench argon2id --params m=19456,t=2,p=1 --params m=65536,t=3,p=4
  digestry bench bcrypt --backend all
  digestry bench --out before.json
  digestry bench --compare before.json

--compare: the ratio of the medians, with an interval that holds for all rows
at once at 95 % and is widened by what a fixed loop varied in both runs.

Ctrl-C shows what was measured so far. Ends with 0; 1 where --compare finds
something slower for certain, or nothing could be measured; 2 on wrong flags.`;

/** Longer is a mistake. */
const MAX_SECONDS = 24 * 60 * 60;
const MAX_THREADS = 1024;

interface Flags {
  readonly params?: readonly string[];
  readonly backend?: string;
  readonly threads?: string;
  readonly seconds?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly report?: string;
  readonly compare?: string;
}

export function benchCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('bench')
    .description('measure hashers on this machine: alone, in batches, on all cores')
    .argument('[hasher...]', 'hashers to measure; all without one')
    .option(
      '--params <set>',
      'name=value,name=value in the hasher\u2019s own names; several times for several',
      together,
    )
    .option('--backend <name>', "a backend's name or kind, or all; else what digestry chooses here")
    .option('--threads <n>', 'threads for "all cores"; one a core without it')
    .option('--seconds <n>', 'time to spend: longer is surer')
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'also write the report as JSON, for --compare')
    .option('--report <file>', 'also write it as a page of HTML with charts')
    .option('--compare <file>', 'an older report: say what got slower or faster')
    .addHelpText('after', HELP)
    .action((hashers: string[], flags: Flags) => run(terminal, exit, hashers, flags));
}

async function run(terminal: Terminal, exit: Exit, hashers: readonly string[], flags: Flags): Promise<void> {
  const cases = selected(terminal, hashers, flags);
  if (cases === undefined) return exit(EXIT.usage);
  const threads = wholeNumber('--threads', flags.threads, MAX_THREADS);
  const seconds = wholeNumber('--seconds', flags.seconds, MAX_SECONDS);
  const writes = [flags.out, flags.report].filter((file) => file !== undefined);
  if (writes.includes('-')) throw new UsageError('--out and --report take a file; for stdout there is --json');
  const interruption = interruptible({ graceMs: GRACE_MS, onGrace: () => talk(terminal, ENDING) });
  const { signal } = interruption;
  const progress = benchProgressOn(terminal);
  let files: Files | undefined;
  try {
    // Before a minute is spent on what then cannot be written or compared.
    const old = flags.compare === undefined ? undefined : await readBenchReport(flags.compare, signal);
    await refuseOverwriting(writes, flags.compare === undefined ? [] : [flags.compare]);
    await tellLeftovers(terminal, 'bench', writes);
    files = await openFiles(flags, signal);
    const budgetMs = seconds === undefined ? budgetFor(cases) : 1000 * seconds;
    const report = await bench({ cases, digestry: VERSION, threads, budgetMs, signal, onProgress: progress.show });
    progress.end();
    const compared = old && compareReports(report, old);
    exit(interruption.code() ?? codeOf(report, compared));
    // What there is so far is shown. A file with less in it than was asked for is no report, and may replace one.
    if (!report.interrupted) await writeFiles(files, report, compared);
    if (flags.json) await printJson(terminal, compared === undefined ? report : { ...report, comparison: compared });
    else {
      await print(terminal, ...benchLines(report, terminal));
      if (compared !== undefined) await print(terminal, ...comparisonLines(compared, terminal));
    }
    if (report.interrupted) {
      const unwritten = writes.length === 0 ? '' : ', and no file was written';
      talk(terminal, `digestry bench: interrupted; this is what was measured so far${unwritten}`);
    }
  } catch (error) {
    const code = interruption.code();
    if (code === undefined) throw error;
    exit(code);
  } finally {
    progress.end();
    interruption.end();
    await files?.out?.discard();
    await files?.page?.discard();
  }
}

/** A derivation that is under way may take seconds, and what was measured before it is shown after it. */
const GRACE_MS = 5000;
const ENDING = 'digestry bench: interrupted; it ends after the derivation under way, or now with another Ctrl-C';

interface Files {
  readonly out: Output | undefined;
  readonly page: Output | undefined;
}

async function openFiles({ out: outFile, report }: Flags, signal: AbortSignal): Promise<Files> {
  const out = outFile === undefined ? undefined : await openOutput(outFile, signal);
  try {
    return { out, page: report === undefined ? undefined : await openOutput(report, signal) };
  } catch (error) {
    await out?.discard();
    throw error;
  }
}

/** Both, or none. */
async function writeFiles({ out, page }: Files, report: BenchReport, compared?: readonly Compared[]): Promise<void> {
  await out?.write(`${JSON.stringify(report, null, 2)}\n`);
  if (page !== undefined) {
    // Its charts come with packages that nothing else here needs.
    const { benchPage } = await import('../present/bench/bench-page.js');
    await page.write(benchPage(report, compared));
  }
  await commitTogether([out, page].filter((output) => output !== undefined));
}

function codeOf({ results }: BenchReport, compared: readonly Compared[] | undefined): ExitCode {
  const slower = compared?.some(({ verdict }) => verdict === 'slower') === true;
  return slower || results.length === 0 ? EXIT.findings : EXIT.fine;
}

/** What was asked for; undefined where that was wrong and has been told. */
function selected(terminal: Terminal, hashers: readonly string[], flags: Flags): BenchCase[] | undefined {
  const { params, backend } = flags;
  if (params !== undefined && hashers.length === 0) throw new UsageError('--params goes with the name of a hasher');
  if (backend !== undefined) checkBackend(backend);
  try {
    return selectCases({ hashers, params: params?.map(paramsIn), backend });
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    const { code, message, field, fix, hint } = error;
    const place = field === undefined ? '' : ` in ${field}`;
    talk(terminal, ...wrapped(`digestry bench: ${code}${place}: ${message}`, WIDTH, ''));
    if (fix !== undefined) talk(terminal, ...wrapped(`fix: ${fix}`, WIDTH, '  '));
    if (hint !== undefined) talk(terminal, ...wrapped(`hint: ${hint}`, WIDTH, '  '));
    return undefined;
  }
}

const ANY: readonly string[] = ['auto', 'all'];
const KDFS = ['hash', ...COSTLY_KDFS] as const satisfies readonly (keyof BackendChoice)[];

function checkBackend(name: string): void {
  if (ANY.includes(name) || KDFS.some((kdf) => backendNames(kdf, name).length > 0)) return;
  const known = [...new Set(KDFS.flatMap((kdf) => backendNames(kdf)))];
  throw new UsageError(`--backend: there is no such backend; there are ${[...ANY, ...known].join(', ')}`);
}

/** `m=19456,t=2,p=1` */
function paramsIn(text: string): GivenParams {
  const pairs = text.split(',').map((pair): [string, number | string] => {
    const [, name, value] = /^([A-Za-z]\w*)=(\w+)$/.exec(pair.trim()) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError('--params: name=value, several with a comma between them: m=19456,t=2,p=1');
    }
    return [name, /^\d+$/.test(value) ? Number(value) : value];
  });
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new UsageError('--params: one parameter is there twice; give several sets as --params … --params …');
  }
  return Object.fromEntries(pairs);
}

function wholeNumber(flag: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new UsageError(`${flag}: a whole number from 1 to ${most}`);
}

/** A flag that may be given several times. */
function together(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
