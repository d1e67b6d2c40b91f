/** digestry report: what can be done with the reports of checks. */
import { Command } from 'commander';
import { commitTogether } from '../files/output-file.js';
import { InputProblem, OutputProblem } from '../migration/index.js';
import { reportLines } from '../present/check/check-text.js';
import type { Part } from '../reports/merge-parts.js';
import { mergeReports } from '../reports/merge-reports.js';
import { readCheckReport } from '../reports/read-check-report.js';
import { interruptible } from './interruption.js';
import { tellLeftovers } from './leftovers.js';
import { openPage, type PageFile } from './page.js';
import { tellProblem } from './problem-text.js';
import { exitCodeOf } from './report-exit.js';
import { EXIT, type Exit, print, printJson, type Terminal, UsageError } from './terminal.js';

const MERGE_HELP = `
Each part of a large export is checked by a machine of its own, numbered from 0,
and the reports become one:
  digestry check users.csv --shard 0/2 --json > 0.json
  digestry check users.csv --shard 1/2 --json > 1.json
  digestry report merge 0.json 1.json
Reports of different files, each checked whole, become one as well.

The counts are those of one check of all of it, but for what rows share:
digests, ids and salts that are on several rows are counted within each part.

Ends as the check would: 0 where every digest will verify, 1 with rejected rows
or canaries that do not match, 2 where a report cannot be read, a shard is
missing or given twice, or parts were checked in different ways.`;

interface MergeFlags {
  readonly report?: string;
  readonly bench?: string;
  readonly partial?: boolean;
  readonly json?: boolean;
  readonly exitZero?: boolean;
}

export function reportCommand(terminal: Terminal, exit: Exit): Command {
  const merge = new Command('merge')
    .description('one report from those of the parts of an export')
    .argument('<file...>', 'reports that digestry check --json printed')
    .option('--partial', 'merge also where shards are missing; the report says which')
    .option('--report <file>', 'write the report as a page of HTML; - for stdout')
    .option('--bench <file>', 'for its cost of logins: what digestry bench --json wrote on their machine')
    .option('--json', 'print the report as one JSON object')
    .option('--exit-zero', 'end with 0 also with rejected rows')
    .addHelpText('after', MERGE_HELP)
    .action((files: string[], flags: MergeFlags) => run(terminal, exit, files, flags));
  return new Command('report').description('reports of checks: merge those of shards').addCommand(merge);
}

async function run(terminal: Terminal, exit: Exit, files: readonly string[], flags: MergeFlags): Promise<void> {
  if (flags.report === '-' && flags.json) throw new UsageError('stdout is one: give "-" to --report, or --json');
  if (flags.bench !== undefined && flags.report === undefined) throw new UsageError('--bench goes with --report');
  const parts: Part[] = [];
  const interruption = interruptible();
  let page: PageFile | undefined;
  try {
    for (const file of files) parts.push({ name: file, report: await readCheckReport(file, interruption.signal) });
    const report = mergeReports(parts, { partial: flags.partial });
    if (flags.report !== undefined) {
      const reads = flags.bench === undefined ? files : [...files, flags.bench];
      const { signal } = interruption;
      await tellLeftovers(terminal, 'report merge', [flags.report]);
      page = await openPage(terminal, { report: flags.report, bench: flags.bench, beside: [], reads, signal });
      await commitTogether([await page.write(report)]);
    }
    exit(exitCodeOf(report, flags.exitZero === true));
    const printer = flags.report === '-' ? { ...terminal, stdout: terminal.stderr } : terminal;
    if (flags.json) await printJson(terminal, report);
    else await print(printer, ...reportLines(report, printer));
    if (report.input.problem !== undefined) tellProblem(terminal, 'report merge', report.input.problem);
  } catch (error) {
    const code = interruption.code();
    if (code !== undefined) exit(code);
    else if (error instanceof InputProblem || error instanceof OutputProblem) {
      exit(EXIT.usage);
      tellProblem(terminal, 'report merge', error);
    } else throw error;
  } finally {
    await page?.discard();
    interruption.end();
  }
}
