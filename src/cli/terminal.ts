/** What commands share: output streams, colour, exit codes, input from stdin and from a prompt. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';

export const EXIT = {
  fine: 0,
  /** A mismatch, or a check with rejected rows. */
  findings: 1,
  /** Wrong usage, or input that cannot be read. */
  usage: 2,
  /** A digest that is rejected. */
  rejected: 3,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake of the caller's: told in one line, exit 2. */
export class UsageError extends Error {}

/** Data goes to stdout, talk to stderr. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function print(terminal: Terminal, text: string): void {
  terminal.stdout.write(`${text}\n`);
}

export function printJson(terminal: Terminal, value: unknown): void {
  print(terminal, JSON.stringify(value, null, 2));
}

export function talk(terminal: Terminal, text: string): void {
  terminal.stderr.write(`${text}\n`);
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Styles where stdout is a terminal and NO_COLOR (https://no-color.org) does not forbid it. */
export function stylist({ stdout, env }: Terminal): (style: Style, text: string) => string {
  const colours = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return (style, text) => (colours ? styleText(style, text) : text);
}

/** Text of a file as it may be shown: control characters, which a terminal would obey, are replaced. */
export function harmless(text: string, maxChars = 40): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const shown = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
  return shown.length > maxChars ? `${shown.slice(0, maxChars - 1)}…` : shown;
}

export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** Lines of stdin, without their ends. */
export async function* linesOf(stdin: Readable): AsyncGenerator<string> {
  yield* createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** Arguments, or the lines of stdin where there are none. */
export async function* argumentsOrLines(given: readonly string[], terminal: Terminal): AsyncGenerator<string> {
  if (given.length > 0) {
    yield* given;
    return;
  }
  if (terminal.stdin.isTTY) throw new UsageError('give a digest as an argument, or digests on stdin, one a line');
  for await (const line of linesOf(terminal.stdin)) if (line !== '') yield line;
}

/** A password: typed without echo at a terminal, else all of stdin but for one line end. Never an argument. */
export async function readPassword(terminal: Terminal): Promise<string> {
  return terminal.stdin.isTTY ? typedPassword(terminal) : pipedPassword(terminal.stdin);
}

async function pipedPassword(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > 64 * 1024) throw new UsageError('the password on stdin is longer than 64 KiB');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

function typedPassword({ stdin, stderr }: Terminal): Promise<string> {
  stderr.write('Password: ');
  return new Promise((resolve, reject) => {
    // readline would echo; an output that drops everything but the prompt keeps what is typed unseen.
    const reader = createInterface({ input: stdin, terminal: true, output: silent(stderr), historySize: 0 });
    reader.once('line', (line) => {
      reader.close();
      stderr.write('\n');
      resolve(line);
    });
    reader.once('SIGINT', () => {
      reader.close();
      stderr.write('\n');
      reject(new UsageError('no password was given'));
    });
    reader.once('close', () => reject(new UsageError('no password was given')));
  });
}

function silent(stream: Writable): Writable {
  return Object.create(stream, { write: { value: () => true }, end: { value: () => stream } }) as Writable;
}
