/** digestry check: pre-validate an export. */
import { Command, Option } from 'commander';
import { hashers } from '../index.js';
import { checkAlong } from '../migration/check.js';
import {
  type CheckOptions,
  type CheckReport,
  InputProblem,
  type OutFormat,
  OutputProblem,
  type SourceName,
} from '../migration/index.js';
import { outFormats } from '../migration/output/formats.js';
import { sources } from '../migration/sources/index.js';
import { reportLines } from '../present/check/check-text.js';
import { fileText, rowsText } from '../present/check/sentences.js';
import { isSystemName } from '../recognize/systems/index.js';
import { type TargetName, targets } from '../targets/index.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { openPage, type PageFile } from './page.js';
import { canaryPeppers } from './peppers.js';
import { tellProblem } from './problem-text.js';
import { progressOn } from './progress.js';
import { exitCodeOf } from './report-exit.js';
import { sourceSecrets } from './source-secrets.js';
import { dataStream, EXIT, type Exit, print, printJson, type Terminal, talk, UsageError } from './terminal.js';

const SOURCES = sources.map(({ name, title }) => `  ${name.padEnd(13)}${title}`).join('\n');
const HELP = `
Sources, told from the content unless --source names one:
${SOURCES}

Examples:
  digestry check users.csv --target clerk
  digestry check dump.ndjson --digest-field password_hash --hasher bcrypt
  digestry check users.json --json > report.json
  digestry check users.csv --out ready.ndjson --rejects rejects.ndjson
  digestry check users.csv --canaries known.csv
  digestry check users.csv --report report.html

With --out, digests of other systems are converted and certain damage is
repaired; the report is then of what is written, and says what was done.
Files are written at the end of the run or not at all, for their owner only.

--canaries is a CSV with the header id,password: passwords that you know, from
users of your own. Where they do not match, likely reasons are tried.

--report writes one HTML file that needs no network: verdict, findings, charts,
and what a login of these users costs, estimated on this machine, or from the
file of digestry bench --json that --bench names. It has ids as examples.

Ends with 0 where every digest will verify, 1 with rejected rows, or canaries
that do not match or are of no row, 2 where the input cannot be read to its
end, or an output cannot be written.`;

interface Flags {
  readonly source: SourceName | 'auto';
  readonly firebaseConfig?: string;
  readonly pepperFile?: string;
  readonly hasher?: string;
  readonly idField?: string;
  readonly hasherField?: string;
  readonly digestField?: string;
  readonly target?: TargetName;
  readonly out?: string;
  readonly outFormat?: OutFormat;
  readonly rejects?: string;
  readonly canaries?: string;
  readonly canaryPepper?: readonly string[];
  readonly threads?: string;
  readonly shard?: string;
  readonly report?: string;
  readonly bench?: string;
  readonly json?: boolean;
  readonly exitZero?: boolean;
}

export function checkCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('check')
    .description('pre-validate an export: which digests will verify, which will not, and why')
    .argument('<file...>', 'CSV, NDJSON, JSON, LDIF, htpasswd, shadow (gzip is recognised); - for stdin')
    .addOption(
      new Option('--source <name>', 'platform that wrote the export')
        .choices(['auto', ...sources.map(({ name }) => name)])
        .default('auto'),
    )
    .option('--firebase-config <file>', "the Firebase project's hash parameters: the console's text, or JSON")
    .option('--pepper-file <file>', "Devise's pepper; DIGESTRY_PEPPER is read too, with --source devise")
    .option('--hasher <name>', 'hasher of rows that name none')
    .option('--id-field <name>', 'field of the user id; a.b for b within a')
    .option('--hasher-field <name>', 'field of the hasher')
    .option('--digest-field <name>', 'field of the digest')
    .addOption(new Option('--target <name>', 'also: will it work there').choices(targets.map(({ name }) => name)))
    .option('--out <file>', 'write rows that will verify, converted and canonical; - for stdout')
    .addOption(
      new Option('--out-format <name>', 'NDJSON of id, passwordHasher, passwordDigest; or the columns of Clerk')
        .choices(outFormats)
        .default('ndjson'),
    )
    .option('--rejects <file>', 'write rejected rows as NDJSON, without their digests; - for stdout')
    .option('--canaries <file>', 'verify known passwords: a CSV of id,password')
    .option('--canary-pepper <file>', 'a pepper to try on them, several times; or DIGESTRY_CANARY_PEPPER', together)
    .option('--threads <n>', 'threads for a large file in CSV or NDJSON (default: as many as the machine has cores)')
    .option('--shard <i/n>', 'check one of n parts of the files, i from 0: report merge makes one report of them')
    .option('--report <file>', 'write the report as a page of HTML, for a browser or for paper; - for stdout')
    .option('--bench <file>', 'for its cost of logins: what digestry bench --json wrote on their machine')
    .option('--json', 'print the report as one JSON object')
    .option('--exit-zero', 'end with 0 also with rejected rows')
    .addHelpText('after', HELP)
    .action((files: string[], flags: Flags) => run(terminal, exit, files, flags));
}

async function run(terminal: Terminal, exit: Exit, files: readonly string[], given: Flags): Promise<void> {
  const flags = withStdout(given);
  checkUse(files, flags);
  const interruption = interruptible();
  const progress = progressOn(terminal, flags.json === true);
  const writes = [flags.out, flags.rejects, flags.report].filter((file) => file !== undefined);
  // Due where the reader of the rows goes away before the last of them.
  if (writes.includes('-')) exit(EXIT.usage);
  let report: CheckReport | undefined;
  let page: PageFile | undefined;
  let unwritten: OutputProblem | undefined;
  try {
    const { options, reads } = await optionsOf(terminal, flags, interruption.signal);
    await tellLeftovers(terminal, 'check', writes);
    page = await pageFile(terminal, flags, [...files, ...reads], interruption.signal);
    const all = { ...options, reads, onProgress: progress.show };
    report = await checkAlong(files, all, async (found) => {
      progress.end();
      report = found;
      return page === undefined ? [] : [await page.write(found)];
    });
  } catch (error) {
    progress.end();
    const code = interruption.code();
    if (code !== undefined) return exit(code);
    if (!(error instanceof InputProblem || error instanceof OutputProblem)) throw error;
    if (report === undefined || error instanceof InputProblem) {
      exit(EXIT.usage);
      return tellProblem(terminal, 'check', error);
    }
    // What was found is printed all the same.
    unwritten = error;
  } finally {
    await page?.discard();
    interruption.end();
  }
  const isWritten = unwritten === undefined;
  exit(isWritten ? exitCodeOf(report, flags.exitZero === true) : EXIT.usage);
  await printReport(terminal, flags, isWritten ? report : withoutOutput(report), isWritten);
  if (unwritten !== undefined) tellProblem(terminal, 'check', unwritten);
  tellInputProblem(terminal, report, unwritten === undefined ? [flags.out, flags.rejects] : []);
  if (unwritten !== undefined && writes.length > 1) talk(terminal, '  no output is written: all of them are, or none');
}

/** With stdout under its other names the report would stand between the rows. */
function withStdout(flags: Flags): Flags {
  const named = (file: string | undefined) => (file !== undefined && STDOUT.has(file) ? '-' : file);
  const [out, rejects, report] = [named(flags.out), named(flags.rejects), named(flags.report)];
  return { ...flags, ...(out && { out }), ...(rejects && { rejects }), ...(report && { report }) };
}

const STDOUT: ReadonlySet<string> = new Set(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

function withoutOutput({ output: _, ...report }: CheckReport): CheckReport {
  return report;
}

/** Reads the files that flags name. */
async function optionsOf(
  terminal: Terminal,
  flags: Flags,
  signal: AbortSignal,
): Promise<{ readonly options: CheckOptions; readonly reads: readonly string[] }> {
  const { source, hasher, idField, hasherField, digestField, target, out, outFormat, rejects, canaries } = flags;
  const candidates = flags.canaryPepper ?? [];
  const peppers = canaries === undefined ? [] : await canaryPeppers(candidates, terminal.env, signal);
  const secrets = await sourceSecrets(flags, terminal.env, signal);
  const reads = [flags.firebaseConfig, flags.pepperFile, flags.bench, ...candidates].filter((one) => one !== undefined);
  const options: CheckOptions = {
    ...{ source, hasher, idField, hasherField, digestField, out, outFormat, rejects, canaries },
    canaryPeppers: peppers,
    ...secrets,
    threads: threadsOf(flags.threads),
    shard: shardOf(flags.shard),
    stdin: terminal.stdin,
    stdout: dataStream(terminal),
    signal,
    ...(target && { target }),
  };
  return { options, reads };
}

async function printReport(
  terminal: Terminal,
  { out, rejects, report: page, json }: Flags,
  report: CheckReport,
  isWritten: boolean,
): Promise<void> {
  const takesStdout = [out, rejects, page].includes('-');
  // The rows have stdout for themselves.
  const printer = takesStdout ? { ...terminal, stdout: terminal.stderr } : terminal;
  if (json) return await printJson(printer, report);
  const lines = hasDigests(report) ? reportLines(report, printer) : [];
  if (page !== undefined && page !== '-' && isWritten) {
    if (lines.length > 0) lines.push('');
    lines.push(`Written to ${fileText(page)}: this report as a page`);
  }
  await print(printer, ...lines);
}

function pageFile(
  terminal: Terminal,
  { report, bench, out, rejects, canaries }: Flags,
  reads: readonly string[],
  signal: AbortSignal,
): Promise<PageFile> | undefined {
  if (report === undefined) return undefined;
  const beside = [out, rejects].filter((file) => file !== undefined);
  const read = canaries === undefined ? reads : [...reads, canaries];
  return openPage(terminal, { report, bench, beside, reads: read, signal });
}

function checkUse(files: readonly string[], flags: Flags): void {
  const { hasher, out, outFormat, rejects, canaries, canaryPepper, report, bench } = flags;
  if ([...files, canaries].filter((file) => file === '-').length > 1) {
    throw new UsageError('stdin can be read once: give "-" once');
  }
  if ([out, rejects, report].filter((file) => file === '-').length > 1) {
    throw new UsageError('stdout is one: give "-" to one of --out, --rejects and --report');
  }
  if (bench !== undefined && report === undefined) throw new UsageError('--bench goes with --report');
  if (out === undefined && outFormat !== undefined && outFormat !== 'ndjson') {
    throw new UsageError('--out-format goes with --out');
  }
  if (canaryPepper !== undefined && canaries === undefined)
    throw new UsageError('--canary-pepper goes with --canaries');
  if (hasher !== undefined && !hashers.some(({ name }) => name === hasher) && !isSystemName(hasher)) {
    throw new UsageError('--hasher: there is no hasher of this name (digestry hashers lists them)');
  }
}

function threadsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('--threads: a whole number from 1 on is needed');
  return Number(text);
}

function shardOf(text: string | undefined): CheckOptions['shard'] {
  if (text === undefined) return undefined;
  const [, i = '', n = ''] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const [index, of] = [Number(i), Number(n)];
  if (i === '' || index >= of) {
    throw new UsageError('--shard: I/N is needed, with I from 0 to N - 1: 0/4, 1/4, 2/4 and 3/4 are all of four parts');
  }
  return { index, of };
}

/** A flag that may be given several times. */
function together(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whether there is something to tell besides the problem. */
function hasDigests({ input, totals }: CheckReport): boolean {
  return input.problem === undefined || totals.missing < totals.rows;
}

function tellInputProblem(
  terminal: Terminal,
  { input, totals }: CheckReport,
  outputs: readonly (string | undefined)[],
): void {
  const { problem } = input;
  if (problem === undefined) return;
  tellProblem(terminal, 'check', problem);
  if (totals.rows > totals.missing) talk(terminal, `  the report is of the ${rowsText(totals.rows)} before that`);
  const unwritten = outputs.filter((file) => file !== undefined && file !== '-').length;
  if (unwritten > 0) talk(terminal, `  ${unwritten === 1 ? 'the output is' : 'the outputs are'} not written`);
}
