/** digestry verify: one digest and a password, or a stream of them. */
import { Command } from 'commander';
import { isRecord, parseJson } from '../encoding/json.js';
import { createVerifier, DigestError, type Verdict, type Verifier } from '../index.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { errorLines } from './digest-error-text.js';
import {
  EXIT,
  type Exit,
  type ExitCode,
  print,
  printJson,
  readPassword,
  stdinLines,
  type Terminal,
  UsageError,
} from './terminal.js';

/** Verifications under way at once: enough for every thread, few enough to keep memory flat. */
const CONCURRENCY = 16;
const HELP = `
The password is typed at a prompt, or is what stdin has: its bytes as they are,
but for one line end (LF or CRLF) at the end.

Examples:
  digestry verify --hasher bcrypt --digest '$2b$10$…'
  printf %s "$PASSWORD" | digestry verify --hasher md5 --digest 5f4d…
  digestry verify --stdin < users.ndjson > verdicts.ndjson

Ends with 0 on a match, 1 on a mismatch, 3 where the digest is rejected; of
many, with the highest.`;

interface Flags {
  readonly hasher?: string;
  readonly digest?: string;
  readonly stdin?: boolean;
  readonly json?: boolean;
}

export function verifyCommand(terminal: Terminal, exit: Exit): Command {
  return new Command('verify')
    .description('verify a password against a digest')
    .option('--hasher <name>', 'passwordHasher')
    .option('--digest <text>', 'passwordDigest, in single quotes: a shell replaces $2b in double ones')
    .option('--stdin', 'NDJSON of { passwordHasher, passwordDigest, password } in, verdicts out')
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, exit, flags));
}

async function run(terminal: Terminal, exit: Exit, { hasher, digest, stdin, json }: Flags): Promise<void> {
  const verifier = createVerifier();
  try {
    if (stdin) {
      if (hasher !== undefined || digest !== undefined) {
        throw new UsageError('--stdin reads hasher, digest and password of each line: remove --hasher and --digest');
      }
      return await verifyStream(terminal, exit, verifier);
    }
    if (hasher === undefined || digest === undefined) throw new UsageError('give --hasher and --digest, or --stdin');
    const password = await readPassword(terminal);
    const verdict = await verifier.verify(password, { passwordHasher: hasher, passwordDigest: digest });
    exit(codeOf(verdict));
    if (json) await printJson(terminal, verdict);
    else await print(terminal, ...verdictLines(verdict));
  } finally {
    await verifier.close();
  }
}

function codeOf({ outcome }: Verdict): ExitCode {
  return outcome === 'match' ? EXIT.fine : outcome === 'mismatch' ? EXIT.findings : EXIT.rejected;
}

function verdictLines(verdict: Verdict): string[] {
  if (verdict.outcome === 'mismatch') return ['mismatch'];
  if (verdict.outcome === 'rejected') return errorLines(verdict.error);
  return ['match', ...verdict.rehash.flatMap(({ message }) => wrapped(`rehash: ${message}`, WIDTH, '  '))];
}

/** Verdicts in the order of the lines, a bounded number under way. */
async function verifyStream(terminal: Terminal, exit: Exit, verifier: Verifier): Promise<void> {
  let worst: ExitCode = EXIT.fine;
  const underWay: Promise<Answer>[] = [];
  const settle = async () => {
    const { verdict, id } = await (underWay.shift() as Promise<Answer>);
    worst = Math.max(worst, codeOf(verdict)) as ExitCode;
    exit(worst);
    await printJson(terminal, id === undefined ? verdict : { id, ...verdict }, 0);
  };
  for await (const [text, line] of stdinLines(terminal)) {
    if (text.trim() === '') continue;
    underWay.push(answer(verifier, text, line));
    if (underWay.length >= CONCURRENCY) await settle();
  }
  while (underWay.length > 0) await settle();
}

interface Answer {
  readonly verdict: Verdict;
  readonly id?: unknown;
}

async function answer(verifier: Verifier, text: string, line: number): Promise<Answer> {
  const record = parseJson(text);
  if (isRecord(record)) {
    const { id, password, passwordHasher, passwordDigest } = record;
    // Null is a user without a password.
    const isRow = isTextOrNull(passwordHasher) && isTextOrNull(passwordDigest);
    if (typeof password === 'string' && isRow) {
      return { id, verdict: await verifier.verify(password, { passwordHasher, passwordDigest }) };
    }
  }
  const message = `line ${line} is not an object of the strings passwordHasher, passwordDigest and password`;
  return { verdict: { outcome: 'rejected', error: new DigestError('ERR_MALFORMED', message, { field: 'line' }) } };
}

function isTextOrNull(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}
