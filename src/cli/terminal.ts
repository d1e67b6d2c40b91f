/** What commands share: output streams, colour, exit codes, input from stdin and from a prompt. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { displayJson } from '../encoding/display.js';
import { decodeText } from '../migration/input/text.js';
import { linesOf } from '../migration/rows/lines.js';
import { renderLine, WIDTH } from '../present/terminal-style.js';

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

/** The same after the number of a digest. */
export const NUMBERED_WIDTH: number = WIDTH - 8;

/** One password; longer input is no password. */
const MAX_PASSWORD_BYTES = 64 * 1024;
const LF = 10;
const CR = 13;

/**
 * Prints lines. Here, and for stderr in `talk`, all that comes from outside is made safe: nothing else writes to the
 * terminal. A line end within a line is replaced too, so that no text can pass for a line of ours.
 * Resolves when there is room for more: a slow reader slows us down instead of filling memory.
 */
export async function print({ stdout }: Terminal, ...lines: readonly string[]): Promise<void> {
  await written(stdout, shownLines(lines));
}

/** Unsafe characters as escapes of JSON; with `indent` 0 on one line. */
export async function printJson({ stdout }: Terminal, value: unknown, indent = 2): Promise<void> {
  await written(stdout, `${displayJson(value, indent === 0 ? undefined : indent)}\n`);
}

export function talk({ stderr }: Pick<Terminal, 'stderr'>, ...lines: readonly string[]): void {
  stderr.write(shownLines(lines));
}

/** Text of several lines that a library made, such as the help of a command. */
export function talkText(terminal: Pick<Terminal, 'stderr'>, text: string): void {
  talk(terminal, ...text.replace(/\n$/, '').split('\n'));
}

/** A line on stderr that the next one takes the place of, and an empty one erases. */
export function talkOver({ stderr }: Pick<Terminal, 'stderr'>, line: string): void {
  stderr.write(`\r${renderLine(line)}\u001b[K`);
}

/** Stdout for data: as it is where a program reads it, made safe where a terminal shows it. */
export function dataStream({ stdout }: Pick<Terminal, 'stdout'>): Writable {
  if (stdout.isTTY !== true) return stdout;
  return new Writable({
    decodeStrings: false,
    write(text: string | Buffer, _encoding, done) {
      written(stdout, String(text).split('\n').map(renderLine).join('\n')).then(() => done(), done);
    },
  });
}

async function written(stdout: Writable, text: string): Promise<void> {
  if (!stdout.write(text)) await once(stdout, 'drain');
}

function shownLines(lines: readonly string[]): string {
  return lines.map((line) => `${renderLine(line)}\n`).join('');
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
    let came = false;
    for await (const [digest, number] of stdinLines(terminal)) {
      came = true;
      yield { digest, number };
    }
    if (!came) throw new UsageError('no digest given: give one in single quotes, or digests on stdin, one a line');
  } else {
    for (const [i, digest] of given.entries()) yield { digest, number: given.length === 1 ? undefined : i + 1 };
  }
}

/** Lines about one of several digests: its number is before the first, and the others are under it. */
export function numbered(number: number | undefined, lines: readonly string[]): readonly string[] {
  if (number === undefined) return lines;
  const mark = `${number}  `;
  return lines.map((line, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + line);
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
