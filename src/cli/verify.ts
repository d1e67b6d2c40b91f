/** digestry verify: one digest and a password, or a stream of them. */
import type { Command } from 'commander';
import { isRecord, parseJson } from '../encoding/json.js';
import {
  type Companions,
  createVerifier,
  DigestError,
  identify,
  type ManyInput,
  type Verdict,
  type Verifier,
} from '../index.js';
import { wrapped } from '../present/table.js';
import { WIDTH } from '../present/terminal-style.js';
import { checkHasher, LIMIT_HELP, parseLimits } from './digest-flags.js';
import { collect } from './flags.js';
import { stdinLines } from './given-digests.js';
import { readPassword } from './password.js';
import { rejectedLines, UsageError } from './problem.js';
import { addRowFlags, hasRowFlags, type RowFlags, readCompanions } from './row-flags.js';
import { type Context, EXIT, type Exit, type ExitCode, print, printJson, type Terminal } from './terminal.js';

const HELP = `
The password is typed at a prompt or read from stdin, byte for byte, without one
trailing newline (LF or CRLF).

Examples:
  digestry verify --digest '$2b$10$…'
  printf %s "$PASSWORD" | digestry verify --hasher md5 --digest 5f4d…
  digestry verify --stdin < users.ndjson > verdicts.ndjson

Exit codes: 0 match; 1 mismatch; 3 rejected digest; of several, the highest.`;

interface Flags extends RowFlags {
  readonly hasher?: string;
  readonly digest?: string;
  readonly limit?: readonly string[];
  readonly stdin?: boolean;
  readonly json?: boolean;
}

export function defineVerify(command: Command, { terminal, exit }: Context): void {
  addRowFlags(
    command
      .option('--hasher <hasher>', 'hasher of the digest (default: as the digest shows)')
      .option('--digest <digest>', 'digest, in single quotes: in double quotes a shell expands $2b'),
  )
    .option('--stdin', 'read NDJSON of passwordHasher, passwordDigest, password and what else a row has')
    .option('--limit <name=n>', LIMIT_HELP, collect)
    .option('--json', 'print the verdict as JSON')
    .addHelpText('after', HELP)
    .action((flags: Flags) => run(terminal, exit, flags));
}

async function run(terminal: Terminal, exit: Exit, flags: Flags): Promise<void> {
  const { hasher, digest, limit, stdin, json } = flags;
  const verifier = createVerifier({ limits: parseLimits(limit) });
  try {
    if (stdin) {
      if (hasher !== undefined || digest !== undefined || hasRowFlags(flags)) {
        throw new UsageError('--stdin cannot be combined with a flag of one digest', 'give them in each line of stdin');
      }
      return await verifyStream(terminal, exit, verifier);
    }
    if (digest === undefined) throw new UsageError('no digest given', 'give --hasher and --digest, or --stdin');
    checkHasher(hasher);
    const passwordHasher = hasher ?? detectHasher(digest);
    const password = await readPassword(terminal);
    const companions = await readCompanions(flags, terminal);
    const verdict = await verifier.verify(password, { ...companions, passwordHasher, passwordDigest: digest });
    exit(chooseExitCode(verdict));
    if (json) await printJson(terminal, verdict);
    else await print(terminal, ...verdictLines(verdict));
  } finally {
    await verifier.close();
  }
}

/** @throws {UsageError} where the digest alone does not show it for certain. */
function detectHasher(digest: string): string {
  const candidates = identify(digest);
  const [best] = candidates;
  if (best?.convertible !== undefined) {
    throw new UsageError('this is the digest of another system', 'convert it first, with digestry convert');
  }
  if (best?.certainty === 'certain') return best.hasher;
  const names = candidates.map(({ hasher }) => hasher).join(' or ');
  throw new UsageError('the digest alone does not show its hasher', `pass --hasher ${names === '' ? 'NAME' : names}`);
}

function chooseExitCode({ outcome }: Verdict): ExitCode {
  return outcome === 'match' ? EXIT.fine : outcome === 'mismatch' ? EXIT.findings : EXIT.rejected;
}

function verdictLines(verdict: Verdict): string[] {
  if (verdict.outcome === 'mismatch') return ['mismatch'];
  if (verdict.outcome === 'rejected') return rejectedLines(verdict.error, WIDTH);
  return ['match', ...verdict.rehash.flatMap(({ message }) => wrapped(`rehash: ${message}`, WIDTH, '  '))];
}

/** Verdicts in the order of the lines. */
async function verifyStream(terminal: Terminal, exit: Exit, verifier: Verifier): Promise<void> {
  let worst: ExitCode = EXIT.fine;
  for await (const { input, verdict } of verifier.verifyMany(readRows(terminal))) {
    const { id, malformed } = input;
    const answer: Verdict = malformed === undefined ? verdict : { outcome: 'rejected', error: malformed };
    worst = Math.max(worst, chooseExitCode(answer)) as ExitCode;
    exit(worst);
    await printJson(terminal, id === undefined ? answer : { id, ...answer }, 0);
  }
}

interface LineRow extends ManyInput {
  readonly id?: unknown;
  /** Why the line has no row. */
  readonly malformed?: DigestError;
}

const NO_ROW = { password: '', passwordHasher: null, passwordDigest: null } as const;

async function* readRows(terminal: Terminal): AsyncGenerator<LineRow, undefined> {
  for await (const [text, line] of stdinLines(terminal)) {
    if (text.trim() !== '') yield parseRow(text, line);
  }
}

function parseRow(text: string, line: number): LineRow {
  const record = parseJson(text);
  if (isRecord(record)) {
    const { id, password, passwordHasher, passwordDigest, salt, username, pepper, params } = record;
    // Null is a user without a password.
    const isRow = isTextOrNull(passwordHasher) && isTextOrNull(passwordDigest);
    if (typeof password === 'string' && isRow)
      return { id, password, passwordHasher, passwordDigest, ...({ salt, username, pepper, params } as Companions) };
  }
  const message = `line ${line} is not an object of the strings passwordHasher, passwordDigest and password`;
  return { ...NO_ROW, malformed: new DigestError('ERR_MALFORMED', message, { field: 'line' }) };
}

function isTextOrNull(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}
