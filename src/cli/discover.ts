/** digestry discover: from known passwords, the derivation of a table. */
import type { Command } from 'commander';
import type { DiscoverResult, KnownPassword } from '../discover/discover.js';
import { discoverOnThreads } from '../discover/threads.js';
import { isRecord, parseJson } from '../encoding/json.js';
import { formatCount, formatDuration } from '../present/quantity.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { parsePositive, parseWhole } from './flags.js';
import { stdinLines } from './given-digests.js';
import { interruptible } from './interruption.js';
import { readPassword } from './password.js';
import { UsageError } from './problem.js';
import { addRowFlags, hasRowFlags, parseColumns, type RowFlags, readRowPepper } from './row-flags.js';
import { type Context, EXIT, type Exit, print, printJson, type Terminal, talkOver } from './terminal.js';

const HELP = `
The password is typed at a prompt or read from stdin, without one trailing
newline. With --stdin, each line is an object of password, digest and what else
the row has: salt, username, pepper, and other columns by their names. Two known
passwords leave less to chance than one.

Examples:
  digestry discover --digest 2fc5… --salt 2014
  digestry discover --digest 5f4d… --username ann --column email=ann@example.com
  digestry discover --stdin < known.ndjson

Exit codes: 0 found; 1 not found within the budget.`;

interface Flags extends RowFlags {
  readonly digest?: string;
  readonly stdin?: boolean;
  readonly budget: string;
  readonly threads?: string;
  readonly json?: boolean;
}

/** Longer searches try what products do not write. */
const MAX_BUDGET_S = 7 * 24 * 3600;
const MAX_THREADS = 1024;

export function defineDiscover(command: Command, { terminal, exit }: Context): void {
  addRowFlags(command.option('--digest <digest>', 'digest of the known password, in single quotes'))
    .option('--stdin', 'read NDJSON of known passwords and their rows')
    .option('--budget <seconds>', 'seconds to search', '60')
    .option('--threads <n>', 'threads that search (default: one per core)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, exit, flags));
}

async function run(terminal: Terminal, exit: Exit, flags: Flags): Promise<void> {
  const budgetMs = 1000 * parsePositive('--budget', flags.budget, MAX_BUDGET_S);
  const threads = flags.threads === undefined ? undefined : parseWhole('--threads', flags.threads, MAX_THREADS);
  const interruption = interruptible();
  const showsProgress = terminal.stderr.isTTY === true;
  const begun = performance.now();
  let result: DiscoverResult;
  try {
    const known = await readKnownPasswords(terminal, flags, interruption.signal);
    result = await discoverOnThreads({
      ...{ known, budgetMs, threads, signal: interruption.signal },
      onProgress: (tried) => {
        if (showsProgress) talkOver(terminal, progressLine(tried, performance.now() - begun, budgetMs));
      },
    });
  } catch (error) {
    const code = interruption.code();
    if (code === undefined) throw error;
    return exit(code);
  } finally {
    if (showsProgress) talkOver(terminal, '');
    interruption.end();
  }
  exit(result.found === undefined ? EXIT.findings : EXIT.fine);
  if (flags.json) await printJson(terminal, toJson(result));
  else await print(terminal, ...resultLines(result).flatMap((line) => wrapped(line, WIDTH, '')));
}

async function readKnownPasswords(terminal: Terminal, flags: Flags, signal: AbortSignal): Promise<KnownPassword[]> {
  const { digest, salt, username, stdin } = flags;
  const pepper = await readRowPepper(flags, terminal, signal);
  if (stdin) {
    if (digest !== undefined || hasRowFlags(flags)) {
      throw new UsageError('--stdin cannot be combined with columns of one row', 'give them in each line of stdin');
    }
    const known: KnownPassword[] = [];
    for await (const [text, line] of stdinLines(terminal)) known.push({ pepper, ...parseLine(text, line) });
    if (known.length === 0) throw new UsageError('no known password on stdin');
    return known;
  }
  if (digest === undefined || digest === '') throw new UsageError('no digest given', 'give --digest, or --stdin');
  const columns = parseColumns(flags);
  const password = await readPassword(terminal);
  return [{ password, digest, salt, username, pepper, columns }];
}

function parseLine(text: string, line: number): KnownPassword {
  const record = parseJson(text);
  if (isRecord(record)) {
    const {
      password,
      passwordDigest,
      digest = passwordDigest,
      salt,
      username,
      pepper,
      passwordHasher,
      ...rest
    } = record;
    const columns = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
    ) as Record<string, string | number>;
    if (typeof password === 'string' && typeof digest === 'string' && [salt, username, pepper].every(isTextOrNothing)) {
      const known = { password, digest, columns };
      return {
        ...known,
        ...Object.fromEntries(Object.entries({ salt, username, pepper }).filter(([, v]) => v != null)),
      };
    }
  }
  throw new UsageError(`line ${line} is not an object of the strings password and digest`);
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function progressLine(tried: number, elapsedMs: number, budgetMs: number): string {
  const left = Math.max(0, Math.ceil((budgetMs - elapsedMs) / 1000));
  return `${formatCount(tried)} candidates · at most ${left} s left`;
}

function toJson({ found, tried, elapsedMs, outOfTime }: DiscoverResult): object {
  return { found: found ?? null, tried, elapsedMs: Math.round(elapsedMs), outOfTime };
}

function resultLines({ found, tried, elapsedMs }: DiscoverResult): string[] {
  const effort = `${formatCount(tried)} candidates in ${formatDuration(elapsedMs)}`;
  if (found === undefined) {
    return [
      `not found: ${effort}`,
      'give a second known password, all columns of its row and the site secret, or a longer --budget',
    ];
  }
  const { recipe, hashers, reading } = found;
  const [name] = hashers;
  // A check reads the digest alone; what other columns hold is passed to verify().
  const nextCommand = (hasher: string, read = ''): string =>
    reading === undefined && /\$(?!p\b)[a-z]/.test(read)
      ? `digestry verify --hasher '${hasher}' --digest DIGEST --salt SALT, and verify() with the same columns`
      : `digestry check --hasher '${hasher}' FILE`;
  return [
    `found: ${recipe ?? name}`,
    ...(reading === undefined ? [] : [`digest: ${reading}`]),
    ...(hashers.length > 0 ? [`hashers: ${hashers.join(', ')}`] : []),
    effort,
    `next: ${nextCommand(name ?? `dynamic=${recipe}`, recipe)}`,
  ];
}
