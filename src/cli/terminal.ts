/** What commands share: streams, exit codes, and the one way to print. */
import { once } from 'node:events';
import { type Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { displayJson } from '../encoding/display.js';
import { breakLine, renderLine } from '../present/terminal-style.js';

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

/** `columns`: the width of a terminal, 0 where it does not say. */
type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Data goes to stdout, talk to stderr. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command is defined with. */
export interface Context {
  readonly terminal: Terminal;
  readonly exit: Exit;
  /** All commands with all of their flags. */
  program(): Promise<Command>;
}

/**
 * Prints lines. Here, and for stderr in `talk`, all that comes from outside is made safe: nothing else writes to the
 * terminal. A line end within a line is replaced too, so that no text can pass for a line of ours.
 * Resolves when there is room for more: a slow reader slows us down instead of filling memory.
 */
export async function print({ stdout }: Terminal, ...lines: readonly string[]): Promise<void> {
  await written(stdout, shownLines(lines, stdout));
}

/** Unsafe characters as escapes of JSON; with `indent` 0 on one line. */
export async function printJson({ stdout }: Terminal, value: unknown, indent = 2): Promise<void> {
  await written(stdout, `${displayJson(value, indent === 0 ? undefined : indent)}\n`);
}

export function talk({ stderr }: Pick<Terminal, 'stderr'>, ...lines: readonly string[]): void {
  stderr.write(shownLines(lines, stderr));
}

/** Text on stderr that something is typed after. */
export function prompt({ stderr }: Pick<Terminal, 'stderr'>, text: string): void {
  stderr.write(renderLine(text));
}

/** Text of several lines that a library made, such as the help of a command. */
export function talkText(terminal: Pick<Terminal, 'stderr'>, text: string): void {
  talk(terminal, ...text.replace(/\n$/, '').split('\n'));
}

/** A line on stderr that the next one takes the place of, and an empty one erases. What does not fit is cut: it could not be erased. */
export function talkOver({ stderr }: Pick<Terminal, 'stderr'>, line: string): void {
  stderr.write(`\r${renderLine(line.slice(0, widthOf(stderr) - 1))}\u001b[K`);
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

function shownLines(lines: readonly string[], to: Output): string {
  const columns = widthOf(to);
  const fitting = columns < Number.POSITIVE_INFINITY ? lines.flatMap((line) => breakLine(line, columns)) : lines;
  return fitting.map((line) => `${renderLine(line)}\n`).join('');
}

/** Without end where a program reads. */
export function widthOf({ isTTY, columns = 0 }: Output): number {
  return isTTY === true && columns > 0 ? columns : Number.POSITIVE_INFINITY;
}
