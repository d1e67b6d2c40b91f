/** digestry verify: one digest and a password, or a stream of them. */
import { Command } from 'commander';
import { isRecord, parseJson } from '../encoding/json.js';
import { createVerifier, DigestError, type Verdict, type Verifier } from '../index.js';
import { EXIT, type ExitCode, linesOf, print, printJson, readPassword, type Terminal, UsageError } from './terminal.js';

/** Verifications under way at once: enough for every thread, few enough to keep memory flat. */
const CONCURRENCY = 16;

interface Flags {
  readonly hasher?: string;
  readonly digest?: string;
  readonly stdin?: boolean;
  readonly json?: boolean;
}

export function verifyCommand(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  return new Command('verify')
    .description('verify a password against a digest')
    .option('--hasher <name>', 'passwordHasher')
    .option('--digest <text>', 'passwordDigest, in single quotes: a shell replaces $2b in double ones')
    .option('--stdin', 'NDJSON of { passwordHasher, passwordDigest, password } in, verdicts out')
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nThe password is asked for at a terminal, or read from stdin. Ends with 0 on a match, 1 on a mismatch,\n3 where the digest is rejected.',
    )
    .action(async (flags: Flags) => exit(await run(terminal, flags)));
}

async function run(terminal: Terminal, flags: Flags): Promise<ExitCode> {
  const verifier = createVerifier();
  try {
    if (flags.stdin) return await verifyStream(terminal, verifier);
    const { hasher, digest } = flags;
    if (hasher === undefined || digest === undefined) throw new UsageError('give --hasher and --digest, or --stdin');
    const password = await readPassword(terminal);
    const verdict = await verifier.verify(password, { passwordHasher: hasher, passwordDigest: digest });
    if (flags.json) printJson(terminal, verdict);
    else for (const line of verdictLines(verdict)) print(terminal, line);
    return codeOf(verdict);
  } finally {
    await verifier.close();
  }
}

function codeOf({ outcome }: Verdict): ExitCode {
  return outcome === 'match' ? EXIT.fine : outcome === 'mismatch' ? EXIT.findings : EXIT.rejected;
}

function verdictLines(verdict: Verdict): string[] {
  if (verdict.outcome === 'mismatch') return ['mismatch'];
  if (verdict.outcome === 'match') return ['match', ...verdict.rehash.map(({ message }) => `  rehash: ${message}`)];
  const { code, message, fix, hint } = verdict.error;
  const lines = [`rejected: ${code}: ${message}`];
  if (fix !== undefined) lines.push(`  fix: ${fix}`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines;
}

/** Verdicts in the order of the lines, a bounded number under way. */
async function verifyStream(terminal: Terminal, verifier: Verifier): Promise<ExitCode> {
  let worst: ExitCode = EXIT.fine;
  const underWay: Promise<Answer>[] = [];
  const settle = async () => {
    const { verdict, id } = await (underWay.shift() as Promise<Answer>);
    worst = Math.max(worst, codeOf(verdict)) as ExitCode;
    const more = !terminal.stdout.write(`${JSON.stringify(id === undefined ? verdict : { id, ...verdict })}\n`);
    if (more) await new Promise((resolve) => terminal.stdout.once('drain', resolve));
  };
  let line = 0;
  for await (const text of linesOf(terminal.stdin)) {
    line++;
    if (text.trim() === '') continue;
    underWay.push(answer(verifier, text, line));
    if (underWay.length >= CONCURRENCY) await settle();
  }
  while (underWay.length > 0) await settle();
  return worst;
}

interface Answer {
  readonly verdict: Verdict;
  readonly id?: unknown;
}

async function answer(verifier: Verifier, text: string, line: number): Promise<Answer> {
  const record = parseJson(text);
  if (isRecord(record)) {
    const { id, password, passwordHasher, passwordDigest } = record;
    if (typeof password === 'string' && typeof passwordHasher === 'string' && typeof passwordDigest === 'string') {
      return { id, verdict: await verifier.verify(password, { passwordHasher, passwordDigest }) };
    }
  }
  const message = `line ${line} is not an object of the strings passwordHasher, passwordDigest and password`;
  return {
    verdict: { outcome: 'rejected', error: new DigestError('ERR_MALFORMED', message, { field: 'line', offset: 0 }) },
  };
}
