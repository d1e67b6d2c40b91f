/** digestry report: merges the reports of checks. */
import type { Command } from 'commander';
import { commitTogether } from '../files/output-file.js';
import { reportLines } from '../present/check/check-text.js';
import type { Part } from '../reports/merge-parts.js';
import { mergeReports } from '../reports/merge-reports.js';
import { readCheckReport } from '../reports/read-check-report.js';
import { checkInputs, nameStdout, printerBeside } from './flags.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { openPage, type PageFile } from './page.js';
import { tellProblem, UsageError } from './problem.js';
import { chooseExitCode } from './report-exit.js';
import { type Context, type Exit, print, printJson, type Terminal } from './terminal.js';

const MERGE_HELP = `
Check each part of a large export on its own machine, then merge the reports:
  digestry check users.csv --shard 0/2 --json > 0.json
  digestry check users.csv --shard 1/2 --json > 1.json
  digestry report merge 0.json 1.json
Reports of different files, each checked whole, can be merged too.

The counts equal those of one check of everything, except for values that rows
of different parts share: repeated digests, ids and salts are counted per part.

Exit codes: 0 every digest will verify; 1 rejected rows, or canaries that do not
match; 2 a report cannot be read, a shard is missing or given twice, or the
parts were checked in different ways.`;

interface MergeFlags {
  readonly report?: string;
  readonly bench?: string;
  readonly partial?: boolean;
  readonly json?: boolean;
  readonly exitZero?: boolean;
}

export function defineReport(command: Command, { terminal, exit }: Context): void {
  command
    .command('merge')
    .description('merge the reports of the parts of an export')
    .argument('<file.json...>', 'reports printed by digestry check --json; - for stdin')
    .option('--partial', 'merge even if shards are missing; the report lists them')
    .option('--report <file.html>', 'write the report as an HTML page; - for stdout')
    .option('--bench <file.json>', 'login costs for --report, from digestry bench --json')
    .option('--json', 'print the report as JSON')
    .option('--exit-zero', 'exit with 0 also if rows are rejected')
    .addHelpText('after', MERGE_HELP)
    .action((files: string[], flags: MergeFlags) => run(terminal, exit, files, flags));
}

async function run(terminal: Terminal, exit: Exit, files: readonly string[], flags: MergeFlags): Promise<void> {
  checkInputs({ FILE: files, '--bench': flags.bench });
  const page = nameStdout(flags.report);
  if (flags.bench !== undefined && page === undefined) throw new UsageError('--bench needs --report');
  const parts: Part[] = [];
  const interruption = interruptible();
  const { signal } = interruption;
  let opened: PageFile | undefined;
  try {
    for (const file of files)
      parts.push({ name: file, report: await readCheckReport(file, { signal, stdin: terminal.stdin }) });
    const report = mergeReports(parts, { partial: flags.partial });
    if (page !== undefined) {
      const reads = flags.bench === undefined ? files : [...files, flags.bench];
      await tellLeftovers(terminal, [page]);
      opened = await openPage(terminal, { report: page, bench: flags.bench, beside: [], reads, signal });
      await commitTogether([await opened.write(report)]);
    }
    exit(chooseExitCode(report, flags.exitZero === true));
    const printer = printerBeside(terminal, [page]);
    if (flags.json) await printJson(printer, report);
    else await print(printer, ...reportLines(report, printer));
    if (report.input.problem !== undefined) tellProblem(terminal, report.input.problem);
  } catch (error) {
    const code = interruption.code();
    if (code === undefined) throw error;
    exit(code);
  } finally {
    await opened?.discard();
    interruption.end();
  }
}
