/** digestry check: pre-validate an export. */
import { Command, Option } from 'commander';
import { hashers } from '../index.js';
import { type CheckOptions, check, type Report, type SourceName } from '../migration/index.js';
import { sources } from '../migration/sources/index.js';
import { type TargetName, targets } from '../targets/index.js';
import { reportLines, rowsText } from './report-text.js';
import { sourceSecrets } from './source-secrets.js';
import { wrapped } from './table.js';
import {
  EXIT,
  type Exit,
  type ExitCode,
  grouped,
  harmless,
  print,
  printJson,
  type Terminal,
  talk,
  UsageError,
  WIDTH,
} from './terminal.js';

const SOURCES = sources.map(({ name, title }) => `  ${name.padEnd(13)}${title}`).join('\n');
const HELP = `
Sources, told from the content unless --source names one:
${SOURCES}

Examples:
  digestry check users.csv --target clerk
  digestry check dump.ndjson --digest-field password_hash --hasher bcrypt
  digestry check users.json --json > report.json

Ends with 0 where every digest will verify, 1 with rejected rows, 2 where the
input cannot be read to its end.`;
/** Often enough to see that it goes on. */
const PROGRESS_MS = 200;

interface Flags {
  readonly source: SourceName | 'auto';
  readonly firebaseConfig?: string;
  readonly pepperFile?: string;
  readonly hasher?: string;
  readonly idField?: string;
  readonly hasherField?: string;
  readonly digestField?: string;
  readonly target?: TargetName;
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
    .option('--json', 'print the report as one JSON object')
    .option('--exit-zero', 'end with 0 also with rejected rows')
    .addHelpText('after', HELP)
    .action((files: string[], flags: Flags) => run(terminal, exit, files, flags));
}

async function run(terminal: Terminal, exit: Exit, files: readonly string[], flags: Flags): Promise<void> {
  const { source, hasher, idField, hasherField, digestField, target } = flags;
  if (files.filter((file) => file === '-').length > 1) throw new UsageError('stdin can be read once: give "-" once');
  if (hasher !== undefined && !hashers.some(({ name }) => name === hasher)) {
    throw new UsageError('--hasher: there is no hasher of this name (digestry hashers lists them)');
  }
  const progress = progressOn(terminal);
  const options: CheckOptions = {
    source,
    hasher,
    idField,
    hasherField,
    digestField,
    ...(await sourceSecrets(flags)),
    stdin: terminal.stdin,
    onProgress: progress.show,
    ...(target && { target }),
  };
  const report = await check(files, options).finally(progress.end);
  exit(codeOf(report, flags.exitZero === true));
  if (flags.json) await printJson(terminal, report);
  else if (hasDigests(report)) await print(terminal, reportLines(report, terminal).join('\n'));
  tellProblem(terminal, report);
}

function codeOf({ input, totals }: Report, exitZero: boolean): ExitCode {
  if (input.problem !== undefined) return EXIT.usage;
  return totals.rejected > 0 && !exitZero ? EXIT.findings : EXIT.fine;
}

/** Whether there is something to tell besides the problem. */
function hasDigests({ input, totals }: Report): boolean {
  return input.problem === undefined || totals.missing < totals.rows;
}

function tellProblem(terminal: Terminal, { input, totals }: Report): void {
  const { problem } = input;
  if (problem === undefined) return;
  const place = [
    problem.file === undefined ? undefined : problem.file === '-' ? 'stdin' : harmless(problem.file, 200),
    problem.line === undefined ? undefined : `line ${grouped(problem.line)}`,
    problem.byteOffset === undefined ? undefined : `byte ${grouped(problem.byteOffset)}`,
  ];
  const where = place.filter((part) => part !== undefined).join(', ');
  for (const line of wrapped(`digestry check: ${where}: ${problem.message}`, WIDTH, '')) talk(terminal, line);
  if (problem.fix !== undefined) for (const line of wrapped(`fix: ${problem.fix}`, WIDTH, '  ')) talk(terminal, line);
  if (totals.rows > totals.missing) talk(terminal, `  the report is of the ${rowsText(totals.rows)} before that`);
}

/** How many rows were read, on one line of stderr that goes away again; nothing where stderr is no terminal. */
function progressOn({ stderr }: Terminal): { show(rows: number): void; end(): void } {
  let shownAt = performance.now();
  let shown = false;
  return {
    show(rows) {
      if (!stderr.isTTY || performance.now() - shownAt < PROGRESS_MS) return;
      shownAt = performance.now();
      shown = true;
      stderr.write(`\r${grouped(rows)} rows`);
    },
    end() {
      if (shown) stderr.write('\r\u001b[K');
    },
  };
}
