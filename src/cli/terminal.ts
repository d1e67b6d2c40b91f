/** What commands share: output streams, colour, exit codes, input from stdin and from a prompt. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import { linesOf } from '../migration/readers/lines.js';
import { decodeText } from '../migration/text.js';

export { grouped, harmless } from '../charts/text.js';

export const EXIT = {
  fine: 0,
  /** A mismatch, or a check with rejected rows. */
  findings: 1,
  /** Wrong usage, or input that cannot be read. */
  usage: 2,
  /** A digest that is rejected. */
  rejected: 3,
  bug: 70,
  /** 128 and the number of the signal, as shells have it. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * Sets the code that the process ends with. Called before what it is due to is printed: a reader such as `head` may end
 * the process there.
 */
export type Exit = (code: ExitCode) => void;

/** A mistake of the caller's: told in one line, exit 2. */
export class UsageError extends Error {}

/** Data goes to stdout, talk to stderr. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a terminal has at least, and text is wrapped to. */
export const WIDTH = 80;
/** The same after the number of a digest. */
export const NUMBERED_WIDTH: number = WIDTH - 8;

/** One password; longer input is no password. */
const MAX_PASSWORD_BYTES = 64 * 1024;
const LF = 10;
const CR = 13;

/** Resolves when there is room for more: a slow reader slows us down instead of filling memory. */
export async function print({ stdout }: Terminal, text: string): Promise<void> {
  if (!stdout.write(`${text}\n`)) await once(stdout, 'drain');
}

export function printJson(terminal: Terminal, value: unknown): Promise<void> {
  return print(terminal, JSON.stringify(value, null, 2));
}

export function talk({ stderr }: Terminal, text: string): void {
  stderr.write(`${text}\n`);
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Styles where stdout is a terminal and NO_COLOR (https://no-color.org) does not forbid it. */
export function stylist({ stdout, env }: Terminal): (style: Style, text: string) => string {
  const colours = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/**
 * The lines of stdin that are not empty, each with its number.
 * @throws {InputProblem} where stdin is no text, or one line has no end.
 */
export async function* stdinLines({ stdin }: Terminal): AsyncGenerator<readonly [text: string, line: number]> {
  let line = 0;
  for await (const lines of linesOf(decodeText(stdin))) {
    for (const text of lines) {
      line++;
      if (text !== '') yield [text, line];
    }
  }
}

/** A digest, and the number to tell it by where there are several. */
export interface NumberedDigest {
  readonly digest: string;
  readonly number: number | undefined;
}

/** Arguments, or the lines of stdin where there are none. */
export async function* givenDigests(given: readonly string[], terminal: Terminal): AsyncGenerator<NumberedDigest> {
  if (given.length === 0) {
    if (terminal.stdin.isTTY) throw new UsageError('give a digest in single quotes, or digests on stdin, one a line');
    for await (const [digest, number] of stdinLines(terminal)) yield { digest, number };
  } else {
    for (const [i, digest] of given.entries()) yield { digest, number: given.length === 1 ? undefined : i + 1 };
  }
}

/** Lines about one of several digests: its number is before the first, and the others are under it. */
export function numbered(number: number | undefined, lines: readonly string[]): string {
  if (number === undefined) return lines.join('\n');
  const mark = `${number}  `;
  return lines.map((line, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + line).join('\n');
}

/** A password: typed without echo at a terminal, else all bytes of stdin but for one line end. Never an argument. */
export async function readPassword(terminal: Terminal): Promise<string | Uint8Array> {
  return terminal.stdin.isTTY ? typedPassword(terminal) : pipedPassword(terminal.stdin);
}

async function pipedPassword(stdin: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_PASSWORD_BYTES) throw new UsageError('the password on stdin is longer than 64 KiB');
    chunks.push(chunk as Buffer);
  }
  const all = Buffer.concat(chunks);
  if (all.at(-1) !== LF) return all;
  return all.subarray(0, all.at(-2) === CR ? -2 : -1);
}

function typedPassword({ stdin, stderr }: Terminal): Promise<string> {
  return new Promise((resolve, reject) => {
    // readline would echo; an output that drops everything keeps what is typed unseen.
    const reader = createInterface({ input: stdin, terminal: true, output: silent(stderr), historySize: 0 });
    // Now that the terminal does not echo.
    stderr.write('Password: ');
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('SIGINT', () => reader.close());
    reader.once('close', () => {
      stderr.write('\n');
      // Without effect after a line.
      reject(new UsageError('no password was given'));
    });
  });
}

function silent(stream: Writable): Writable {
  return Object.create(stream, { write: { value: () => true }, end: { value: () => stream } }) as Writable;
}
