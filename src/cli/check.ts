/** digestry check: validate an export before it is imported. */
import type { Command } from 'commander';
import { checkWith, outFormats, sources } from '../migration/command.js';
import { type CheckReport, OutputProblem } from '../migration/index.js';
import { reportLines } from '../present/check/check-text.js';
import { fileText, rowsText } from '../present/check/sentences.js';
import { targets } from '../targets/index.js';
import { checkFlags, type Flags, nameStdouts, readOptions } from './check-flags.js';
import { LIMIT_HELP } from './digest-flags.js';
import { choiceOption, collect, printerBeside } from './flags.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { openPage, type PageFile } from './page.js';
import { tellProblem } from './problem.js';
import { progressOn } from './progress.js';
import { chooseExitCode } from './report-exit.js';
import { type Context, EXIT, type Exit, print, printJson, type Terminal, talk } from './terminal.js';

const SOURCE_NAMES = ['auto', ...sources.map(({ name }) => name)];
const TARGET_NAMES = targets.map(({ name }) => name);
const SOURCES = sources.map(({ name, title }) => `  ${name.padEnd(13)}${title}`).join('\n');
const HELP = `
Sources, detected from the content unless --source names one:
${SOURCES}

Examples:
  digestry check users.csv --target clerk
  digestry check dump.ndjson --digest-field password_hash --hasher bcrypt
  digestry check users.json --json > report.json
  digestry check users.csv --out ready.ndjson --rejects rejects.ndjson
  digestry check users.csv --canaries known.csv
  digestry check users.csv --report report.html

With --out, digests of other systems are converted and certain damage is
repaired; the report then describes the written rows and lists the changes.
Output files are complete or absent, and readable by their owner only.

--canaries reads a CSV with the header id,password: known passwords of your own
users. If they do not match, likely reasons are tried.

--report writes one HTML file that needs no network: verdict, findings, charts,
and the cost of these logins, estimated on this machine or read from --bench.
It contains user ids as examples.

Exit codes: 0 every digest will verify; 1 rejected rows, or canaries that do not
match or have no row; 2 the input cannot be read to its end, or an output cannot
be written.`;

export function defineCheck(command: Command, { terminal, exit }: Context): void {
  command
    .argument('<file...>', 'CSV, NDJSON, JSON, SQL, xlsx, LDIF, htpasswd or shadow, also gzipped; - for stdin')
    .optionsGroup('Input:')
    .addOption(choiceOption('--source <source>', 'platform that wrote the export', SOURCE_NAMES).default('auto'))
    .option('--hasher <hasher>', 'hasher of rows that name none')
    .option('--id-field <field>', 'field of the user id; a.b reads b inside a')
    .option('--hasher-field <field>', 'field of the hasher')
    .option('--digest-field <field>', 'field of the digest')
    .option('--table <name>', 'table of a dump, or sheet of a workbook (default: by its columns)')
    .option('--columns <names>', 'columns of a file without header, separated by commas')
    .option('--firebase-config <file>', "Firebase's hash parameters: the console's text, or JSON")
    .option('--pepper-file <file>', "Devise's pepper; with --source devise, DIGESTRY_PEPPER is read too")
    .option('--threads <n>', 'threads for a large file (default: one per core)')
    .option('--shard <i/n>', 'check part i (from 0) of n; merge with digestry report merge')
    .optionsGroup('Checks:')
    .addOption(choiceOption('--target <target>', 'also apply the import rules of this target', TARGET_NAMES))
    .option('--limit <name=n>', LIMIT_HELP, collect)
    .option('--canaries <file>', 'verify known passwords: a CSV of id,password')
    .option('--canary-pepper <file>', 'pepper to try on canaries, repeatable; or DIGESTRY_CANARY_PEPPER', collect)
    .optionsGroup('Output (files; - for stdout):')
    .option('--out <file>', 'write the rows that will verify, converted and canonical')
    .addOption(
      choiceOption(
        '--out-format <format>',
        "NDJSON of id, passwordHasher, passwordDigest; or Clerk's columns",
        outFormats,
      ).default('ndjson'),
    )
    .option('--rejects <file>', 'write the rejected rows as NDJSON, without their digests')
    .option('--report <file.html>', 'write the report as an HTML page')
    .option('--bench <file.json>', 'login costs for --report, from digestry bench --json')
    .option('--json', 'print the report as JSON')
    .optionsGroup('Options:')
    .option('--exit-zero', 'exit with 0 also if rows are rejected')
    .addHelpText('after', HELP)
    .action((files: string[], flags: Flags) => run(terminal, exit, files, flags));
}

async function run(terminal: Terminal, exit: Exit, files: readonly string[], given: Flags): Promise<void> {
  const flags = nameStdouts(given);
  checkFlags(files, flags);
  const interruption = interruptible();
  const progress = progressOn(terminal, flags.json === true);
  const writes = [flags.out, flags.rejects, flags.report].filter((file) => file !== undefined);
  // Due where the reader of the rows goes away before the last of them.
  if (writes.includes('-')) exit(EXIT.usage);
  let report: CheckReport | undefined;
  let page: PageFile | undefined;
  let unwritten: OutputProblem | undefined;
  try {
    const { options, reads } = await readOptions(terminal, flags, interruption.signal);
    await tellLeftovers(terminal, writes);
    page = await openPageFile(terminal, flags, [...files, ...reads], interruption.signal);
    const all = { ...options, reads, onProgress: progress.show };
    report = await checkWith(files, all, async (found) => {
      progress.end();
      report = found;
      return page === undefined ? [] : [await page.write(found)];
    });
  } catch (error) {
    progress.end();
    const code = interruption.code();
    if (code !== undefined) return exit(code);
    if (report === undefined || !(error instanceof OutputProblem)) throw error;
    // What was found is printed all the same.
    unwritten = error;
  } finally {
    await page?.discard();
    interruption.end();
  }
  const isWritten = unwritten === undefined;
  exit(isWritten ? chooseExitCode(report, flags.exitZero === true) : EXIT.usage);
  await printReport(terminal, flags, isWritten ? report : withoutOutput(report), isWritten);
  if (unwritten !== undefined) tellProblem(terminal, unwritten);
  tellInputProblem(terminal, report, unwritten === undefined ? [flags.out, flags.rejects] : []);
  if (unwritten !== undefined && writes.length > 1) talk(terminal, '  no output is written: all of them are, or none');
}

function withoutOutput({ output: _, ...report }: CheckReport): CheckReport {
  return report;
}

async function printReport(
  terminal: Terminal,
  { out, rejects, report: page, json }: Flags,
  report: CheckReport,
  isWritten: boolean,
): Promise<void> {
  const printer = printerBeside(terminal, [out, rejects, page]);
  if (json) return await printJson(printer, report);
  const lines = hasDigests(report) ? reportLines(report, printer) : [];
  if (page !== undefined && page !== '-' && isWritten) {
    if (lines.length > 0) lines.push('');
    lines.push(`Written to ${fileText(page)}: this report as a page`);
  }
  await print(printer, ...lines);
}

function openPageFile(
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

/** Whether there is something to report besides the problem. */
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
  tellProblem(terminal, problem);
  if (totals.rows > totals.missing) talk(terminal, `  the report is of the ${rowsText(totals.rows)} before that`);
  const unwritten = outputs.filter((file) => file !== undefined && file !== '-').length;
  if (unwritten > 0) talk(terminal, `  ${unwritten === 1 ? 'the output is' : 'the outputs are'} not written`);
}
