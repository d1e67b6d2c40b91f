/** digestry check: pre-validate an export. */
import { Command, Option } from 'commander';
import { type CheckOptions, check, type Report, type SourceName } from '../migration/index.js';
import { sources } from '../migration/sources/index.js';
import { type TargetName, targets } from '../targets/index.js';
import { reportLines } from './report-text.js';
import { EXIT, type ExitCode, print, printJson, type Terminal, talk, UsageError } from './terminal.js';

interface Flags {
  readonly source: SourceName | 'auto';
  readonly hasher?: string;
  readonly idField?: string;
  readonly hasherField?: string;
  readonly digestField?: string;
  readonly target?: TargetName;
  readonly json?: boolean;
  readonly exitZero?: boolean;
}

export function checkCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('check')
    .description('pre-validate an export: which digests will verify, which will not, and why')
    .argument('<file...>', 'CSV, NDJSON or JSON (gzip is recognised); - for stdin')
    .addOption(
      new Option('--source <name>', 'platform that wrote the export')
        .choices(['auto', ...sources.map(({ name }) => name)])
        .default('auto'),
    )
    .option('--hasher <name>', 'hasher of rows that name none')
    .option('--id-field <name>', 'field of the user id')
    .option('--hasher-field <name>', 'field of the hasher')
    .option('--digest-field <name>', 'field of the digest')
    .addOption(new Option('--target <name>', 'also: will it work there').choices(targets.map(({ name }) => name)))
    .option('--json', 'print the report as one JSON object')
    .option('--exit-zero', 'end with 0 whatever was found')
    .addHelpText(
      'after',
      '\nEnds with 0 where every digest will verify, 1 with rejected rows, 2 where the input cannot be read.',
    )
    .action(async (files: string[], flags: Flags) => exit(await run(terminal, files, flags)));
}

async function run(terminal: Terminal, files: readonly string[], flags: Flags): Promise<ExitCode> {
  if (files.filter((file) => file === '-').length > 1) throw new UsageError('stdin can be read once: give "-" once');
  const { source, hasher, idField, hasherField, digestField, target } = flags;
  const options: CheckOptions = {
    source,
    hasher,
    idField,
    hasherField,
    digestField,
    stdin: terminal.stdin,
    ...(target && { target }),
  };
  const report = await check(files, options);
  if (flags.json) printJson(terminal, report);
  else if (report.input.rows > 0) for (const line of reportLines(report, terminal)) print(terminal, line);
  return exitCode(terminal, report, flags.exitZero === true);
}

function exitCode(terminal: Terminal, report: Report, exitZero: boolean): ExitCode {
  const { problem } = report.input;
  if (problem !== undefined) {
    const place = [
      problem.line !== undefined ? `line ${problem.line}` : undefined,
      problem.byteOffset !== undefined ? `byte ${problem.byteOffset}` : undefined,
    ].filter((part) => part !== undefined);
    const where = [problem.file ?? '', ...place].join(', ');
    talk(terminal, `digestry check: ${where}: ${problem.message}`);
    if (problem.fix !== undefined) talk(terminal, `  ${problem.fix}`);
    if (report.input.rows > 0) talk(terminal, `  the report is of the ${report.input.rows} rows before that`);
    return EXIT.usage;
  }
  return report.totals.rejected > 0 && !exitZero ? EXIT.findings : EXIT.fine;
}
